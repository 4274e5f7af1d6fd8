// SPDX-License-Identifier: GPL-3.0-or-later
// RunConductor: a run as the user sees it: starts it when nothing stands in the way, shows node states on the canvas and progress in
// the status line, and says how it ended; after the engine's death it offers to resume.
#pragma once

#include "app/ResultStore.h"
#include "app/RunController.h"

#include <QObject>

#include <functional>

namespace espalier {

class LogView;
class MessageBar;
class StatusLine;

class RunConductor : public QObject {
    Q_OBJECT

public:
    struct Parts {
        ProjectDocument* document;
        RunController* run;
        ResultStore* results;
        StatusLine* status;
        MessageBar* messages;
        LogView* log;
        std::function<Json()> secrets; ///< of devices, as typed in so far
    };
    explicit RunConductor(const Parts& parts, QObject* parent = nullptr);

    /// Runs the pipeline, or @p target and what it needs. Problems that would make it fail are shown instead.
    void start(const QString& target = {});

Q_SIGNALS:
    void problemsInTheWay();
    /// A Deploy node could not reach @p device without the user: a host key to accept, a password.
    void deviceNeedsUser(const QString& device);

private:
    void begin();
    void showNode(const QString& node, const NodeRunState& state);
    void showProgress(const RunProgress& progress);
    void finish(RunEnd end, const Error& error);
    void offerResume(const Error& error);
    void offerDevice(const Error& error);
    [[nodiscard]] QString titleOf(const QString& node) const;

    Parts m_parts;
    QString m_failedNode;
};

} // namespace espalier
