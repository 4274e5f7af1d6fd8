// SPDX-License-Identifier: GPL-3.0-or-later
// What all plots have in common: the theme's colours on axes and grid, and axis labels as shares or as sizes.
#pragma once

#include <QByteArray>
#include <QIcon>
#include <QPen>
#include <QSharedPointer>

class QCPAxisTicker;
class QCustomPlot;

namespace espalier {

/// A plot that holds no picture to speak of until it is shown; QCustomPlot would keep 640 x 480 for each of those on hidden pages.
QCustomPlot* makePlot();

/// Colours @p plot's background, axes and grid after the theme; does not replot.
void applyPlotStyle(QCustomPlot& plot);

/// Labels 0.5 as "50 %", with as many decimals as the distance of the ticks has.
QSharedPointer<QCPAxisTicker> percentTicker();
/// Labels bytes as "256 KiB"; ticks at round multiples of powers of 1024, or at powers of two on a logarithmic axis.
QSharedPointer<QCPAxisTicker> bytesTicker(bool logarithmic);
/// Plain numbers on a logarithmic axis from @p lower to @p upper: powers of two, or of ten where those would crowd.
QSharedPointer<QCPAxisTicker> logarithmicTicker(double lower, double upper);

/// Whole epochs.
QSharedPointer<QCPAxisTicker> epochTicker();

/// @p plot as a picture of at least twice its size.
QByteArray plotPng(QCustomPlot& plot);
/// @p plot as lines and texts, for papers: text stays text.
QByteArray plotSvg(QCustomPlot& plot);

/// A piece of line as it looks in the plot, for legends.
QIcon lineSample(const QPen& pen, bool dots);

} // namespace espalier
