// SPDX-License-Identifier: GPL-3.0-or-later
// MeasuredPoints: what has been measured so far, for every choice of settings and in earlier runs: coming back to one shows its points again.
#pragma once

#include "engine/reports/CompressionReport.h"
#include "widgets/compression/CompressionSettings.h"

#include <functional>
#include <vector>

namespace espalier {

enum class PointKind { Dense, Distilled, OneShot, FineTuned };

struct MeasuredPoint {
    SparsityPoint point = {};
    CompressionSettings settings = {}; ///< its node is the one whose checkpoint was pruned
    QString maker = {};           ///< node that holds the model; empty: nobody does, the slider measured it
    QString run = {};             ///< of an earlier run, whose model the pipeline no longer holds: its name

    /// Nothing is pruned.
    [[nodiscard]] bool isDense() const { return point.sparsity == 0 && !point.fineTuned && settings.layerSparsities.isEmpty(); }
    [[nodiscard]] int step() const { return stepOfSparsity(point.sparsity); }
};

class MeasuredPoints {
public:
    /// Replaces a one-shot point of the same settings and step, a fine-tuned one of the same node, or with the same figures from a search, too; keeps a cost that was measured of it before.
    void add(MeasuredPoint point);
    /// Of the point of these settings and this step that was measured straight after pruning; nothing when there is none.
    void setCost(const CompressionSettings& settings, int step, const EdgeCost& cost);
    /// Those of earlier runs; in place of what was there.
    void setEarlier(std::vector<MeasuredPoint> points) { m_earlier = std::move(points); }
    void forget(const QString& node);
    /// Latency and memory of all of them: they are to be measured elsewhere.
    void forgetCosts();
    void clear();

    /// All of them, earlier runs last.
    [[nodiscard]] std::vector<MeasuredPoint> all() const;
    /// The one-shot point at @p step; nullptr when it was not measured.
    [[nodiscard]] const MeasuredPoint* at(const CompressionSettings& settings, int step) const;
    /// The one at @p step that was trained after or while pruning; nullptr when there is none.
    [[nodiscard]] const MeasuredPoint* trained(const CompressionSettings& settings, int step) const;
    /// The dense model: nothing pruned, so every method gives the same; nullptr when it was not measured.
    [[nodiscard]] const MeasuredPoint* dense(const CompressionSettings& settings) const;
    /// The one-shot point measured next below (@p above false) or above @p step.
    [[nodiscard]] const MeasuredPoint* neighbour(const CompressionSettings& settings, int step, bool above) const;

private:
    [[nodiscard]] const MeasuredPoint* find(const std::function<bool(const MeasuredPoint&)>& fits) const;

    std::vector<MeasuredPoint> m_points;
    std::vector<MeasuredPoint> m_earlier;
};

} // namespace espalier
