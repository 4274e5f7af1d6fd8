// SPDX-License-Identifier: GPL-3.0-or-later
// FloorLine: the least accuracy that is good enough, as a line across the chart that can be taken hold of.
#pragma once

#include <QPoint>

#include <optional>

class QCPItemStraightLine;
class QCPItemText;
class QCustomPlot;

namespace espalier {

class FloorLine {
public:
    /// Items belong to @p plot, which must outlive the line.
    explicit FloorLine(QCustomPlot* plot);

    /// A share of 0 to 1; nullopt hides it.
    void set(std::optional<double> accuracy);
    [[nodiscard]] std::optional<double> accuracy() const { return m_accuracy; }
    /// Whether @p position, in the plot, is on the line.
    [[nodiscard]] bool isAt(const QPoint& position) const;
    /// Puts line and label where the axes now are; call before a replot.
    void place();
    void restyle();

private:
    QCustomPlot* m_plot;
    QCPItemStraightLine* m_line;
    QCPItemText* m_label;
    std::optional<double> m_accuracy;
};

} // namespace espalier
