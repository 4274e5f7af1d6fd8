// SPDX-License-Identifier: GPL-3.0-or-later
// TryItController: puts the sentence of the "Try it" box to the engine and to the chosen device, and shows both answers.
#pragma once

#include "app/DeviceController.h"
#include "app/ResultStore.h"
#include "widgets/devices/TryItBox.h"

#include <QObject>

namespace espalier {

class TryItController : public QObject {
    Q_OBJECT

public:
    struct Parts {
        ProjectDocument* document;
        EngineClient* engine;
        ResultStore* results;
        DeviceController* devices;
        DevicesPanel* panel;
        TryItBox* box;
    };
    explicit TryItController(const Parts& parts, QObject* parent = nullptr);

private:
    void ask(const QString& sentence);
    void askEngine(const QString& sentence);
    /// The node whose checkpoint answers: what the package is made of, else the last one that has a result.
    [[nodiscard]] std::string answeringNode() const;

    Parts m_parts;
    int m_question = 0;
    QString m_askedDevice;
};

} // namespace espalier
