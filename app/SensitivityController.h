// SPDX-License-Identifier: GPL-3.0-or-later
// SensitivityController: has the engine measure what each layer of the compression panel's model costs when it is pruned alone, and shows what was measured
// before as soon as the panel's choices are those it was measured with.
#pragma once

#include "app/EngineClient.h"
#include "widgets/compression/CompressionSettings.h"

namespace espalier {

class CompressionController;
class CompressionPanel;

class SensitivityController : public QObject {
    Q_OBJECT

public:
    struct Parts {
        EngineClient* engine;
        CompressionPanel* panel;
        const CompressionController* compression; ///< knows how to ask
    };
    explicit SensitivityController(const Parts& parts, QObject* parent = nullptr);

private:
    /// @p measure: where it was not measured yet. A question without it stops a measurement under way.
    void ask(const CompressionSettings& settings, bool measure);
    void take(const Result<Json>& reply);
    void receive(const QString& method, const Json& params);

    Parts m_parts;
    int m_question = 0;
};

} // namespace espalier
