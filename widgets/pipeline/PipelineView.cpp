// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/PipelineView.h"

#include "widgets/pipeline/CanvasActions.h"
#include "widgets/pipeline/CanvasHint.h"
#include "widgets/pipeline/CanvasMenus.h"
#include "widgets/pipeline/NodeGeometry.h"
#include "widgets/pipeline/NodeItem.h"
#include "widgets/pipeline/PipelineModel.h"
#include "widgets/pipeline/PipelineScene.h"
#include "widgets/pipeline/TitleEditor.h"
#include "widgets/style/Theme.h"

#include <QEvent>
#include <QPainter>
#include <QScrollBar>

#include <cmath>

namespace espalier {

PipelineView::PipelineView(PipelineModel& model, QWidget* parent)
    : QGraphicsView(parent), m_model(model), m_scene(new PipelineScene(model, this)), m_titleEditor(std::make_unique<TitleEditor>(*this))
{
    setScene(m_scene);
    setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing | QPainter::SmoothPixmapTransform);
    setDragMode(RubberBandDrag);
    setViewportUpdateMode(SmartViewportUpdate);
    setResizeAnchor(AnchorViewCenter);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // the canvas has no edge to show
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAcceptDrops(true);
    setMinimumSize(240, 160);
    m_actions = new CanvasActions(*this);
    m_hint = new CanvasHint(viewport());
    connect(m_hint, &CanvasHint::openSampleRequested, this, &PipelineView::openSampleRequested);
    connect(m_hint, &CanvasHint::openFileRequested, this, &PipelineView::openFileRequested);
    connect(&m_model, &PipelineModel::reset, this, &PipelineView::onReset);
    connect(&m_model, &PipelineModel::graphChanged, this, &PipelineView::updateHint);
    connect(m_scene, &PipelineScene::wireDroppedOnCanvas, this,
            [this](const Edge& half, const QPointF& at, const QPoint& screen) { popUpFittingTypes(*this, half, at, screen); });
    connect(themeNotifier(), &ThemeNotifier::changed, this, [this] { resetCachedContent(), viewport()->update(); });
    retranslate();
    updateHint();
}

PipelineView::~PipelineView() = default;

void PipelineView::retranslate()
{
    setAccessibleName(tr("Pipeline canvas"));
    setAccessibleDescription(tr("The pipeline as nodes and wires. Tab goes through the nodes; the outline holds the same as a list."));
}

void PipelineView::changeEvent(QEvent* event)
{
    QGraphicsView::changeEvent(event);
    if (event->type() != QEvent::LanguageChange)
        return;
    retranslate();
    m_actions->retranslate();
    for (NodeItem* item : m_scene->nodeItems())
        item->refresh();
    viewport()->update();
}

void PipelineView::onReset()
{
    m_titleEditor->cancel();
    m_fitPending = true;
    if (isVisible())
        fitAll();
}

void PipelineView::updateHint()
{
    m_hint->setVisible(m_model.graph().nodes().empty());
    m_hint->place();
}

void PipelineView::resizeEvent(QResizeEvent* event)
{
    QGraphicsView::resizeEvent(event);
    m_hint->place();
}

void PipelineView::showEvent(QShowEvent* event)
{
    QGraphicsView::showEvent(event);
    if (m_fitPending)
        fitAll();
    m_hint->place();
}

void PipelineView::zoomBy(double factor)
{
    const double target = std::clamp(zoom() * factor, smallestZoom, largestZoom);
    m_titleEditor->cancel();
    scale(target / zoom(), target / zoom());
    Q_EMIT zoomChanged(zoom());
}

void PipelineView::fitAll()
{
    m_fitPending = false;
    const double margin = 5 * canvasGrid; // with room for the wires that go round
    const QRectF bounds = graphBounds(m_model.graph()).adjusted(-margin, -margin, margin, margin);
    const QSizeF room = viewport()->size();
    const double wanted = std::min({1.0, room.width() / bounds.width(), room.height() / bounds.height()});
    zoomBy(wanted / zoom());
    centerOn(bounds.center());
}

QRectF PipelineView::visibleArea() const
{
    return mapToScene(viewport()->rect()).boundingRect();
}

void PipelineView::showNode(const std::string& node)
{
    if (const NodeItem* item = m_scene->nodeItem(node))
        ensureVisible(item, 3 * gridStep, 3 * gridStep);
}

QPointF PipelineView::freePlace(const std::string& type) const
{
    const NodeItem* current = m_scene->nodeItem(m_model.currentNode());
    const QPointF middle = visibleArea().center() - QPointF(nodeWidth / 2, headerHeight);
    QPointF place = snapToGrid(current ? current->pos() + QPointF(nodeWidth + 7 * canvasGrid, 0) : middle);
    const Node probe{.id = "new", .type = type};
    const QRectF size = nodeRect(m_model.graph(), probe).adjusted(-canvasGrid, -canvasGrid, canvasGrid, canvasGrid);
    const auto covered = [&] {
        const auto items = m_scene->nodeItems();
        return std::any_of(items.begin(), items.end(), [&](const NodeItem* item) { return item->sceneBoundingRect().intersects(size.translated(place)); });
    };
    while (covered())
        place.ry() += 2 * canvasGrid;
    return place;
}

std::string PipelineView::addNode(const std::string& type)
{
    std::string node = m_model.addNode(type, freePlace(type));
    if (node.empty())
        return node;
    m_model.setCurrentNode(node);
    showNode(node);
    return node;
}

void PipelineView::removeSelection()
{
    m_model.removeItems(m_scene->selectedNodes(), m_scene->selectedEdges());
}

void PipelineView::duplicateSelection()
{
    if (const auto copies = m_model.duplicate(m_scene->selectedNodes()); !copies.empty())
        m_scene->selectNodes(copies);
}

void PipelineView::cutSelection()
{
    m_model.copy(m_scene->selectedNodes());
    removeSelection();
}

void PipelineView::paste()
{
    QPointF place = mapToScene(mapFromGlobal(QCursor::pos()));
    if (!viewport()->underMouse())
        place = freePlace({});
    if (const auto copies = m_model.paste(place); !copies.empty())
        m_scene->selectNodes(copies);
}

void PipelineView::renameCurrent()
{
    if (const std::string node = m_model.currentNode(); !node.empty()) {
        showNode(node);
        m_titleEditor->open(node);
    }
}

void PipelineView::tidyUp()
{
    m_model.tidyUp();
    fitAll();
}

void PipelineView::drawBackground(QPainter* painter, const QRectF& rect)
{
    painter->fillRect(rect, themeColors().canvas);
    const double step = (zoom() < 0.6 ? 8 : 4) * canvasGrid;
    QList<QPointF> dots;
    const QRect cells = QRectF(rect.topLeft() / step, rect.size() / step).toAlignedRect();
    for (int column = cells.left(); column <= cells.right(); ++column)
        for (int row = cells.top(); row <= cells.bottom(); ++row)
            dots << QPointF(column * step, row * step);
    painter->setPen(QPen(blended(themeColors().border, themeColors().grid, 0.6), 2 / zoom(), Qt::SolidLine, Qt::RoundCap));
    painter->drawPoints(dots.data(), static_cast<int>(dots.size()));
}

} // namespace espalier
