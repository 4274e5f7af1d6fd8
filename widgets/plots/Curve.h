// SPDX-License-Identifier: GPL-3.0-or-later
// Curve: one curve of a CurvePlot, with the graphs that draw it. For the files of CurvePlot only.
#pragma once

#include "widgets/plots/CurvePlot.h"

class QCPGraph;

namespace espalier {

struct Curve {
    CurveStyle style;
    CurveSeries series;
    QCPGraph* raw = nullptr;      ///< owned by the plot, as is smoothed
    QCPGraph* smoothed = nullptr;
    bool visible = true;
    bool dirty = false;
};

} // namespace espalier
