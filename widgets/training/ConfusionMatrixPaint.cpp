// SPDX-License-Identifier: GPL-3.0-or-later
// How ConfusionMatrixView looks: tinted cells with counts where they fit, labels along both sides that stay in sight.
#include "widgets/training/ConfusionMatrixView.h"

#include "widgets/style/Theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace espalier {
namespace {

constexpr double smallestCellWithText = 22;
constexpr double smallestCellWithGaps = 8;

QColor readableOn(const QColor& background)
{
    const double light = 0.299 * background.redF() + 0.587 * background.greenF() + 0.114 * background.blueF();
    return light > 0.55 ? QColor(0x101412) : QColor(0xffffff);
}

/// Every how many classes a label is written, so that the labels do not overlap.
int labelStep(double cell, int lineHeight)
{
    return std::max(1, static_cast<int>(std::ceil(lineHeight / cell)));
}

} // namespace

QColor ConfusionMatrixView::tint(const QPoint& cell) const
{
    const ThemeColors& colors = themeColors();
    const std::int64_t of = m_rowSums[static_cast<std::size_t>(cell.y())];
    const bool right = cell.x() == cell.y();
    if (of == 0 || count(cell) == 0)
        return right ? blended(colors.text, colors.base, 0.06) : colors.base;
    // The square root lifts small shares: one mistake in a hundred must still be seen.
    const double share = std::sqrt(static_cast<double>(count(cell)) / static_cast<double>(of));
    return blended(right ? colors.series[0] : colors.series[1], colors.base, 0.12 + 0.88 * share);
}

void ConfusionMatrixView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), themeColors().base);
    if (classes() == 0)
        return;
    paintCells(painter);
    paintLabels(painter);
    if (hasFocus()) {
        painter.setPen(themeColors().accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
    }
}

void ConfusionMatrixView::paintCells(QPainter& painter) const
{
    const ThemeColors& colors = themeColors();
    painter.save();
    painter.setClipRect(QRect(m_margin, m_margin, viewport()->width(), viewport()->height()));
    painter.setFont(tabularFont(font()));
    const QRectF whole(origin(), QSizeF(m_cell * classes(), m_cell * classes()));
    painter.fillRect(whole, colors.base);
    const double gap = m_cell >= smallestCellWithGaps ? 1 : 0;
    const QRectF seen(m_margin, m_margin, viewport()->width(), viewport()->height());
    for (int truth = 0; truth < classes(); ++truth) {
        for (int predicted = 0; predicted < classes(); ++predicted) {
            const QPoint cell(predicted, truth);
            const QRectF box = area(cell).adjusted(0, 0, -gap, -gap);
            if (!box.intersects(seen) || (count(cell) == 0 && predicted != truth && gap == 0))
                continue;
            painter.fillRect(box, tint(cell));
            if (m_cell < smallestCellWithText || count(cell) == 0)
                continue;
            painter.setPen(readableOn(tint(cell)));
            painter.drawText(box, Qt::AlignCenter, QString::number(count(cell)));
        }
    }
    painter.setPen(colors.border);
    painter.drawRect(whole.adjusted(-1, -1, 0, 0));
    for (const QPoint& cell : {m_hovered, m_current}) {
        painter.setPen(QPen(colors.text, cell == m_current ? 2 : 1));
        if (contains(cell))
            painter.drawRect(area(cell).adjusted(-1, -1, 0, 0));
    }
    painter.restore();
}

void ConfusionMatrixView::paintLabels(QPainter& painter) const
{
    const QFontMetrics metrics(font());
    const QPoint marked = contains(m_hovered) ? m_hovered : m_current;
    const int room = m_margin - metrics.height() - gridStep;
    painter.save();
    painter.setClipRect(QRect(0, m_margin, m_margin, viewport()->height()));
    painter.translate(m_margin - gridStep / 2 - room, origin().y());
    paintSide(painter, marked.y(), Qt::AlignRight, room);
    painter.restore();
    painter.save();
    painter.setClipRect(QRect(m_margin, 0, viewport()->width(), m_margin));
    painter.translate(origin().x(), m_margin - gridStep / 2);
    painter.rotate(-90); // along the text is up now, across it is to the right
    paintSide(painter, marked.x(), Qt::AlignLeft, room);
    painter.restore();
    painter.setPen(themeColors().text);
    painter.drawText(QRect(m_margin, 0, viewport()->width() - m_margin, metrics.height()), Qt::AlignLeft, tr("Predicted →"));
    painter.drawText(QRect(0, m_margin - metrics.height() - gridStep / 2, m_margin, metrics.height()), Qt::AlignLeft, tr("Truth ↓"));
}

void ConfusionMatrixView::paintSide(QPainter& painter, int marked, Qt::Alignment alignment, int room) const
{
    const ThemeColors& colors = themeColors();
    const QFontMetrics metrics(font());
    const bool skips = m_cell < metrics.height();
    const int step = labelStep(m_cell, skips ? metrics.height() * 3 / 2 : metrics.height());
    const auto paintLabel = [&](int index) {
        const double highest = std::max(0.0, classes() * m_cell - metrics.height());
        const double top = std::clamp((index + 0.5) * m_cell - metrics.height() / 2.0, 0.0, highest);
        const QRectF box(0, top, room, metrics.height());
        painter.setPen(index == marked ? colors.accent : colors.mutedText);
        painter.drawText(box, alignment | Qt::AlignVCenter, metrics.elidedText(m_labels[index], Qt::ElideRight, room));
    };
    for (int i = 0; i < classes(); i += step)
        if (marked < 0 || std::abs(i - marked) >= step)
            paintLabel(i);
    if (marked >= 0)
        paintLabel(marked);
}

} // namespace espalier
