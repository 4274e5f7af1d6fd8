// SPDX-License-Identifier: GPL-3.0-or-later
// How figures look: sizes, shares and durations in the user's locale with a sensible number of digits, and a font
// whose digits are equally wide, so that columns of figures line up.
#pragma once

#include <QFont>
#include <QString>

#include <cstdint>
#include <string_view>

namespace espalier {

/// "512 bytes", "1.5 MiB": IEC units.
QString formatBytes(std::int64_t bytes, int decimals = 1);
/// @p fraction is 0 to 1: 0.834 gives "83.4 %".
QString formatPercent(double fraction, int decimals = 1);
/// "38 ms", "4.2 s", "3 min 05 s", "2 h 05 min". Negative or not finite: a dash.
QString formatDuration(double seconds);
/// What is left of a wait, in whole seconds: nobody reads tenths of them.
QString formatTimeLeft(double seconds);
/// A count with the locale's group separators.
QString formatCount(std::int64_t count);
/// A score of scoreName() (engine/core/Task.h): "Accuracy", "Micro-F1", "Entity F1".
QString scoreText(std::string_view score);
/// The same of the validation part: "Validation accuracy"...
QString validationScoreText(std::string_view score);

/// @p base with digits of equal width; the system's fixed font in its size where @p base has none.
QFont tabularFont(const QFont& base = QFont());

} // namespace espalier
