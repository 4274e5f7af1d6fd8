// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/devices/ProbabilityBars.h"

#include "widgets/style/Theme.h"

#include <QPainter>

#include <algorithm>

namespace espalier {
namespace {

constexpr qsizetype shownLabels = 5;

} // namespace

ProbabilityBars::ProbabilityBars(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(themeNotifier(), &ThemeNotifier::changed, this, qOverload<>(&QWidget::update));
}

void ProbabilityBars::setProbabilities(const QList<LabelProbability>& probabilities)
{
    m_probabilities = probabilities.mid(0, shownLabels);
    QStringList spoken;
    for (const LabelProbability& entry : m_probabilities)
        spoken << entry.label + QLatin1Char(' ') + formatPercent(entry.probability);
    setAccessibleDescription(spoken.join(QStringLiteral(", ")));
    update();
}

int ProbabilityBars::rowHeight() const { return fontMetrics().height() + gridStep / 2; }

QSize ProbabilityBars::sizeHint() const { return {240, rowHeight() * static_cast<int>(shownLabels)}; }

QSize ProbabilityBars::minimumSizeHint() const { return {160, sizeHint().height()}; }

void ProbabilityBars::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeColors& colors = themeColors();
    const int figures = QFontMetrics(tabularFont(font())).horizontalAdvance(formatPercent(1)) + gridStep;
    const int names = std::min(width() / 2, 176);
    for (qsizetype i = 0; i < m_probabilities.size(); ++i) {
        const LabelProbability& entry = m_probabilities[i];
        const QRect row(0, static_cast<int>(i) * rowHeight(), width(), rowHeight());
        painter.setFont(font());
        painter.setPen(colors.text);
        painter.drawText(row.adjusted(0, 0, names - width() - gridStep, 0), Qt::AlignVCenter, fontMetrics().elidedText(entry.label, Qt::ElideMiddle, names - gridStep));
        QRectF track(names, row.top() + row.height() / 2.0 - 4, width() - names - figures, 8);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.border);
        painter.drawRoundedRect(track, 4, 4);
        track.setWidth(std::max(2.0, track.width() * std::clamp(entry.probability, 0.0, 1.0)));
        painter.setBrush(i == 0 ? colors.accent : colors.mutedText);
        painter.drawRoundedRect(track, 4, 4);
        painter.setPen(colors.text);
        painter.setFont(tabularFont(font()));
        painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, formatPercent(entry.probability));
    }
}

} // namespace espalier
