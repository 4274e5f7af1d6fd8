// SPDX-License-Identifier: Apache-2.0
// Workers: threads that share the work of opening a package, and end with it. A task may itself share out work: who asks for it takes part, so nobody waits for
// a thread that is not at work.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <list>
#include <mutex>
#include <thread>
#include <vector>

namespace espalier::edge {

/// How many processors this process may use, at least 1.
std::size_t usableProcessors();

class Workers {
public:
    /// @p threads: with the one that asks; at least 1. Where the system gives fewer, those do the work.
    explicit Workers(std::size_t threads);
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;
    ~Workers();

    /// Calls @p task(0) to @p task(count - 1), each once, on any of the threads, in this order of beginning, and returns when all are done. The first exception that one threw is
    /// thrown here, when the others are done.
    void forEach(std::size_t count, const std::function<void(std::size_t)>& task);

private:
    struct Job {
        const std::function<void(std::size_t)>* task;
        std::size_t count;
        std::size_t next = 0;    ///< to begin
        std::size_t running = 0; ///< begun and not done
        std::exception_ptr failure = {};
    };

    void work();
    /// Runs the job's next task. The lock is held before and after.
    void runNext(Job& job, std::unique_lock<std::mutex>& lock);
    [[nodiscard]] Job* open();

    std::mutex m_mutex;
    std::condition_variable m_changed; ///< a job came, a task was done, or it is over
    std::list<Job*> m_jobs;            ///< the newest first
    bool m_over = false;
    std::vector<std::thread> m_threads;
};

} // namespace espalier::edge
