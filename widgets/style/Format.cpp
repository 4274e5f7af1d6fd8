// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/Format.h"

#include <QCoreApplication>
#include <QFontDatabase>
#include <QFontMetricsF>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace espalier {
namespace {

QString phrase(const char* english)
{
    return QCoreApplication::translate("format", english);
}

QString twoDigits(std::int64_t value)
{
    return QLocale().toString(static_cast<qlonglong>(value)).rightJustified(2, QLocale().zeroDigit().at(0));
}

bool digitsEquallyWide(const QFont& font)
{
    const QFontMetricsF metrics(font);
    for (char digit = '1'; digit <= '9'; ++digit)
        if (std::abs(metrics.horizontalAdvance(QLatin1Char(digit)) - metrics.horizontalAdvance(QLatin1Char('0'))) > 0.01)
            return false;
    return true;
}

} // namespace

QString formatBytes(std::int64_t bytes, int decimals)
{
    return QLocale().formattedDataSize(bytes, decimals, QLocale::DataSizeIecFormat);
}

QString formatPercent(double fraction, int decimals)
{
    return phrase("%1 %").arg(QLocale().toString(fraction * 100, 'f', decimals));
}

QString formatDuration(double seconds)
{
    if (!std::isfinite(seconds) || seconds < 0)
        return QStringLiteral("–");
    const QLocale locale;
    if (seconds < 0.9995)
        return phrase("%1 ms").arg(locale.toString(seconds * 1000, 'f', seconds < 0.0000995 ? 3 : seconds < 0.00995 ? 2 : 0));
    if (seconds < 59.95)
        return phrase("%1 s").arg(locale.toString(seconds, 'f', 1));
    const auto whole = static_cast<std::int64_t>(std::llround(seconds));
    if (whole < 3600)
        return phrase("%1 min %2 s").arg(locale.toString(static_cast<qlonglong>(whole / 60)), twoDigits(whole % 60));
    return phrase("%1 h %2 min").arg(locale.toString(static_cast<qlonglong>(whole / 3600)), twoDigits(whole % 3600 / 60));
}

QString formatTimeLeft(double seconds)
{
    if (!std::isfinite(seconds) || seconds < 0 || seconds >= 59.5)
        return formatDuration(seconds);
    return phrase("%1 s").arg(QLocale().toString(std::max(1.0, std::round(seconds)), 'f', 0));
}

QString formatCount(std::int64_t count)
{
    return QLocale().toString(static_cast<qlonglong>(count));
}

QString scoreText(std::string_view score)
{
    if (score == "micro_f1")
        return QCoreApplication::translate("format", "Micro-F1");
    return score == "entity_f1" ? QCoreApplication::translate("format", "Entity F1") : QCoreApplication::translate("format", "Accuracy");
}

QString validationScoreText(std::string_view score)
{
    if (score == "micro_f1")
        return QCoreApplication::translate("format", "Validation micro-F1");
    return score == "entity_f1" ? QCoreApplication::translate("format", "Validation entity F1")
                                : QCoreApplication::translate("format", "Validation accuracy");
}

QFont tabularFont(const QFont& base)
{
    QFont font = base;
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    font.setFeature("tnum", 1);
#endif
    if (digitsEquallyWide(font))
        return font;
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (base.pixelSize() > 0)
        fixed.setPixelSize(base.pixelSize());
    else
        fixed.setPointSizeF(base.pointSizeF());
    fixed.setWeight(base.weight());
    return fixed;
}

} // namespace espalier
