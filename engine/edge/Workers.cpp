// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/Workers.h"

#include <algorithm>
#include <system_error>

#include <sched.h>

namespace espalier::edge {

std::size_t usableProcessors()
{
    cpu_set_t set;
    CPU_ZERO(&set);
    if (::sched_getaffinity(0, sizeof set, &set) == 0)
        return static_cast<std::size_t>(std::max(1, CPU_COUNT(&set)));
    return std::max(1U, std::thread::hardware_concurrency()); // of more than 1024
}

Workers::Workers(std::size_t threads)
try {
    for (std::size_t i = 1; i < threads; ++i)
        m_threads.emplace_back([this] { work(); });
} catch (const std::system_error&) {
    // Those that there are, or the caller alone.
}

Workers::~Workers()
{
    {
        const std::lock_guard lock(m_mutex);
        m_over = true;
    }
    m_changed.notify_all();
    for (std::thread& thread : m_threads)
        thread.join();
}

Workers::Job* Workers::open()
{
    const auto found = std::find_if(m_jobs.begin(), m_jobs.end(), [](const Job* job) { return job->next < job->count; });
    return found == m_jobs.end() ? nullptr : *found;
}

void Workers::runNext(Job& job, std::unique_lock<std::mutex>& lock)
{
    const std::size_t index = job.next++;
    ++job.running;
    lock.unlock();
    std::exception_ptr failure;
    try {
        (*job.task)(index);
    } catch (...) {
        failure = std::current_exception();
    }
    lock.lock();
    if (failure && !job.failure)
        job.failure = failure;
    if (--job.running == 0 && job.next == job.count)
        m_changed.notify_all();
}

void Workers::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_over || open() != nullptr; });
        if (m_over)
            return;
        runNext(*open(), lock);
    }
}

void Workers::forEach(std::size_t count, const std::function<void(std::size_t)>& task)
{
    Job job{&task, count};
    std::unique_lock lock(m_mutex);
    const auto place = m_jobs.insert(m_jobs.begin(), &job);
    if (count > 1 && !m_threads.empty())
        m_changed.notify_all();
    while (job.next < job.count)
        runNext(job, lock);
    m_changed.wait(lock, [&] { return job.running == 0; });
    m_jobs.erase(place);
    lock.unlock();
    if (job.failure)
        std::rethrow_exception(job.failure);
}

} // namespace espalier::edge
