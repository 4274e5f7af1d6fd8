// SPDX-License-Identifier: GPL-3.0-or-later
// TradeoffGraphs: the dots of the chart: a shape for each kind of model, with its interval, paler where the settings are not those
// chosen now; the Pareto front through those that no other beats; a ring around the selected one.
#pragma once

#include "widgets/compression/TradeoffAxis.h"

#include <array>

class QCPErrorBars;
class QCPGraph;
class QCustomPlot;

namespace espalier {

class TradeoffGraphs {
public:
    /// Graphs belong to @p plot, which must outlive this.
    explicit TradeoffGraphs(QCustomPlot* plot);

    /// @p points sorted by their value on @p axis, which all have.
    void show(const std::vector<ChartPoint>& points, TradeoffAxis axis, std::optional<std::size_t> selected);
    void restyle();
    /// The signs of the kinds and their names, with colours, as rich text.
    [[nodiscard]] static QStringList key();

private:
    static constexpr std::size_t kindCount = 4;
    struct Dots {
        QCPGraph* graph;
        QCPErrorBars* intervals;
    };

    std::array<std::array<Dots, 2>, kindCount> m_dots; ///< by kind; 1: of the settings chosen now
    QCPGraph* m_front;
    QCPGraph* m_ring;
};

} // namespace espalier
