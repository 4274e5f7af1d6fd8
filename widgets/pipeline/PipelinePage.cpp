// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/PipelinePage.h"

#include "widgets/forms/Inspector.h"
#include "widgets/pipeline/CanvasActions.h"
#include "widgets/pipeline/NodePalette.h"
#include "widgets/pipeline/OutlineTree.h"
#include "widgets/pipeline/PipelineModel.h"
#include "widgets/pipeline/PipelineScene.h"
#include "widgets/pipeline/PipelineView.h"
#include "widgets/pipeline/ProblemsList.h"
#include "widgets/style/Theme.h"

#include <QBoxLayout>
#include <QEvent>
#include <QSplitter>
#include <QTabWidget>
#include <QToolBar>

namespace espalier {

PipelinePage::PipelinePage(PipelineModel& model, QWidget* parent)
    : QWidget(parent), m_model(model), m_canvas(new PipelineView(model)), m_palette(new NodePalette), m_outline(new OutlineTree(model)),
      m_inspector(new Inspector(model)), m_problems(new ProblemsList(model)), m_left(new QTabWidget), m_splitter(new QSplitter)
{
    m_left->addTab(m_palette, QString());
    m_left->addTab(m_outline, QString());
    m_left->setDocumentMode(true);
    auto* middle = new QWidget;
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeToolBar());
    auto* vertical = new QSplitter(Qt::Vertical);
    vertical->addWidget(m_canvas);
    vertical->addWidget(m_problems);
    vertical->setStretchFactor(0, 1);
    vertical->setCollapsible(0, false);
    vertical->setSizes({600, 96});
    column->addWidget(vertical);
    for (QWidget* part : {static_cast<QWidget*>(m_left), middle, static_cast<QWidget*>(m_inspector)})
        m_splitter->addWidget(part);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setCollapsible(1, false);
    m_splitter->setSizes({208, 752, 304});
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_splitter);
    connectParts();
    retranslate();
}

QWidget* PipelinePage::makeToolBar()
{
    auto* bar = new QToolBar;
    const CanvasActions& actions = m_canvas->actions();
    bar->addActions({actions.undo, actions.redo});
    bar->addSeparator();
    bar->addActions({actions.duplicate, actions.remove, actions.tidyUp});
    bar->addSeparator();
    bar->addActions({actions.zoomOut, actions.zoomIn, actions.fit});
    return bar;
}

void PipelinePage::connectParts()
{
    connect(m_palette, &NodePalette::nodeRequested, m_canvas, &PipelineView::addNode);
    connect(m_canvas, &PipelineView::runToRequested, this, &PipelinePage::runToRequested);
    connect(m_canvas, &PipelineView::openSampleRequested, this, &PipelinePage::openSampleRequested);
    connect(m_canvas, &PipelineView::openFileRequested, this, &PipelinePage::openFileRequested);
    connect(m_canvas, &PipelineView::inspectRequested, this, [this] { m_inspector->focusParameter(); });
    connect(m_outline, &OutlineTree::edgeSelected, &m_canvas->scene(), &PipelineScene::selectEdge);
    connect(m_outline, &OutlineTree::runToRequested, this, &PipelinePage::runToRequested);
    connect(m_outline, &OutlineTree::inspectRequested, this, [this] { m_inspector->focusParameter(); });
    connect(m_outline, &OutlineTree::currentItemChanged, this, [this] { m_canvas->showNode(m_model.currentNode()); });
    connect(m_problems, &ProblemsList::problemChosen, this, [this](const std::string& node, const std::string& parameter) {
        m_canvas->showNode(node);
        if (!parameter.empty())
            m_inspector->focusParameter(parameter);
    });
}

void PipelinePage::retranslate()
{
    m_left->setTabText(0, tr("Nodes"));
    m_left->setTabText(1, tr("Outline"));
}

void PipelinePage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace espalier
