// SPDX-License-Identifier: GPL-3.0-or-later
// DeployFlow: Deploy in one click. Brings the project's package up to date (running the pipeline as far as it), then has it pushed.
#pragma once

#include "app/DeviceController.h"
#include "app/ResultStore.h"
#include "app/RunController.h"

#include <QObject>

#include <functional>

namespace espalier {

class DeployFlow : public QObject {
    Q_OBJECT

public:
    struct Parts {
        ProjectDocument* document;
        EngineClient* engine;
        RunController* run;
        DeviceController* devices;
        DevicesPanel* panel;
        std::function<void(const QString& target)> startRun; ///< runs the pipeline as the Run button would
    };
    explicit DeployFlow(const Parts& parts, QObject* parent = nullptr);

    /// Says in the panel whether Deploy is possible now.
    void update();

private:
    void deploy(const QString& device);
    void askForPackage();
    void push(const QString& packageFile);
    void runFirst();
    void stop(const QString& reason);

    Parts m_parts;
    QString m_device; ///< empty: nothing under way
    std::string m_node;
    bool m_waitsForRun = false;
};

} // namespace espalier
