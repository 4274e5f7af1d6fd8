// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/PortItem.h"

#include "widgets/pipeline/NodeGeometry.h"
#include "widgets/pipeline/NodeItem.h"
#include "widgets/pipeline/NodeText.h"
#include "widgets/pipeline/PipelineModel.h"
#include "widgets/pipeline/PipelineScene.h"
#include "widgets/pipeline/WireDrag.h"
#include "widgets/style/PortStyle.h"
#include "widgets/style/Theme.h"

#include <QCoreApplication>
#include <QCursor>
#include <QGraphicsSceneMouseEvent>
#include <QPainter>

namespace espalier {
namespace {

constexpr double grabRadius = 12; ///< larger than what is seen, so that it is easy to hit

QString describe(const Node& node, const PortSpec& spec, bool input)
{
    const QString kind = input ? QCoreApplication::translate("PortItem", "Input “%1”") : QCoreApplication::translate("PortItem", "Output “%1”");
    QString text = kind.arg(portLabel(node, spec.id, input)) + QStringLiteral("\n") + QCoreApplication::translate("PortItem", "Type: %1").arg(portTypeLabel(spec.type));
    if (input && !spec.required)
        text += QStringLiteral("\n") + QCoreApplication::translate("PortItem", "Optional");
    return text;
}

} // namespace

PortItem::PortItem(NodeItem* node, PortSpec spec, std::size_t index, bool input)
    : QGraphicsItem(node), m_node(node), m_spec(std::move(spec)), m_input(input)
{
    setPos(portPosition(index, input));
    setAcceptHoverEvents(true);
    setAcceptedMouseButtons(Qt::LeftButton);
    setCursor(Qt::CrossCursor);
}

const std::string& PortItem::nodeId() const
{
    return m_node->id();
}

PipelineScene* PortItem::pipelineScene() const
{
    return static_cast<PipelineScene*>(scene());
}

void PortItem::refreshText()
{
    if (const Node* node = pipelineScene()->model().graph().node(nodeId()))
        setToolTip(describe(*node, m_spec, m_input));
}

void PortItem::setHighlight(Highlight highlight)
{
    if (m_highlight == highlight)
        return;
    m_highlight = highlight;
    update();
}

QRectF PortItem::boundingRect() const
{
    return {-grabRadius, -grabRadius, 2 * grabRadius, 2 * grabRadius};
}

bool PortItem::connected() const
{
    const Graph& graph = pipelineScene()->model().graph();
    if (m_input)
        return graph.edgeInto(nodeId(), m_spec.id) != nullptr;
    const auto& edges = graph.edges();
    return std::any_of(edges.begin(), edges.end(), [&](const Edge& edge) { return edge.fromNode == nodeId() && edge.fromPort == m_spec.id; });
}

void PortItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    const ThemeColors& colors = themeColors();
    const bool raised = m_hovered || m_highlight == Highlight::Target;
    const double radius = portRadius + (raised ? 2 : m_highlight == Highlight::Fits ? 1 : 0);
    const QColor color = m_highlight == Highlight::Refuses ? blended(portColor(m_spec.type), colors.raised, 0.3) : portColor(m_spec.type);
    painter->setRenderHint(QPainter::Antialiasing);
    if (m_highlight == Highlight::Fits || m_highlight == Highlight::Target) {
        QColor halo = color;
        halo.setAlphaF(m_highlight == Highlight::Target ? 0.5F : 0.25F);
        painter->setPen(Qt::NoPen);
        painter->setBrush(halo);
        painter->drawEllipse(QPointF(0, 0), grabRadius, grabRadius);
    }
    painter->setPen(QPen(color, 1.75, m_spec.required || !m_input || connected() ? Qt::SolidLine : Qt::DotLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(connected() ? color : colors.raised);
    painter->drawPath(portPath(portShape(m_spec.type), {}, radius));
}

void PortItem::hoverEnterEvent(QGraphicsSceneHoverEvent*)
{
    m_hovered = true;
    update();
}

void PortItem::hoverLeaveEvent(QGraphicsSceneHoverEvent*)
{
    m_hovered = false;
    update();
}

void PortItem::mousePressEvent(QGraphicsSceneMouseEvent* event)
{
    pipelineScene()->wireDrag().press(*this, event->screenPos());
    event->accept();
}

void PortItem::mouseMoveEvent(QGraphicsSceneMouseEvent* event)
{
    pipelineScene()->wireDrag().moveTo(event->scenePos(), event->screenPos());
}

void PortItem::mouseReleaseEvent(QGraphicsSceneMouseEvent* event)
{
    pipelineScene()->wireDrag().release(event->scenePos(), event->screenPos());
}

} // namespace espalier
