// SPDX-License-Identifier: GPL-3.0-or-later
// CompressionController: answers the compression panel's wishes through the engine (profiles, measurements), and turns "apply" into
// one undoable edit of the pipeline.
#pragma once

#include "app/ResultStore.h"
#include "engine/core/ParameterSpec.h"
#include "engine/reports/RunRecord.h"
#include "engine/reports/SweepReport.h"
#include "widgets/compression/MeasuredPoints.h"

#include <QObject>

#include <optional>

namespace espalier {

class CompressionPanel;
class MeasuringDevice;

class CompressionController : public QObject {
    Q_OBJECT

public:
    struct Parts {
        ProjectDocument* document;
        EngineClient* engine;
        ResultStore* results;
        CompressionPanel* panel;
        MeasuringDevice* device;
    };
    explicit CompressionController(const Parts& parts, QObject* parent = nullptr);

    /// Titles of nodes may have changed.
    void updateSources();
    /// The request for @p settings: the project, the node, and all of Prune's parameters that choose weights but the sparsity.
    [[nodiscard]] Json params(const CompressionSettings& settings) const;
    /// The panel's settings that @p made was measured with; none where parameters that the panel has no lists for were others than now.
    [[nodiscard]] std::optional<CompressionSettings> settingsOf(const std::string& node, const SweepPoint& made) const;
    /// What was measured in earlier runs joins the chart.
    void setRuns(std::vector<RunRecord> runs);

Q_SIGNALS:
    /// The Prune node now has these settings; @p added: it is new.
    void applied(const std::string& pruneNode, bool added);
    void measuringChanged(bool measuring);

private:
    void profile(const CompressionSettings& settings);
    void measure(const CompressionSettings& settings, double sparsity);
    void measureCost(const CompressionSettings& settings, double sparsity);
    /// Prune keeps its @p recovery where that is empty.
    void apply(const CompressionSettings& settings, double sparsity, const std::string& recovery);
    void takeResult(const std::string& node);
    void takeResultsAgain();
    void takePoint(const std::string& node, const StoredResult& stored);
    void showEarlierRuns();
    void showFloor();
    void showBaseline(const std::string& node);
    /// Those of the package whose checkpoint is the panel's or was made of it.
    void showFlips();
    /// The slider begins where the pipeline's Prune node stands.
    void startFromPruneNode(const std::string& source);
    void setMeasuring(int change);
    /// Forgets what was measured where the Prune node's parameters that the panel does not show have changed; shows the others.
    void followPruneNodes();
    void followPruneNode(const std::string& source);
    /// The layers of another source go the way its Prune node says.
    void takeLayers(const std::string& source);
    /// @p settings with what a Prune node's parameters say.
    [[nodiscard]] static CompressionSettings listedSettings(CompressionSettings settings, const Parameters& prune);
    [[nodiscard]] std::optional<MeasuredPoint> pointOf(const RunRecord& run) const;

    Parts m_parts;
    int m_profileQuestion = 0;
    int m_measuring = 0; ///< requests under way
    bool m_applying = false; ///< the Prune node is being set to what the panel shows
    std::map<std::string, std::string> m_sources; ///< node -> fingerprint of what the panel knows
    std::map<std::string, Json> m_unlisted;       ///< node -> parameters of the Prune node behind it that the panel does not show
    std::map<std::string, Json> m_shown;          ///< node -> those that it does, the sparsity among them; null: there is no Prune node
    std::vector<RunRecord> m_runs;
};

} // namespace espalier
