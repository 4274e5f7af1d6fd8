// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/NodeItem.h"

#include "widgets/pipeline/NodeGeometry.h"
#include "widgets/pipeline/NodePainter.h"
#include "widgets/pipeline/NodeText.h"
#include "widgets/pipeline/PipelineModel.h"
#include "widgets/pipeline/PipelineScene.h"
#include "widgets/pipeline/PortItem.h"

#include <QGraphicsSceneMouseEvent>
#include <QStyleOptionGraphicsItem>

namespace espalier {
namespace {

QString summaryText(const Node& node, const NodeStatus& status, const NodeResult& result)
{
    const bool speaking = status.state == NodeState::Running || status.state == NodeState::Failed;
    if (speaking && !status.message.isEmpty())
        return status.message;
    return result.summary.isEmpty() ? nodeSummary(node) : result.summary;
}

} // namespace

NodeItem::NodeItem(PipelineScene& scene, std::string id) : m_scene(scene), m_id(std::move(id))
{
    setFlags(ItemIsMovable | ItemIsSelectable | ItemSendsGeometryChanges);
    setZValue(nodeLayer);
}

PortItem* NodeItem::port(const std::string& port, bool input) const
{
    const auto it = std::find_if(m_ports.begin(), m_ports.end(), [&](const PortItem* item) { return item->isInput() == input && item->portId() == port; });
    return it == m_ports.end() ? nullptr : *it;
}

void NodeItem::syncPosition()
{
    if (const Node* node = m_scene.model().graph().node(m_id))
        setPos(node->x, node->y);
}

void NodeItem::refresh()
{
    const Node* node = m_scene.model().graph().node(m_id);
    if (!node)
        return;
    rebuildPorts(*node);
    for (PortItem* port : m_ports) {
        port->refreshText();
        port->update();
    }
    setToolTip(toolTipText());
    update();
}

void NodeItem::rebuildPorts(const Node& node)
{
    const auto inputs = inputsOf(m_scene.model().graph(), node);
    const auto outputs = outputsOf(m_scene.model().graph(), node);
    std::vector<std::pair<std::string, bool>> keys;
    for (const PortSpec& spec : inputs)
        keys.emplace_back(spec.id, true);
    for (const PortSpec& spec : outputs)
        keys.emplace_back(spec.id, false);
    if (keys == m_portKeys && !m_rect.isNull())
        return;
    prepareGeometryChange();
    qDeleteAll(m_ports);
    m_ports.clear();
    m_portKeys = std::move(keys);
    m_rect = QRectF(0, 0, nodeWidth, nodeHeight(inputs.size(), outputs.size()));
    for (std::size_t i = 0; i < inputs.size(); ++i)
        m_ports.push_back(new PortItem(this, inputs[i], i, true));
    for (std::size_t i = 0; i < outputs.size(); ++i)
        m_ports.push_back(new PortItem(this, outputs[i], i, false));
}

QString NodeItem::toolTipText() const
{
    const PipelineModel& model = m_scene.model();
    QStringList lines;
    const NodeStatus status = model.nodeStatus(m_id);
    if (status.state != NodeState::Idle)
        lines << (status.message.isEmpty() ? nodeStateLabel(status.state) : nodeStateLabel(status.state) + QStringLiteral(": ") + status.message);
    for (const Problem& problem : model.problemsOf(m_id))
        lines << problemText(model.graph(), problem) + QStringLiteral(" ") + problemRemedy(model.graph(), problem);
    return lines.join(QStringLiteral("\n"));
}

QRectF NodeItem::boundingRect() const
{
    return m_rect.adjusted(-2, -2, 2, 2);
}

QPainterPath NodeItem::shape() const
{
    QPainterPath path;
    path.addRoundedRect(m_rect, 6, 6);
    return path;
}

void NodeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*)
{
    const PipelineModel& model = m_scene.model();
    const Node* node = model.graph().node(m_id);
    if (!node)
        return;
    NodeLook look{.node = node, .rect = m_rect, .inputs = inputsOf(model.graph(), *node), .outputs = outputsOf(model.graph(), *node),
                  .status = model.nodeStatus(m_id), .selected = option->state.testFlag(QStyle::State_Selected)};
    look.summary = summaryText(*node, look.status, model.nodeResult(m_id));
    for (const Problem& problem : model.problemsOf(m_id))
        (problem.severity == Problem::Severity::Error ? look.hasError : look.hasWarning) = true;
    paintNode(painter, look);
}

QVariant NodeItem::itemChange(GraphicsItemChange change, const QVariant& value)
{
    if (change == ItemPositionChange && m_scene.isMovingNodes())
        return snapToGrid(value.toPointF());
    if (change == ItemPositionHasChanged)
        m_scene.updateWires();
    if (change == ItemSelectedHasChanged)
        setZValue(value.toBool() ? selectedNodeLayer : nodeLayer);
    return QGraphicsItem::itemChange(change, value);
}

void NodeItem::mousePressEvent(QGraphicsSceneMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        m_scene.setMovingNodes(true);
    QGraphicsItem::mousePressEvent(event);
}

void NodeItem::mouseReleaseEvent(QGraphicsSceneMouseEvent* event)
{
    QGraphicsItem::mouseReleaseEvent(event);
    if (event->button() != Qt::LeftButton || !m_scene.isMovingNodes())
        return;
    m_scene.setMovingNodes(false);
    m_scene.commitMove();
}

} // namespace espalier
