// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/NodePainter.h"

#include "engine/graph/NodeCatalog.h"
#include "widgets/pipeline/NodeGeometry.h"
#include "widgets/pipeline/NodeText.h"
#include "widgets/style/PortStyle.h"
#include "widgets/style/Theme.h"

#include <QApplication>
#include <QPainter>
#include <QPainterPath>

namespace espalier {
namespace {

constexpr double corner = 6;
constexpr double badgeSize = 16;
constexpr double textInset = 14;

QColor tintOf(const Node& node)
{
    const NodeType* type = nodeCatalog().find(node.type);
    return type ? categoryColor(type->category) : themeColors().mutedText;
}

void paintElided(QPainter* painter, const QRectF& rect, Qt::Alignment alignment, const QString& text)
{
    const QString shown = QFontMetricsF(painter->font()).elidedText(text, Qt::ElideRight, rect.width());
    painter->drawText(rect, int(alignment | Qt::AlignVCenter | Qt::TextSingleLine), shown);
}

void paintBody(QPainter* painter, const NodeLook& look)
{
    const ThemeColors& colors = themeColors();
    QPainterPath outline;
    outline.addRoundedRect(look.rect, corner, corner);
    painter->fillPath(outline, colors.raised);
    painter->save();
    painter->setClipPath(outline);
    const QColor tint = tintOf(*look.node);
    painter->fillRect(QRectF(look.rect.topLeft(), QSizeF(look.rect.width(), headerHeight)), blended(tint, colors.raised, colors.dark ? 0.26 : 0.14));
    painter->fillRect(QRectF(look.rect.topLeft(), QSizeF(4, headerHeight)), tint);
    painter->restore();
    const QColor edge = look.selected ? colors.accent : look.hasError || look.status.state == NodeState::Failed ? colors.danger : colors.border;
    painter->setPen(QPen(edge, look.selected ? 2 : 1));
    painter->setBrush(Qt::NoBrush);
    painter->drawPath(outline);
}

/// Badges from the right; gives where the title must end.
double paintBadges(QPainter* painter, const NodeLook& look)
{
    double right = look.rect.right() - canvasGrid;
    const auto badge = [&](const QString& name, const QColor& color) {
        right -= badgeSize;
        paintIcon(painter, name, QRectF(right, (headerHeight - badgeSize) / 2, badgeSize, badgeSize), color);
        right -= canvasGrid / 2;
    };
    if (const QString state = nodeStateIcon(look.status.state); !state.isEmpty())
        badge(state, nodeStateColor(look.status.state));
    if (look.hasError && look.status.state != NodeState::Failed)
        badge(QStringLiteral("error"), themeColors().danger);
    else if (look.hasWarning && !look.hasError)
        badge(QStringLiteral("warning"), themeColors().warning);
    return right;
}

void paintPortLabels(QPainter* painter, const NodeLook& look)
{
    const double half = nodeWidth / 2;
    const bool bothSides = !look.inputs.empty() && !look.outputs.empty();
    painter->setPen(themeColors().text);
    for (std::size_t i = 0; i < look.inputs.size(); ++i) {
        const QPointF at = portPosition(i, true);
        const double width = (bothSides && i < look.outputs.size() ? half : nodeWidth) - textInset - 2;
        paintElided(painter, QRectF(textInset, at.y() - portRowHeight / 2, width, portRowHeight), Qt::AlignLeft, portLabel(*look.node, look.inputs[i].id, true));
    }
    for (std::size_t i = 0; i < look.outputs.size(); ++i) {
        const QPointF at = portPosition(i, false);
        const double left = bothSides && i < look.inputs.size() ? half + 2 : textInset;
        paintElided(painter, QRectF(left, at.y() - portRowHeight / 2, nodeWidth - textInset - left, portRowHeight), Qt::AlignRight,
                    portLabel(*look.node, look.outputs[i].id, false));
    }
}

void paintSummary(QPainter* painter, const NodeLook& look)
{
    const ThemeColors& colors = themeColors();
    const bool failed = look.status.state == NodeState::Failed;
    const QRectF line(textInset, look.rect.bottom() - summaryHeight - canvasGrid / 2, nodeWidth - 2 * textInset, summaryHeight);
    painter->setPen(failed ? colors.danger : colors.mutedText);
    paintElided(painter, line, Qt::AlignLeft, look.summary);
}

void paintProgress(QPainter* painter, const NodeLook& look)
{
    if (look.status.state != NodeState::Running)
        return;
    const ThemeColors& colors = themeColors();
    const QRectF track(textInset, look.rect.bottom() - canvasGrid, nodeWidth - 2 * textInset, 4);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colors.border);
    painter->drawRoundedRect(track, 2, 2);
    QRectF filled = track;
    if (look.status.progress >= 0)
        filled.setWidth(track.width() * std::min(1.0, look.status.progress));
    painter->setBrush(look.status.progress >= 0 ? QBrush(colors.accent) : QBrush(colors.accent, Qt::BDiagPattern));
    painter->drawRoundedRect(filled, 2, 2);
}

} // namespace

void paintNode(QPainter* painter, const NodeLook& look)
{
    painter->setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    paintBody(painter, look);
    const double titleEnd = paintBadges(painter, look);
    QFont font = QApplication::font();
    font.setBold(true);
    painter->setFont(font);
    painter->setPen(themeColors().text);
    paintElided(painter, QRectF(textInset, 0, titleEnd - textInset, headerHeight), Qt::AlignLeft, nodeTitle(*look.node));
    painter->setFont(QApplication::font());
    paintPortLabels(painter, look);
    paintSummary(painter, look);
    paintProgress(painter, look);
}

} // namespace espalier
