// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/SensitivityDelegate.h"

#include "widgets/compression/LayerModel.h"
#include "widgets/style/Theme.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>

namespace espalier {
namespace {

constexpr int curveWidth = 4 * gridStep;

/// From sparsity (0 to 1) and share of the largest loss (0 to 1) to @p area.
QPointF placed(const QPointF& point, const QRectF& area)
{
    return {area.left() + area.width() * point.x(), area.bottom() - area.height() * std::clamp(point.y(), 0.0, 1.0)};
}

/// The curve's height at @p x.
double heightAt(const QPolygonF& curve, double x)
{
    for (int i = 1; i < curve.size(); ++i)
        if (x <= curve[i].x())
            return curve[i - 1].y() + (curve[i].y() - curve[i - 1].y()) * (x - curve[i - 1].x()) / (curve[i].x() - curve[i - 1].x());
    return curve.last().y();
}

} // namespace

void SensitivityDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    const auto curve = index.data(LayerModel::SensitivityRole).value<QPolygonF>();
    if (curve.size() < 2)
        return;
    const QRectF area(option.rect.left() + gridStep / 2.0, option.rect.top() + gridStep / 2.0, curveWidth, option.rect.height() - gridStep);
    QPolygonF line;
    for (const QPointF& point : curve)
        line << placed(point, area);
    const ThemeColors& colors = themeColors();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(colors.grid, 1));
    painter->drawLine(area.bottomLeft(), area.bottomRight());
    painter->setPen(QPen(colors.series[1], 1.5));
    painter->drawPolyline(line);
    const double now = index.data(LayerModel::SparsityRole).toDouble();
    if (now <= curve.last().x() + SensitivityReport::rounding) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.series[1]);
        painter->drawEllipse(placed({now, heightAt(curve, now)}, area), 2.5, 2.5);
    }
    painter->restore();
}

QSize SensitivityDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    if (!index.data(LayerModel::SensitivityRole).value<QPolygonF>().isEmpty())
        size.rwidth() += curveWidth + gridStep;
    return size;
}

} // namespace espalier
