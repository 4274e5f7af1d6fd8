// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/WireDrag.h"

#include "widgets/pipeline/NodeItem.h"
#include "widgets/pipeline/NodeText.h"
#include "widgets/pipeline/PipelineModel.h"
#include "widgets/pipeline/PipelineScene.h"
#include "widgets/pipeline/PortItem.h"
#include "widgets/pipeline/WireItem.h"

#include <QApplication>
#include <QToolTip>

namespace espalier {
namespace {

constexpr double catchRadius = 20; ///< how near to a port the mouse must be

} // namespace

WireDrag::WireDrag(PipelineScene& scene) : m_scene(scene) {}
WireDrag::~WireDrag() = default;

void WireDrag::press(const PortItem& port, const QPoint& screen)
{
    cancel();
    m_pressed = true;
    m_pressedAt = screen;
    m_detached.reset();
    m_fromOutput = !port.isInput();
    const Edge* wire = port.isInput() ? m_scene.model().graph().edgeInto(port.nodeId(), port.portId()) : nullptr;
    if (wire) { // pull the wire off this input; its other end stays
        m_detached = *wire;
        m_fromOutput = true;
        m_half = {wire->fromNode, wire->fromPort, {}, {}};
    } else if (m_fromOutput) {
        m_half = {port.nodeId(), port.portId(), {}, {}};
    } else {
        m_half = {{}, {}, port.nodeId(), port.portId()};
    }
}

PortItem* WireDrag::fixedPort() const
{
    return m_fromOutput ? m_scene.portItem(m_half.fromNode, m_half.fromPort, false) : m_scene.portItem(m_half.toNode, m_half.toPort, true);
}

void WireDrag::begin()
{
    const PortItem* fixed = fixedPort();
    m_wire = std::make_unique<WireItem>(m_half, fixed ? fixed->portType() : std::string());
    m_wire->setZValue(draggedWireLayer);
    m_wire->setAcceptedMouseButtons(Qt::NoButton);
    m_scene.addItem(m_wire.get());
    if (WireItem* old = m_detached ? m_scene.wireItem(*m_detached) : nullptr)
        old->setVisible(false);
}

Edge WireDrag::edgeTo(const PortItem& port) const
{
    return m_fromOutput ? Edge{m_half.fromNode, m_half.fromPort, port.nodeId(), port.portId()} : Edge{port.nodeId(), port.portId(), m_half.toNode, m_half.toPort};
}

QString WireDrag::refusal(const PortItem& port) const
{
    Graph graph = m_scene.model().graph();
    if (m_detached)
        (void)graph.disconnect(*m_detached);
    return connectRefusal(graph, edgeTo(port));
}

/// The nearest port at which the wire could end; over a node, that node's first port that fits, else its first.
PortItem* WireDrag::targetAt(const QPointF& scenePos) const
{
    PortItem* nearest = nullptr;
    double distance = catchRadius;
    for (NodeItem* node : m_scene.nodeItems())
        for (PortItem* port : node->ports())
            if (const double away = QLineF(port->scenePos(), scenePos).length(); port->isInput() == m_fromOutput && away < distance) {
                nearest = port;
                distance = away;
            }
    if (nearest)
        return nearest;
    for (NodeItem* node : m_scene.nodeItems()) {
        if (!node->sceneBoundingRect().contains(scenePos))
            continue;
        for (PortItem* port : node->ports())
            if (port->isInput() == m_fromOutput && (!nearest || (!refusal(*nearest).isEmpty() && refusal(*port).isEmpty())))
                nearest = port;
    }
    return nearest;
}

void WireDrag::highlightPorts(const PortItem* target)
{
    for (NodeItem* node : m_scene.nodeItems())
        for (PortItem* port : node->ports()) {
            const bool candidate = port->isInput() == m_fromOutput;
            const bool fits = candidate && refusal(*port).isEmpty();
            port->setHighlight(!candidate ? PortItem::Highlight::None : !fits ? PortItem::Highlight::Refuses : port == target ? PortItem::Highlight::Target : PortItem::Highlight::Fits);
        }
}

void WireDrag::moveTo(const QPointF& scenePos, const QPoint& screen)
{
    if (!m_pressed)
        return;
    if (!active()) {
        if ((screen - m_pressedAt).manhattanLength() < QApplication::startDragDistance())
            return;
        begin();
    }
    const PortItem* fixed = fixedPort();
    if (!fixed)
        return cancel();
    const PortItem* target = targetAt(scenePos);
    const QString reason = target ? refusal(*target) : QString();
    highlightPorts(target);
    const QPointF end = target && reason.isEmpty() ? target->scenePos() : scenePos;
    m_wire->setCourse(m_fromOutput ? directWire(fixed->scenePos(), end) : directWire(end, fixed->scenePos()));
    if (reason.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(screen, reason);
}

void WireDrag::dropOnPort(const PortItem& port, const QPoint& screen)
{
    const Edge edge = edgeTo(port);
    const auto detached = m_detached;
    const QString reason = refusal(port);
    cancel();
    if (!reason.isEmpty())
        QToolTip::showText(screen, reason);
    if (edge != detached)
        m_scene.model().connectPorts(edge, reason.isEmpty() && detached ? &*detached : nullptr);
}

void WireDrag::dropOnCanvas(const QPointF& scenePos, const QPoint& screen)
{
    const auto detached = m_detached;
    const Edge half = m_half;
    cancel();
    if (detached)
        m_scene.model().disconnectPorts(*detached);
    else
        Q_EMIT m_scene.wireDroppedOnCanvas(half, scenePos, screen);
}

void WireDrag::release(const QPointF& scenePos, const QPoint& screen)
{
    m_pressed = false;
    if (!active())
        return;
    if (const PortItem* target = targetAt(scenePos))
        dropOnPort(*target, screen);
    else
        dropOnCanvas(scenePos, screen);
}

void WireDrag::cancel()
{
    m_pressed = false;
    if (!active())
        return;
    m_wire.reset();
    QToolTip::hideText();
    if (WireItem* old = m_detached ? m_scene.wireItem(*m_detached) : nullptr)
        old->setVisible(true);
    for (NodeItem* node : m_scene.nodeItems())
        for (PortItem* port : node->ports())
            port->setHighlight(PortItem::Highlight::None);
}

} // namespace espalier
