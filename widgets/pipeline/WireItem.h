// SPDX-License-Identifier: GPL-3.0-or-later
// WireItem: the picture of one wire, in its type's colour, with the type's shape half-way. Behind the nodes.
#pragma once

#include "engine/graph/Graph.h"
#include "widgets/pipeline/CanvasItems.h"

#include <QPainterPath>

namespace espalier {

/// One curve from an output to an input.
QPainterPath directWire(const QPointF& from, const QPointF& to);
/// From an output along the gap above (or below) @p target, the rectangle of the node that it ends in, to the input. Wires
/// in different lanes keep apart where their ways are the same; a type's wires share a lane, like a bus.
QPainterPath laneWire(const QPointF& from, const QPointF& to, const QRectF& target, int lane);
/// Whether the line itself (not the area that it may enclose) touches @p rect.
bool wireTouches(const QPainterPath& path, const QRectF& rect);
/// The lane of a port type.
int wireLane(const std::string& portType);
/// Whether the input lies ahead of the output, far enough and not too steeply for a direct wire.
bool isAhead(const QPointF& from, const QPointF& to);

class WireItem : public QGraphicsItem {
public:
    WireItem(Edge edge, std::string portType);

    int type() const override { return WireItemType; }
    [[nodiscard]] const Edge& edge() const { return m_edge; }
    [[nodiscard]] const std::string& portType() const { return m_portType; }
    [[nodiscard]] const QPainterPath& path() const { return m_path; }
    void setCourse(const QPainterPath& path);

    QRectF boundingRect() const override;
    QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

protected:
    void hoverEnterEvent(QGraphicsSceneHoverEvent* event) override;
    void hoverLeaveEvent(QGraphicsSceneHoverEvent* event) override;

private:
    Edge m_edge;
    std::string m_portType;
    QPainterPath m_path;
    bool m_hovered = false;
};

} // namespace espalier
