// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/PredictionBand.h"

#include "widgets/plots/QCustomPlotHeader.h"
#include "widgets/style/Theme.h"

#include <QCoreApplication>

namespace espalier {
namespace {

constexpr double leastWidth = 3;     ///< pixels: narrower would not be seen
constexpr double accuracyWidth = 14; ///< pixels, at least

} // namespace

PredictionBand::PredictionBand(QCustomPlot* plot) : m_plot(plot), m_size(new QCPItemRect(plot)), m_accuracy(new QCPItemRect(plot)), m_label(new QCPItemText(plot))
{
    for (QCPItemRect* band : {m_size, m_accuracy}) {
        band->setSelectable(false);
        band->setLayer(QStringLiteral("grid")); // under the dots
    }
    m_label->setSelectable(false);
    m_label->setLayer(QStringLiteral("overlay"));
    m_label->position->setTypeX(QCPItemPosition::ptPlotCoords);
    m_label->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    m_label->setPadding(QMargins(6, 2, 6, 2));
    restyle();
    set(std::nullopt);
}

void PredictionBand::set(const std::optional<HandPrediction>& prediction)
{
    m_prediction = prediction;
    place();
}

void PredictionBand::setShown(bool shown)
{
    m_shown = shown;
    place();
}

QString PredictionBand::text() const
{
    if (!m_prediction)
        return {};
    const QString size = formatBytes(m_prediction->bytes, 0);
    if (m_prediction->accuracyHigh <= 0)
        return QCoreApplication::translate("PredictionBand", "estimate: %1").arg(size);
    return QCoreApplication::translate("PredictionBand", "estimate: %1, %2 to %3").arg(size, formatPercent(m_prediction->accuracyLow), formatPercent(m_prediction->accuracyHigh));
}

void PredictionBand::place()
{
    const bool shown = m_prediction && m_shown;
    m_size->setVisible(shown);
    m_label->setVisible(shown);
    m_accuracy->setVisible(shown && m_prediction->accuracyHigh > 0);
    if (!shown)
        return;
    const auto bytes = static_cast<double>(m_prediction->bytes);
    const double center = m_plot->xAxis->coordToPixel(bytes);
    const auto around = [&](QCPItemRect& band, double pixels, double low, double high) {
        const double least = m_plot->xAxis->coordToPixel(static_cast<double>(m_prediction->leastBytes) * (1 - sizeError));
        const double most = m_plot->xAxis->coordToPixel(static_cast<double>(m_prediction->mostBytes) * (1 + sizeError));
        band.topLeft->setCoords(m_plot->xAxis->pixelToCoord(std::min(center - pixels / 2, least)), high);
        band.bottomRight->setCoords(m_plot->xAxis->pixelToCoord(std::max(center + pixels / 2, most)), low);
    };
    around(*m_size, leastWidth, m_plot->yAxis->range().lower, m_plot->yAxis->range().upper);
    around(*m_accuracy, accuracyWidth, m_prediction->accuracyLow, m_prediction->accuracyHigh);
    m_label->setText(text());
    const QFontMetrics metrics(m_label->font());
    const bool onTheLeft = center + metrics.horizontalAdvance(text()) + 3 * gridStep > m_plot->axisRect()->right();
    m_label->position->setCoords(m_plot->xAxis->pixelToCoord(center + (onTheLeft ? -gridStep : gridStep)), 0.97);
    m_label->setPositionAlignment((onTheLeft ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignBottom);
}

void PredictionBand::restyle()
{
    const ThemeColors& colors = themeColors();
    m_size->setPen(Qt::NoPen);
    m_size->setBrush(QBrush(blended(colors.accent, colors.base, 0.35)));
    m_accuracy->setPen(QPen(colors.accent, 1, Qt::DashLine));
    m_accuracy->setBrush(QBrush(blended(colors.accent, colors.base, 0.6), Qt::BDiagPattern));
    m_label->setColor(colors.accent);
    m_label->setBrush(QBrush(colors.base));
    m_label->setFont(m_plot->font());
}

} // namespace espalier
