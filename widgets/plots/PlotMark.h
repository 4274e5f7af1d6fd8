// SPDX-License-Identifier: GPL-3.0-or-later
// PlotMark: a labelled vertical line that stays: the best epoch, the size predicted for the slider's position.
#pragma once

#include <Qt>

#include <QString>

#include <optional>

class QCPItemStraightLine;
class QCPItemText;
class QCustomPlot;

namespace espalier {

class PlotMark {
public:
    /// Items belong to @p plot, which must outlive the mark.
    PlotMark(QCustomPlot* plot, Qt::PenStyle line);

    enum class Place { Top, Middle, Bottom };

    /// nullopt hides it. The label stands at its place along the line, on the side where there is room.
    void set(std::optional<double> x, const QString& label = {});
    void setLabelPlace(Place place) { m_place = place; }
    [[nodiscard]] std::optional<double> x() const { return m_x; }
    [[nodiscard]] QString label() const { return m_label; }
    /// Puts line and label where the axes now are; call before a replot.
    void place();
    void restyle();

private:
    QCustomPlot* m_plot;
    QCPItemStraightLine* m_line;
    QCPItemText* m_text;
    Qt::PenStyle m_style;
    std::optional<double> m_x;
    QString m_label;
    Place m_place = Place::Top;
};

} // namespace espalier
