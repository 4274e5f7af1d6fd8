// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/WorkerJob.h"

namespace espalier {

WorkerJob::~WorkerJob() { cancel(); }

void WorkerJob::cancel() { m_thread.request_stop(); }

void WorkerJob::startUntyped(Untyped work)
{
    Q_ASSERT(!m_running);
    m_running = true;
    m_lastActivity.clear();
    m_thread = std::jthread([this, work = std::move(work)](const std::stop_token& stop) {
        RunContext context;
        context.stop = stop;
        context.onProgress = [this](const Progress& progress) { report(progress); };
        auto done = work(context);
        QMetaObject::invokeMethod(this, [this, done = std::move(done)] {
            m_running = false;
            done();
        }, Qt::QueuedConnection);
    });
}

void WorkerJob::report(const Progress& progress)
{
    using namespace std::chrono_literals;
    const auto now = std::chrono::steady_clock::now();
    if (progress.activity == m_lastActivity && now - m_lastReport < 50ms)
        return;
    m_lastActivity = progress.activity;
    m_lastReport = now;
    QMetaObject::invokeMethod(this, [this, progress] { Q_EMIT progressed(progress); }, Qt::QueuedConnection);
}

} // namespace espalier
