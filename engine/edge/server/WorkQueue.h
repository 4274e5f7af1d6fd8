// SPDX-License-Identifier: Apache-2.0
// Requests that wait for a thread, no more than a limit of them, and the answers that are ready to be sent.
#pragma once

#include "engine/edge/server/Http.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace espalier::edge {

struct Route;

struct Job {
    std::uint64_t connection = 0;
    const Route* route = nullptr;
    HttpRequest request;
    std::chrono::steady_clock::time_point arrived;
};

struct Answered {
    std::uint64_t connection = 0;
    HttpResponse response;
};

class WorkQueue {
public:
    /// @p work runs on a thread of its own, numbered from 0; @p onAnswer after each, on that thread.
    WorkQueue(std::size_t threads, std::size_t limit, std::function<HttpResponse(const Job&, std::size_t thread)> work, std::function<void()> onAnswer);
    /// Waits for what is being answered; what still waits is dropped.
    ~WorkQueue();
    WorkQueue(const WorkQueue&) = delete;
    WorkQueue& operator=(const WorkQueue&) = delete;

    /// False when as many wait as may; @p job is then as it was.
    [[nodiscard]] bool push(Job& job);
    [[nodiscard]] std::vector<Answered> takeAnswers();
    [[nodiscard]] std::size_t waiting() const;

private:
    void serve(std::size_t thread);

    const std::size_t m_limit;
    const std::function<HttpResponse(const Job&, std::size_t)> m_work;
    const std::function<void()> m_onAnswer;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_closed = false;
    std::deque<Job> m_jobs;
    std::vector<Answered> m_answers;
    std::vector<std::thread> m_threads;
};

} // namespace espalier::edge
