// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/OutlineTree.h"

#include "widgets/pipeline/CanvasMenus.h"
#include "widgets/pipeline/NodeGeometry.h"
#include "widgets/pipeline/NodeText.h"
#include "widgets/pipeline/PipelineModel.h"
#include "widgets/style/PortStyle.h"
#include "widgets/style/Theme.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QScopedValueRollback>
#include <QScrollBar>

namespace espalier {
namespace {

constexpr int nodeRole = Qt::UserRole;
constexpr int portRole = Qt::UserRole + 1; ///< of an input's line; empty on a node's

std::string nodeOf(const QTreeWidgetItem* item)
{
    return item ? item->data(0, nodeRole).toString().toStdString() : std::string();
}

} // namespace

OutlineTree::OutlineTree(PipelineModel& model, QWidget* parent) : QTreeWidget(parent), m_model(model)
{
    setColumnCount(2);
    setFrameShape(NoFrame);
    setIndentation(2 * gridStep);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(0, QHeaderView::Stretch);
    header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    connect(&model, &PipelineModel::graphChanged, this, &OutlineTree::rebuild);
    connect(&model, &PipelineModel::nodeStatusChanged, this, &OutlineTree::refreshNode);
    connect(&model, &PipelineModel::problemsChanged, this, &OutlineTree::rebuild);
    connect(&model, &PipelineModel::currentNodeChanged, this, &OutlineTree::followModel);
    connect(this, &QTreeWidget::currentItemChanged, this, &OutlineTree::followUser);
    connect(this, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem* item) { Q_EMIT inspectRequested(nodeOf(item)); });
    connect(themeNotifier(), &ThemeNotifier::changed, this, &OutlineTree::rebuild);
    retranslate();
}

void OutlineTree::retranslate()
{
    setHeaderLabels({tr("Node"), tr("State")});
    setAccessibleName(tr("Outline of the pipeline"));
    rebuild();
}

void OutlineTree::rebuild()
{
    const QScopedValueRollback guard(m_following, true);
    const std::string port = currentItem() ? currentItem()->data(0, portRole).toString().toStdString() : std::string();
    const int scroll = verticalScrollBar()->value();
    clear();
    for (const std::string& id : m_model.graph().topologicalOrder())
        addNode(*m_model.graph().node(id));
    expandAll();
    verticalScrollBar()->setValue(scroll);
    QTreeWidgetItem* entry = nodeEntry(m_model.currentNode());
    for (int i = 0; entry && !port.empty() && i < entry->childCount(); ++i)
        if (entry->child(i)->data(0, portRole).toString().toStdString() == port)
            entry = entry->child(i);
    setCurrentItem(entry);
}

QTreeWidgetItem* OutlineTree::addNode(const Node& node)
{
    auto* item = new QTreeWidgetItem(this);
    item->setData(0, nodeRole, QString::fromStdString(node.id));
    QFont bold = font();
    bold.setBold(true);
    item->setFont(0, bold);
    for (const PortSpec& port : inputsOf(m_model.graph(), node))
        addInput(item, node, port);
    refreshNode(node.id);
    return item;
}

void OutlineTree::addInput(QTreeWidgetItem* parent, const Node& node, const PortSpec& port)
{
    auto* item = new QTreeWidgetItem(parent);
    item->setData(0, nodeRole, QString::fromStdString(node.id));
    item->setData(0, portRole, QString::fromStdString(port.id));
    item->setIcon(0, portIcon(port.type));
    const QString label = portLabel(node, port.id, true);
    if (const Edge* edge = m_model.graph().edgeInto(node.id, port.id)) {
        item->setText(0, tr("%1 ← %2").arg(label, nodeTitle(m_model.graph(), edge->fromNode)));
    } else {
        item->setText(0, port.required ? tr("%1: no wire").arg(label) : tr("%1: no wire (optional)").arg(label));
        item->setForeground(0, port.required ? themeColors().danger : themeColors().mutedText);
    }
}

void OutlineTree::refreshNode(const std::string& node)
{
    QTreeWidgetItem* item = nodeEntry(node);
    const Node* shown = m_model.graph().node(node);
    if (!item || !shown)
        return;
    const NodeStatus status = m_model.nodeStatus(node);
    const auto problems = m_model.problemsOf(node);
    item->setText(0, nodeTitle(*shown));
    item->setText(1, problems.empty() ? nodeStateLabel(status.state) : tr("Has problems"));
    item->setForeground(1, problems.empty() ? nodeStateColor(status.state) : themeColors().danger);
    item->setToolTip(1, problems.empty() ? status.message : problemText(m_model.graph(), problems.front()));
}

QTreeWidgetItem* OutlineTree::nodeEntry(const std::string& node) const
{
    for (int i = 0; i < topLevelItemCount(); ++i)
        if (nodeOf(topLevelItem(i)) == node)
            return topLevelItem(i);
    return nullptr;
}

const Edge* OutlineTree::edgeOf(const QTreeWidgetItem* item) const
{
    const QString port = item ? item->data(0, portRole).toString() : QString();
    return port.isEmpty() ? nullptr : m_model.graph().edgeInto(nodeOf(item), port.toStdString());
}

void OutlineTree::followModel()
{
    if (m_following)
        return;
    const QScopedValueRollback guard(m_following, true);
    setCurrentItem(nodeEntry(m_model.currentNode()));
}

void OutlineTree::followUser()
{
    if (m_following)
        return;
    const QScopedValueRollback guard(m_following, true);
    m_model.setCurrentNode(nodeOf(currentItem()));
    if (const Edge* edge = edgeOf(currentItem()))
        Q_EMIT edgeSelected(*edge);
}

void OutlineTree::removeCurrent()
{
    const std::string node = nodeOf(currentItem());
    if (const Edge* edge = edgeOf(currentItem()))
        m_model.disconnectPorts(Edge(*edge));
    else if (currentItem() && currentItem()->data(0, portRole).toString().isEmpty())
        m_model.removeItems({node});
}

void OutlineTree::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace)
        removeCurrent();
    else
        QTreeWidget::keyPressEvent(event);
}

void OutlineTree::contextMenuEvent(QContextMenuEvent* event)
{
    const std::string node = nodeOf(currentItem());
    if (node.empty())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(icon(QStringLiteral("run-to")), tr("&Run to here")), &QAction::triggered, this, [this, node] { Q_EMIT runToRequested(node); });
    addConnectMenu(*menu, m_model, node);
    connect(menu->addAction(icon(QStringLiteral("delete")), edgeOf(currentItem()) ? tr("D&isconnect") : tr("&Delete")), &QAction::triggered, this,
            &OutlineTree::removeCurrent);
    menu->popup(event->reason() == QContextMenuEvent::Keyboard ? viewport()->mapToGlobal(visualItemRect(currentItem()).center()) : event->globalPos());
}

void OutlineTree::changeEvent(QEvent* event)
{
    QTreeWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace espalier
