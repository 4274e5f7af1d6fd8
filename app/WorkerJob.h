// SPDX-License-Identifier: GPL-3.0-or-later
// WorkerJob: one long act on a thread of its own, with progress, cancel and questions to the user. What it returns is handed over
// on the GUI thread. One act at a time; destroying it asks the act to stop and waits for that.
#pragma once

#include "engine/core/RunContext.h"
#include "engine/core/Result.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <thread>

namespace espalier {

class WorkerJob : public QObject {
    Q_OBJECT

public:
    explicit WorkerJob(QObject* parent = nullptr) : QObject(parent) {}
    ~WorkerJob() override;

    [[nodiscard]] bool isRunning() const { return m_running; }
    /// Runs @p work on the thread and then @p done on this object's thread. Must not be running.
    template <typename T>
    void start(std::function<Result<T>(const RunContext&)> work, std::function<void(Result<T>)> done)
    {
        startUntyped([work = std::move(work), done = std::move(done)](const RunContext& context) -> std::function<void()> {
            return [done, result = guarded<T>(work, context)]() mutable { done(std::move(result)); };
        });
    }
    void cancel();

Q_SIGNALS:
    /// At most 20 a second.
    void progressed(const espalier::Progress& progress);

private:
    using Untyped = std::function<std::function<void()>(const RunContext&)>;

    void startUntyped(Untyped work);
    void report(const Progress& progress);

    /// Exceptions of libraries must not leave the thread.
    template <typename T>
    static Result<T> guarded(const std::function<Result<T>(const RunContext&)>& work, const RunContext& context)
    {
        try {
            return work(context);
        } catch (const std::exception& exception) {
            return Error{ErrorCode::Internal, exception.what()};
        }
    }

    bool m_running = false;
    std::chrono::steady_clock::time_point m_lastReport; ///< touched by the worker only
    std::string m_lastActivity;                         ///< the same
    std::jthread m_thread;
};

} // namespace espalier
