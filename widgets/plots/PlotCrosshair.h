// SPDX-License-Identifier: GPL-3.0-or-later
// PlotCrosshair: a vertical line at one x of a plot and a box of text beside it. Moving it redraws only its own layer.
#pragma once

#include <QObject>
#include <QString>

class QCPItemStraightLine;
class QCustomPlot;
class QLabel;

namespace espalier {

class PlotCrosshair : public QObject {
    Q_OBJECT

public:
    explicit PlotCrosshair(QCustomPlot* plot);

    void show(double x, const QString& text);
    void hide();
    [[nodiscard]] bool isVisible() const;
    [[nodiscard]] double x() const { return m_x; }
    [[nodiscard]] QString text() const;
    void restyle();

private:
    QCustomPlot* m_plot;
    QCPItemStraightLine* m_line; ///< owned by the plot
    QLabel* m_box;               ///< child of the plot
    double m_x = 0;
};

} // namespace espalier
