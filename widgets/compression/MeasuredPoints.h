// SPDX-License-Identifier: GPL-3.0-or-later
// MeasuredPoints: what has been measured so far, for every choice of settings: coming back to one shows its points again.
#pragma once

#include "engine/reports/CompressionReport.h"
#include "widgets/compression/CompressionSettings.h"

#include <map>
#include <vector>

namespace espalier {

/// The slider's position for a sparsity of 0 to 1.
int wholePercent(double sparsity);

class MeasuredPoints {
public:
    /// Replaces a point of the same sparsity and kind (one-shot or fine-tuned).
    void add(const CompressionSettings& settings, const SparsityPoint& point);
    void forget(const QString& node);
    void clear() { m_points.clear(); }

    /// By sparsity, one-shot before fine-tuned.
    [[nodiscard]] const std::vector<SparsityPoint>& points(const CompressionSettings& settings) const;
    /// The one-shot point at @p percent; nullptr when it was not measured.
    [[nodiscard]] const SparsityPoint* at(const CompressionSettings& settings, int percent) const;
    /// The one at @p percent that was trained after or while pruning; nullptr when there is none.
    [[nodiscard]] const SparsityPoint* trained(const CompressionSettings& settings, int percent) const;
    /// The dense model: nothing pruned, so every method gives the same; nullptr when it was not measured.
    [[nodiscard]] const SparsityPoint* dense(const CompressionSettings& settings) const;

private:
    [[nodiscard]] const SparsityPoint* find(const CompressionSettings& settings, int percent, bool fineTuned) const;

    std::map<QString, std::vector<SparsityPoint>> m_points; ///< key of the settings -> points
};

} // namespace espalier
