// SPDX-License-Identifier: GPL-3.0-or-later
// What all plots have in common: the theme's colours on axes and grid, and axis labels as shares or as sizes.
#pragma once

#include <QSharedPointer>

#include <QIcon>
#include <QPen>

class QCPAxisTicker;
class QCustomPlot;

namespace espalier {

/// Colours @p plot's background, axes and grid after the theme; does not replot.
void applyPlotStyle(QCustomPlot& plot);

/// Labels 0.5 as "50 %", with a decimal where the ticks stand closer than a percent.
QSharedPointer<QCPAxisTicker> percentTicker();
/// Labels bytes as "256 KiB"; ticks at round multiples of powers of 1024, or at powers of two on a logarithmic axis.
QSharedPointer<QCPAxisTicker> bytesTicker(bool logarithmic);
/// Plain numbers on a logarithmic axis from @p lower to @p upper: powers of two, or of ten where those would crowd.
QSharedPointer<QCPAxisTicker> logarithmicTicker(double lower, double upper);

/// A piece of line as it looks in the plot, for legends.
QIcon lineSample(const QPen& pen, bool dots);

} // namespace espalier
