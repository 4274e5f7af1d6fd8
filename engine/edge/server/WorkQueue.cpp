// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/server/WorkQueue.h"

#include <exception>
#include <new>

namespace espalier::edge {
namespace {

/// What goes wrong with one request must not end the others.
HttpResponse guarded(const std::function<HttpResponse(const Job&, std::size_t)>& work, const Job& job, std::size_t thread)
{
    try {
        return work(job, thread);
    } catch (const std::bad_alloc&) {
        return errorResponse(500, "There is not enough memory to answer this request.");
    } catch (const std::exception& error) {
        return errorResponse(500, std::string("This request could not be answered: ") + error.what());
    }
}

} // namespace

WorkQueue::WorkQueue(std::size_t threads, std::size_t limit, std::function<HttpResponse(const Job&, std::size_t)> work, std::function<void()> onAnswer)
    : m_limit(limit), m_work(std::move(work)), m_onAnswer(std::move(onAnswer))
{
    for (std::size_t i = 0; i < threads; ++i)
        m_threads.emplace_back([this, i] { serve(i); });
}

WorkQueue::~WorkQueue()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
    }
    m_wake.notify_all();
    for (std::thread& thread : m_threads)
        thread.join();
}

bool WorkQueue::push(Job& job)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_jobs.size() >= m_limit)
            return false;
        m_jobs.push_back(std::move(job));
    }
    m_wake.notify_one();
    return true;
}

std::vector<Answered> WorkQueue::takeAnswers()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_answers, {});
}

std::size_t WorkQueue::waiting() const
{
    const std::lock_guard lock(m_mutex);
    return m_jobs.size();
}

void WorkQueue::serve(std::size_t thread)
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_closed || !m_jobs.empty(); });
        if (m_closed)
            return;
        const Job job = std::move(m_jobs.front());
        m_jobs.pop_front();
        lock.unlock();
        HttpResponse response = guarded(m_work, job, thread);
        lock.lock();
        m_answers.push_back({job.connection, std::move(response)});
        lock.unlock();
        m_onAnswer();
        lock.lock();
    }
}

} // namespace espalier::edge
