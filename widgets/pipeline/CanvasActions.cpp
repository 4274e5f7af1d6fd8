// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/CanvasActions.h"

#include "widgets/pipeline/PipelineModel.h"
#include "widgets/pipeline/PipelineScene.h"
#include "widgets/pipeline/PipelineView.h"
#include "widgets/style/Theme.h"

namespace espalier {

CanvasActions::CanvasActions(PipelineView& view) : QObject(&view), m_view(view)
{
    QUndoStack* stack = view.model().undoStack();
    undo = stack->createUndoAction(this);
    undo->setShortcuts(QKeySequence::Undo);
    undo->setIcon(icon(QStringLiteral("undo")));
    redo = stack->createRedoAction(this);
    redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    redo->setIcon(icon(QStringLiteral("redo")));
    view.addActions({undo, redo});
    setUpEdit();
    setUpView();
    retranslate();
    connect(&view.scene(), &QGraphicsScene::selectionChanged, this, &CanvasActions::refresh);
    connect(&view.model(), &PipelineModel::graphChanged, this, &CanvasActions::refresh);
    refresh();
}

QAction* CanvasActions::add(const QString& iconName, const QList<QKeySequence>& keys)
{
    auto* action = new QAction(this);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetShortcut); // while a field elsewhere has the focus, its own keys count
    if (!iconName.isEmpty())
        action->setIcon(icon(iconName));
    m_view.addAction(action);
    return action;
}

void CanvasActions::setUpEdit()
{
    cut = add({}, {QKeySequence::Cut});
    copy = add(QStringLiteral("copy"), {QKeySequence::Copy});
    paste = add({}, {QKeySequence::Paste});
    duplicate = add(QStringLiteral("copy"), {QKeySequence(Qt::CTRL | Qt::Key_D)});
    remove = add(QStringLiteral("delete"), {QKeySequence(Qt::Key_Delete), QKeySequence(Qt::Key_Backspace)});
    selectAll = add({}, {QKeySequence::SelectAll});
    rename = add(QStringLiteral("edit"), {QKeySequence(Qt::Key_F2)});
    runToHere = add(QStringLiteral("run-to"), {});
    connect(cut, &QAction::triggered, &m_view, &PipelineView::cutSelection);
    connect(copy, &QAction::triggered, &m_view, [this] { m_view.model().copy(m_view.scene().selectedNodes()); });
    connect(paste, &QAction::triggered, &m_view, &PipelineView::paste);
    connect(duplicate, &QAction::triggered, &m_view, &PipelineView::duplicateSelection);
    connect(remove, &QAction::triggered, &m_view, &PipelineView::removeSelection);
    connect(selectAll, &QAction::triggered, &m_view, [this] { m_view.scene().selectAll(); });
    connect(rename, &QAction::triggered, &m_view, &PipelineView::renameCurrent);
    connect(runToHere, &QAction::triggered, &m_view, [this] { Q_EMIT m_view.runToRequested(m_view.model().currentNode()); });
}

void CanvasActions::setUpView()
{
    tidyUp = add(QStringLiteral("tidy"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T)});
    fit = add(QStringLiteral("fit"), {QKeySequence(Qt::Key_F)});
    zoomIn = add(QStringLiteral("zoom-in"), {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)});
    zoomOut = add(QStringLiteral("zoom-out"), {QKeySequence(Qt::CTRL | Qt::Key_Minus)});
    zoomReset = add({}, {QKeySequence(Qt::CTRL | Qt::Key_0)});
    connect(tidyUp, &QAction::triggered, &m_view, &PipelineView::tidyUp);
    connect(fit, &QAction::triggered, &m_view, &PipelineView::fitAll);
    connect(zoomIn, &QAction::triggered, &m_view, [this] { m_view.zoomBy(PipelineView::zoomStep); });
    connect(zoomOut, &QAction::triggered, &m_view, [this] { m_view.zoomBy(1 / PipelineView::zoomStep); });
    connect(zoomReset, &QAction::triggered, &m_view, [this] { m_view.zoomBy(1 / m_view.zoom()); });
}

void CanvasActions::retranslate()
{
    cut->setText(tr("Cu&t"));
    copy->setText(tr("&Copy"));
    paste->setText(tr("&Paste"));
    duplicate->setText(tr("D&uplicate"));
    remove->setText(tr("&Delete"));
    selectAll->setText(tr("Select &all"));
    rename->setText(tr("Re&name"));
    runToHere->setText(tr("&Run to here"));
    tidyUp->setText(tr("Tidy &up"));
    fit->setText(tr("&Fit to window"));
    zoomIn->setText(tr("Zoom &in"));
    zoomOut->setText(tr("Zoom &out"));
    zoomReset->setText(tr("A&ctual size"));
}

void CanvasActions::refresh()
{
    const bool nodes = !m_view.scene().selectedNodes().empty();
    const bool anything = nodes || !m_view.scene().selectedEdges().empty();
    const bool one = !m_view.model().currentNode().empty();
    for (QAction* action : {cut, copy, duplicate})
        action->setEnabled(nodes);
    remove->setEnabled(anything);
    rename->setEnabled(one);
    runToHere->setEnabled(one);
    const bool filled = !m_view.model().graph().nodes().empty();
    for (QAction* action : {selectAll, tidyUp, fit})
        action->setEnabled(filled);
}

} // namespace espalier
