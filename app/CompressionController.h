// SPDX-License-Identifier: GPL-3.0-or-later
// CompressionController: answers the compression panel's wishes through the engine (profiles, measurements), and turns "apply" into
// one undoable edit of the pipeline.
#pragma once

#include "app/ResultStore.h"
#include "engine/reports/SweepReport.h"
#include "widgets/compression/CompressionSettings.h"

#include <QObject>

#include <optional>

namespace espalier {

class CompressionPanel;

class CompressionController : public QObject {
    Q_OBJECT

public:
    struct Parts {
        ProjectDocument* document;
        EngineClient* engine;
        ResultStore* results;
        CompressionPanel* panel;
    };
    explicit CompressionController(const Parts& parts, QObject* parent = nullptr);

    /// Titles of nodes may have changed.
    void updateSources();
    /// The request for @p settings: the project, the node, and all of Prune's parameters that choose weights but the sparsity.
    [[nodiscard]] Json params(const CompressionSettings& settings) const;
    /// The panel's settings that @p made was measured with; none where parameters that the panel has no lists for were others than now.
    [[nodiscard]] std::optional<CompressionSettings> settingsOf(const std::string& node, const SweepPoint& made) const;

Q_SIGNALS:
    /// The Prune node now has these settings; @p added: it is new.
    void applied(const std::string& pruneNode, bool added);
    void measuringChanged(bool measuring);

private:
    void profile(const CompressionSettings& settings);
    void measure(const CompressionSettings& settings, double sparsity);
    /// Prune keeps its @p recovery where that is empty.
    void apply(const CompressionSettings& settings, double sparsity, const std::string& recovery);
    void takeResult(const std::string& node);
    void showBaseline(const std::string& node);
    /// Those of the package whose checkpoint is the panel's or was made of it.
    void showFlips();
    /// The slider begins where the pipeline's Prune node stands.
    void startFromPruneNode(const std::string& source);
    void setMeasuring(int change);
    /// Forgets what was measured where the Prune node's parameters without a list in the panel have changed.
    void followPruneNodes();
    /// The panel's settings with what a Prune node's @p prune say.
    [[nodiscard]] CompressionSettings listedSettings(const Parameters& prune) const;
    std::string addPruneBehind(const std::string& source);

    Parts m_parts;
    int m_profileQuestion = 0;
    int m_measuring = 0; ///< requests under way
    std::map<std::string, std::string> m_sources; ///< node -> fingerprint of what the panel knows
    std::map<std::string, Json> m_unlisted;       ///< node -> parameters of the Prune node behind it that the panel has no lists for
};

} // namespace espalier
