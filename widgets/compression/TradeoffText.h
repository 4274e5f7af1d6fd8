// SPDX-License-Identifier: GPL-3.0-or-later
// TradeoffText: measured models in words and as a table.
#pragma once

#include "widgets/compression/TradeoffAxis.h"

#include <QByteArray>

namespace espalier {

/// "after fine-tuning"
QString kindName(PointKind kind);
/// All its figures, line by line.
/// @p place: where latency and memory are measured.
QString describePoint(const ChartPoint& shown, const QString& place);
/// "Smallest above it: 354 KiB at 91.9 %, sparsity 80 %, after fine-tuning. Its interval begins below the floor."
QString floorAnswer(const ChartPoint& point, TradeoffAxis axis, double floor);
/// RFC 4180, a row a point.
QByteArray pointsToCsv(const std::vector<ChartPoint>& points);

} // namespace espalier
