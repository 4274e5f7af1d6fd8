// SPDX-License-Identifier: GPL-3.0-or-later
// RunController: one run of the pipeline in the engine, as signals: which node does what, how far, what it measured, and how it
// ended. It starts the engine when it is down. A run that the engine's death cut short is told apart from one that failed.
#pragma once

#include "app/EngineClient.h"
#include "engine/core/RunContext.h"

#include <QHash>
#include <QObject>

#include <optional>
#include <vector>

namespace espalier {

/// What one node of the run is doing, or how it ended.
struct NodeRunState {
    enum class Kind { Idle, Queued, Running, Done, Failed, Cancelled }; ///< Idle: what it needs failed
    Kind kind = Kind::Queued;
    bool cached = false; ///< Done: an earlier result was found
    double seconds = 0;
    std::optional<Error> error; ///< Failed
};

struct RunProgress {
    QString node;
    Progress progress;
    double secondsLeft = -1; ///< of this activity; negative: unknown
};

struct RunRequest {
    Json project;
    QString folder; ///< absolute
    QString target; ///< empty: the whole pipeline
    Json secrets = Json::object();
};

enum class RunEnd { Done, Failed, Cancelled, Interrupted };

class RunController : public QObject {
    Q_OBJECT

public:
    explicit RunController(EngineClient* engine, QObject* parent = nullptr);

    [[nodiscard]] bool isRunning() const { return m_running; }
    [[nodiscard]] bool isCancelling() const { return m_running && m_cancelling; }
    /// What was asked for last, to run it again after an interruption.
    [[nodiscard]] const QString& target() const { return m_target; }

    /// Does nothing while one is under way.
    void run(const RunRequest& request);
    void cancel();

Q_SIGNALS:
    void started(const QString& target);
    void nodeChanged(const QString& node, const espalier::NodeRunState& state);
    void progressed(const espalier::RunProgress& progress);
    void measured(const QString& node, const std::vector<espalier::MetricPoint>& points);
    void logged(const QString& node, bool warning, const QString& text);
    void cancelling();
    /// @p error says why when it failed or was interrupted.
    void finished(espalier::RunEnd end, const espalier::Error& error);

private:
    void receive(const QString& method, const Json& params);
    void receiveState(const Json& params);
    void receiveProgress(const Json& params);
    void receiveMetrics(const Json& params);
    void end(const Result<Json>& result);
    void endActiveNodes();

    EngineClient* m_engine;
    bool m_running = false;
    bool m_cancelling = false;
    bool m_interrupted = false;
    QString m_target;
    QHash<QString, NodeRunState::Kind> m_states;
};

} // namespace espalier
