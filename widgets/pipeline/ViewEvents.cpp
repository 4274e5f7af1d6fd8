// SPDX-License-Identifier: GPL-3.0-or-later
// PipelineView's events: keys, wheel, panning, menus and drops.
#include "widgets/pipeline/CanvasMenus.h"
#include "widgets/pipeline/NodeGeometry.h"
#include "widgets/pipeline/NodeItem.h"
#include "widgets/pipeline/PipelineModel.h"
#include "widgets/pipeline/PipelineScene.h"
#include "widgets/pipeline/PipelineView.h"
#include "widgets/pipeline/TitleEditor.h"
#include "widgets/pipeline/WireDrag.h"

#include <QMimeData>
#include <QMouseEvent>
#include <QScrollBar>

#include <cmath>

namespace espalier {
namespace {

QPointF arrowStep(int key)
{
    switch (key) {
    case Qt::Key_Left: return {-1, 0};
    case Qt::Key_Right: return {1, 0};
    case Qt::Key_Up: return {0, -1};
    case Qt::Key_Down: return {0, 1};
    default: return {};
    }
}

} // namespace

/// Tab goes through the nodes in the order of the work, and leaves the canvas after the last.
bool PipelineView::focusNextPrevChild(bool next)
{
    const auto order = m_model.graph().topologicalOrder();
    const auto current = std::find(order.begin(), order.end(), m_model.currentNode());
    const bool atEdge = order.empty() || (current != order.end() && (next ? current + 1 == order.end() : current == order.begin()));
    if (atEdge)
        return QGraphicsView::focusNextPrevChild(next);
    const std::string node = current == order.end() ? (next ? order.front() : order.back()) : next ? *(current + 1) : *(current - 1);
    m_model.setCurrentNode(node);
    showNode(node);
    return true;
}

void PipelineView::focusInEvent(QFocusEvent* event)
{
    QGraphicsView::focusInEvent(event);
    const bool byTab = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    const auto order = m_model.graph().topologicalOrder();
    if (byTab && m_scene->selectedItems().isEmpty() && !order.empty())
        m_model.setCurrentNode(event->reason() == Qt::TabFocusReason ? order.front() : order.back());
}

void PipelineView::nudge(const QPointF& step)
{
    std::map<std::string, QPointF> positions;
    QString key = QStringLiteral("nudge");
    for (const std::string& node : m_scene->selectedNodes()) {
        positions[node] = m_scene->nodeItem(node)->pos() + step;
        key += QLatin1Char(':') + QString::fromStdString(node);
    }
    m_model.moveNodes(positions, key);
}

void PipelineView::keyPressEvent(QKeyEvent* event)
{
    const QPointF arrow = arrowStep(event->key());
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_spaceHeld = true;
        viewport()->setCursor(Qt::OpenHandCursor);
    } else if (event->key() == Qt::Key_Escape && m_scene->wireDrag().active()) {
        m_scene->wireDrag().cancel();
    } else if (event->key() == Qt::Key_Escape) {
        m_scene->clearSelection();
    } else if (!arrow.isNull() && !m_scene->selectedNodes().empty()) {
        nudge(arrow * canvasGrid * (event->modifiers() & Qt::ShiftModifier ? 4 : 1));
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && !m_model.currentNode().empty()) {
        Q_EMIT inspectRequested(m_model.currentNode());
    } else {
        QGraphicsView::keyPressEvent(event);
    }
}

void PipelineView::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_spaceHeld = false;
        viewport()->unsetCursor();
    }
    QGraphicsView::keyReleaseEvent(event);
}

void PipelineView::wheelEvent(QWheelEvent* event)
{
    if (!(event->modifiers() & Qt::ControlModifier))
        return QGraphicsView::wheelEvent(event);
    setTransformationAnchor(AnchorUnderMouse);
    zoomBy(std::pow(zoomStep, event->angleDelta().y() / 120.0));
    setTransformationAnchor(AnchorViewCenter);
    event->accept();
}

void PipelineView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::MiddleButton && !(m_spaceHeld && event->button() == Qt::LeftButton))
        return QGraphicsView::mousePressEvent(event);
    m_titleEditor->cancel();
    m_panning = true;
    m_panFrom = event->pos();
    viewport()->setCursor(Qt::ClosedHandCursor);
}

void PipelineView::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_panning)
        return QGraphicsView::mouseMoveEvent(event);
    const QPoint way = event->pos() - m_panFrom;
    m_panFrom = event->pos();
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - way.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() - way.y());
}

bool PipelineView::endPan()
{
    if (!m_panning)
        return false;
    m_panning = false;
    m_spaceHeld ? viewport()->setCursor(Qt::OpenHandCursor) : viewport()->unsetCursor();
    return true;
}

void PipelineView::mouseReleaseEvent(QMouseEvent* event)
{
    if (!endPan())
        QGraphicsView::mouseReleaseEvent(event);
}

void PipelineView::mouseDoubleClickEvent(QMouseEvent* event)
{
    QGraphicsView::mouseDoubleClickEvent(event);
    if (const auto* node = qgraphicsitem_cast<NodeItem*>(itemAt(event->pos())); node && event->button() == Qt::LeftButton)
        Q_EMIT inspectRequested(node->id());
}

void PipelineView::contextMenuEvent(QContextMenuEvent* event)
{
    if (m_scene->wireDrag().active())
        return;
    QPoint at = event->globalPos();
    const NodeItem* current = m_scene->nodeItem(m_model.currentNode());
    if (event->reason() == QContextMenuEvent::Keyboard && current)
        at = viewport()->mapToGlobal(mapFromScene(current->sceneBoundingRect().center()));
    else if (QGraphicsItem* item = itemAt(event->pos())) {
        item = item->type() == PortItemType ? item->parentItem() : item;
        if (!item->isSelected()) {
            m_scene->clearSelection();
            item->setSelected(true);
        }
    } else {
        m_scene->clearSelection();
    }
    popUpCanvasMenu(*this, at);
    event->accept();
}

void PipelineView::dragEnterEvent(QDragEnterEvent* event)
{
    dragMoveEvent(event);
}

void PipelineView::dragMoveEvent(QDragMoveEvent* event)
{
    if (event->mimeData()->hasFormat(nodeTypeMimeType)) {
        event->setDropAction(Qt::CopyAction);
        event->accept();
    } else {
        event->ignore(); // files are for the window
    }
}

void PipelineView::dropEvent(QDropEvent* event)
{
    if (!event->mimeData()->hasFormat(nodeTypeMimeType))
        return event->ignore();
    const std::string type = event->mimeData()->data(nodeTypeMimeType).toStdString();
    const QPointF corner = mapToScene(event->position().toPoint()) - QPointF(nodeWidth, headerHeight) / 2;
    const std::string node = m_model.addNode(type, corner);
    if (node.empty())
        return event->ignore();
    event->setDropAction(Qt::CopyAction);
    event->accept();
    m_model.setCurrentNode(node);
    setFocus(Qt::OtherFocusReason);
}

} // namespace espalier
