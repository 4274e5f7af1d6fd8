// SPDX-License-Identifier: GPL-3.0-or-later
// UnitPlot: curves over the unit square, both axes from 0 to 100 %: a reliability curve, a ROC. With the diagonal for comparison, and
// one marked point.
#pragma once

#include <QPointF>
#include <QWidget>

#include <optional>
#include <vector>

class QCustomPlot;

namespace espalier {

class UnitPlot : public QWidget {
    Q_OBJECT

public:
    struct Line {
        QString name;
        std::vector<QPointF> points; ///< 0 to 1
        int color = 0;               ///< index in themeColors().series
        Qt::PenStyle style = Qt::SolidLine;
        bool dots = false;
    };

    explicit UnitPlot(QWidget* parent = nullptr);

    void setTitles(const QString& xLabel, const QString& yLabel);
    void setLines(const std::vector<Line>& lines);
    /// A point that stands out, with its name in the legend; nullopt removes it.
    void setMark(std::optional<QPointF> point, const QString& name = {});
    [[nodiscard]] const std::vector<Line>& lines() const { return m_lines; }
    [[nodiscard]] std::optional<QPointF> mark() const { return m_mark; }

private:
    void draw();

    QCustomPlot* m_plot;
    std::vector<Line> m_lines;
    std::optional<QPointF> m_mark;
    QString m_markName;
};

} // namespace espalier
