// SPDX-License-Identifier: GPL-3.0-or-later
// BaselineMark: what hashed n-grams reach on the same data, in the chart of accuracy against size: a triangle at its size, and a line at
// its accuracy that is seen even where its package is far larger than the model's.
#pragma once

#include "engine/reports/BaselineScore.h"

#include <QRectF>
#include <QString>

#include <optional>

class QCPGraph;
class QCPItemStraightLine;
class QCPItemText;
class QCustomPlot;

namespace espalier {

class BaselineMark {
public:
    /// Items belong to @p plot, which must outlive the mark.
    explicit BaselineMark(QCustomPlot* plot);

    void set(const std::optional<BaselineScore>& score);
    /// Whether the axis is one of package sizes: elsewhere only its line says something.
    void setSized(bool sized);
    [[nodiscard]] const std::optional<BaselineScore>& score() const { return m_score; }
    /// "hashed n-grams: 85.4 %, 7.0 MiB", the size only on its axis; empty where there is none.
    [[nodiscard]] QString text() const;
    /// Puts line and label where the axes now are; call before a replot.
    void place();
    void restyle();

private:
    /// The label's rectangle in pixels.
    [[nodiscard]] QRectF freePlace(bool aboveFirst) const;
    /// Inside the axes and over no dot.
    [[nodiscard]] bool isFree(const QRectF& place) const;

    QCustomPlot* m_plot;
    QCPItemStraightLine* m_line;
    QCPItemText* m_label;
    QCPGraph* m_dot;
    std::optional<BaselineScore> m_score;
    bool m_sized = true;
};

} // namespace espalier
