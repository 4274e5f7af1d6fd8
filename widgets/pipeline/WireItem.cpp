// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/WireItem.h"

#include "engine/graph/NodeCatalog.h"
#include "widgets/pipeline/NodeGeometry.h"
#include "widgets/style/PortStyle.h"
#include "widgets/style/Theme.h"

#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include <array>
#include <cmath>

namespace espalier {
namespace {

constexpr double stub = 14;               ///< straight piece at a port, in the first lane
constexpr double laneStep = 5;            ///< between lanes; four of them fit into the gap of a tidy pipeline
constexpr double bend = canvasGrid;       ///< radius of a corner
constexpr double clickWidth = 12;

QPointF towards(const QPointF& from, const QPointF& to, double distance)
{
    const QPointF way = to - from;
    const double length = std::hypot(way.x(), way.y());
    return length < 1e-6 ? from : from + way * (std::min(distance, length / 2) / length);
}

/// Straight pieces with round corners.
QPainterPath rounded(const std::vector<QPointF>& points)
{
    QPainterPath path(points.front());
    for (std::size_t i = 1; i + 1 < points.size(); ++i) {
        path.lineTo(towards(points[i], points[i - 1], bend));
        path.quadTo(points[i], towards(points[i], points[i + 1], bend));
    }
    path.lineTo(points.back());
    return path;
}

} // namespace

QPainterPath directWire(const QPointF& from, const QPointF& to)
{
    const double reach = std::max(4 * canvasGrid, std::abs(to.x() - from.x()) / 2);
    QPainterPath path(from);
    path.cubicTo(from + QPointF(reach, 0), to - QPointF(reach, 0), to);
    return path;
}

bool isAhead(const QPointF& from, const QPointF& to)
{
    const double ahead = to.x() - from.x();
    return ahead >= 2 * stub && std::abs(to.y() - from.y()) <= 3 * canvasGrid + 1.5 * ahead; // steeper ones run into each other
}

QPainterPath laneWire(const QPointF& from, const QPointF& to, const QRectF& target, int lane)
{
    const double reach = stub + laneStep * lane;
    const double along = from.y() <= to.y() ? target.top() - reach : target.bottom() + reach;
    const double right = from.x() + reach;
    const double left = to.x() - reach;
    return rounded({from, {right, from.y()}, {right, along}, {left, along}, {left, to.y()}, to});
}

bool wireTouches(const QPainterPath& path, const QRectF& rect)
{
    const std::array<QLineF, 2> diagonals{QLineF(rect.topLeft(), rect.bottomRight()), QLineF(rect.bottomLeft(), rect.topRight())};
    const auto polygons = path.toSubpathPolygons();
    for (const QPolygonF& polygon : polygons)
        for (qsizetype i = 1; i < polygon.size(); ++i) {
            const QLineF piece(polygon[i - 1], polygon[i]);
            // A line that crosses a rectangle without ending in it crosses a diagonal.
            const auto crosses = [&](const QLineF& diagonal) { return piece.intersects(diagonal, nullptr) == QLineF::BoundedIntersection; };
            if (rect.contains(piece.p1()) || rect.contains(piece.p2()) || std::any_of(diagonals.begin(), diagonals.end(), crosses))
                return true;
        }
    return false;
}

int wireLane(const std::string& portType)
{
    const auto& types = portTypes().members();
    const auto it = std::find_if(types.begin(), types.end(), [&](const PortType& type) { return type.id == portType; });
    return static_cast<int>((it - types.begin()) % 4);
}

WireItem::WireItem(Edge edge, std::string portType) : m_edge(std::move(edge)), m_portType(std::move(portType))
{
    setFlag(ItemIsSelectable);
    setAcceptHoverEvents(true);
    setZValue(wireLayer);
}

void WireItem::setCourse(const QPainterPath& path)
{
    prepareGeometryChange();
    m_path = path;
}

QRectF WireItem::boundingRect() const
{
    return m_path.boundingRect().adjusted(-clickWidth, -clickWidth, clickWidth, clickWidth);
}

QPainterPath WireItem::shape() const
{
    QPainterPathStroker stroker;
    stroker.setWidth(clickWidth);
    return stroker.createStroke(m_path);
}

void WireItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*)
{
    const bool selected = option->state.testFlag(QStyle::State_Selected);
    const QColor color = portColor(m_portType);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    if (selected) {
        QColor halo = themeColors().accent;
        halo.setAlphaF(0.35F);
        painter->setPen(QPen(halo, 9, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->drawPath(m_path);
    }
    painter->setPen(QPen(color, selected || m_hovered ? 3 : 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPath(m_path);
    painter->setPen(QPen(themeColors().canvas, 1.5));
    painter->setBrush(color);
    painter->drawPath(portPath(portShape(m_portType), m_path.pointAtPercent(0.5), portRadius - 1));
}

void WireItem::hoverEnterEvent(QGraphicsSceneHoverEvent*)
{
    m_hovered = true;
    update();
}

void WireItem::hoverLeaveEvent(QGraphicsSceneHoverEvent*)
{
    m_hovered = false;
    update();
}

} // namespace espalier
