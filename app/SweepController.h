// SPDX-License-Identifier: GPL-3.0-or-later
// SweepController: sweeps in the engine for the Compression place. Each point goes onto the chart and into the table as it arrives; what was
// measured on other days is there when the checkpoint is.
#pragma once

#include "app/ResultStore.h"
#include "engine/reports/SweepReport.h"
#include "widgets/compression/SweepView.h"

#include <QObject>

namespace espalier {

class CompressionController;
class CompressionPanel;
class MeasuringDevice;

class SweepController : public QObject {
    Q_OBJECT

public:
    struct Parts {
        ProjectDocument* document;
        EngineClient* engine;
        ResultStore* results;
        MeasuringDevice* device;
        CompressionController* compression; ///< knows how to ask about a choice
        CompressionPanel* panel;
        SweepView* view;
    };
    explicit SweepController(const Parts& parts, QObject* parent = nullptr);

private:
    void start(SweepView::Scope scope);
    void receive(const QString& method, const Json& params);
    void takePoint(const std::string& node, const SweepPoint& made);
    void end(const Result<Json>& reply);
    /// Fetches what was measured of @p node's checkpoint before.
    void fetchMeasured(const std::string& node);

    Parts m_parts;
    bool m_running = false;
};

} // namespace espalier
