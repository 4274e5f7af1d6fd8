// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/GainLine.h"

#include "widgets/style/Theme.h"

#include <QCoreApplication>
#include <QEvent>
#include <QLocale>

#include <cmath>

namespace espalier {
namespace {

constexpr double noise = 0.1; ///< runs of 0.3 s over one package differed by 8 % on a busy machine

/// A copy without the layers, which the line does not need.
std::optional<SparsityPoint> figuresOf(const SparsityPoint* point)
{
    if (!point)
        return std::nullopt;
    SparsityPoint figures = *point;
    figures.layers.clear();
    return figures;
}

} // namespace

QString speedText(double milliseconds, double denseMilliseconds)
{
    const double ratio = denseMilliseconds / milliseconds;
    if (std::abs(ratio - 1) < noise)
        return QCoreApplication::translate("GainLine", "as fast as dense");
    const QString figure = QLocale().toString(ratio > 1 ? ratio : 1 / ratio, 'f', ratio > 10 ? 0 : 2);
    return ratio > 1 ? QCoreApplication::translate("GainLine", "%1 × faster than dense").arg(figure) : QCoreApplication::translate("GainLine", "%1 × slower than dense").arg(figure);
}

GainLine::GainLine(QWidget* parent) : QLabel(parent)
{
    setWordWrap(true);
    setTextFormat(Qt::PlainText);
    setForegroundRole(QPalette::PlaceholderText);
    retranslate();
}

void GainLine::show(const SparsityPoint* point, const SparsityPoint* dense)
{
    m_point = figuresOf(point);
    m_dense = figuresOf(dense);
    retranslate();
}

void GainLine::setObstacle(const QString& reason)
{
    m_obstacle = reason;
    retranslate();
}

void GainLine::setPlace(const QString& place)
{
    m_place = place;
    retranslate();
}

QString GainLine::costText() const
{
    if (!m_obstacle.isEmpty())
        return tr("Memory and speed: not measured. %1").arg(m_obstacle);
    if (!m_point || !m_dense || m_point->milliseconds <= 0 || m_dense->milliseconds <= 0)
        return tr("Memory and speed: not measured yet.");
    return tr("Memory while running: %1 instead of %2. Speed: %3 (%4 a sentence), measured on %5; other devices may differ.")
        .arg(formatBytes(m_point->memoryBytes), formatBytes(m_dense->memoryBytes), speedText(m_point->milliseconds, m_dense->milliseconds),
             formatDuration(m_point->milliseconds / 1000), m_place);
}

void GainLine::retranslate()
{
    const bool sized = m_point && m_dense;
    const QString download = sized ? tr("Zeros make the package smaller to download and to store: %1 instead of %2.").arg(formatBytes(m_point->packageBytes), formatBytes(m_dense->packageBytes))
                                   : tr("Zeros make the package smaller to download and to store.");
    setText(download + QLatin1Char(' ') + costText());
}

void GainLine::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QLabel::changeEvent(event);
}

} // namespace espalier
