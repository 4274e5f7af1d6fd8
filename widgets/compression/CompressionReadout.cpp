// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/CompressionReadout.h"

#include "widgets/compression/GainLine.h"
#include "widgets/plots/StatTile.h"
#include "widgets/style/Theme.h"

#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QVBoxLayout>

#include <cmath>

namespace espalier {
namespace {

using Look = StatTile::Look;

QString signedPoints(double points)
{
    const QString figure = QLocale().toString(std::abs(points), 'f', 1);
    if (figure == QLocale().toString(0.0, 'f', 1))
        return QStringLiteral("±") + figure;
    return (points < 0 ? QStringLiteral("−") : QStringLiteral("+")) + figure;
}

} // namespace

CompressionReadout::CompressionReadout(QWidget* parent)
    : QWidget(parent), m_size(new StatTile), m_ratio(new StatTile), m_accuracy(new StatTile), m_change(new StatTile),
      m_latency(new StatTile), m_memory(new StatTile), m_busy(new QProgressBar)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(gridStep / 2);
    auto* tiles = new QHBoxLayout;
    tiles->setSpacing(gridStep);
    for (StatTile* tile : this->tiles())
        tiles->addWidget(tile, 1);
    for (StatTile* tile : this->tiles())
        tile->keepRoomForRemark(2); // what lies below stays in place while the model is read
    rows->addLayout(tiles);
    QSizePolicy keepsRoom = m_busy->sizePolicy();
    keepsRoom.setRetainSizeWhenHidden(true);
    m_busy->setSizePolicy(keepsRoom);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setFixedHeight(gridStep / 2);
    m_busy->hide();
    rows->addWidget(m_busy);
    retranslate();
    clear();
}

void CompressionReadout::clear(const QString& remark)
{
    for (StatTile* tile : tiles())
        tile->setValue({}, tile == m_size ? remark : QString());
}

void CompressionReadout::showEstimate(std::int64_t estimatedBytes, std::int64_t denseFp32Bytes)
{
    m_size->setValue(tr("≈ %1").arg(formatBytes(estimatedBytes, 0)), tr("estimate"), Look::Estimate);
    showRatio(estimatedBytes, denseFp32Bytes, true);
    const bool known = m_accuracy->look() == Look::Stale || m_accuracy->value() != QStringLiteral("–");
    for (StatTile* tile : {m_accuracy, m_change, m_latency, m_memory})
        tile->setValue(known ? tile->value() : QString(), known ? tr("at the last measured position") : tr("measured when the hand rests"),
                       Look::Stale);
}

void CompressionReadout::showMeasured(const SparsityPoint& point, const SparsityPoint* dense, std::int64_t denseFp32Bytes)
{
    m_size->setValue(formatBytes(point.packageBytes), tr("%1 bytes, measured").arg(formatCount(point.packageBytes)));
    showRatio(point.packageBytes, denseFp32Bytes, false);
    const QString sentences = formatCount(point.examples);
    m_accuracy->setValue(formatPercent(point.accuracy),
                         point.accuracyHigh > 0 ? tr("%1 to %2 (95 %), on %3 sentences").arg(formatPercent(point.accuracyLow), formatPercent(point.accuracyHigh), sentences)
                                                : tr("measured on %1 sentences").arg(sentences));
    showChange(point, dense);
    showCost(point, dense);
}

void CompressionReadout::setPlace(const QString& place)
{
    m_place = place;
    retranslate();
}

void CompressionReadout::showRatio(std::int64_t bytes, std::int64_t denseFp32Bytes, bool estimate)
{
    if (bytes <= 0 || denseFp32Bytes <= 0)
        return m_ratio->setValue({});
    const bool larger = bytes > denseFp32Bytes;
    const double ratio = larger ? static_cast<double>(bytes) / static_cast<double>(denseFp32Bytes)
                                : static_cast<double>(denseFp32Bytes) / static_cast<double>(bytes);
    const QString figure = tr("%1 ×", "ratio").arg(QLocale().toString(ratio, 'f', 1));
    const QString dense = formatBytes(denseFp32Bytes);
    m_ratio->setValue(estimate ? tr("≈ %1").arg(figure) : figure,
                      larger ? tr("larger than dense fp32 (%1)").arg(dense) : tr("smaller than dense fp32 (%1)").arg(dense),
                      estimate ? Look::Estimate : Look::Measured);
}

void CompressionReadout::showChange(const SparsityPoint& point, const SparsityPoint* dense)
{
    if (!dense)
        return m_change->setValue({}, tr("the dense model is measured next"));
    const double points = (point.accuracy - dense->accuracy) * 100;
    m_change->setValue(tr("%1 points").arg(signedPoints(points)), tr("against the dense model (%1)").arg(formatPercent(dense->accuracy)));
}

void CompressionReadout::showCost(const SparsityPoint& point, const SparsityPoint* dense)
{
    if (point.milliseconds <= 0) {
        for (StatTile* tile : {m_latency, m_memory})
            tile->setValue({}, m_costPossible ? tr("measured next") : tr("not measured"));
        return;
    }
    const bool compared = dense && dense->milliseconds > 0;
    m_latency->setValue(formatDuration(point.milliseconds / 1000), compared ? tr("%1, on %2").arg(speedText(point.milliseconds, dense->milliseconds), m_place) : tr("on %1").arg(m_place));
    m_memory->setValue(formatBytes(point.memoryBytes), compared ? tr("dense %1, on %2").arg(formatBytes(dense->memoryBytes), m_place) : tr("on %1").arg(m_place));
}

void CompressionReadout::setMeasuring(bool on)
{
    m_busy->setVisible(on);
}

void CompressionReadout::retranslate()
{
    m_size->setName(tr("Package size"));
    m_ratio->setName(tr("Times smaller"));
    m_accuracy->setName(tr("Validation accuracy"));
    m_change->setName(tr("Change of accuracy"));
    m_latency->setName(tr("Time a sentence"));
    m_memory->setName(tr("Memory"));
    m_accuracy->setToolTip(tr("Measured on the validation part, with its 95 % interval"));
    m_latency->setToolTip(tr("Median in the edge runtime on %1, one thread").arg(m_place));
    m_memory->setToolTip(tr("Largest resident memory of the edge runtime on %1").arg(m_place));
    m_busy->setAccessibleName(tr("Measuring"));
    m_busy->setToolTip(tr("Measuring on the validation part"));
}

void CompressionReadout::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace espalier
