// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/NodePalette.h"

#include "engine/graph/NodeCatalog.h"
#include "widgets/pipeline/PipelineView.h"
#include "widgets/style/CatalogText.h"
#include "widgets/style/PortStyle.h"
#include "widgets/style/Theme.h"
#include "widgets/style/ToolTips.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QTreeWidget>

namespace espalier {
namespace {

constexpr int typeRole = Qt::UserRole;

class TypeList : public QTreeWidget {
public:
    using QTreeWidget::QTreeWidget;

protected:
    QStringList mimeTypes() const override { return {QString::fromLatin1(nodeTypeMimeType)}; }

    QMimeData* mimeData(const QList<QTreeWidgetItem*>& items) const override
    {
        if (items.isEmpty())
            return nullptr;
        auto* dragged = new QMimeData; // the drag takes it
        dragged->setData(nodeTypeMimeType, items.front()->data(0, typeRole).toString().toUtf8());
        return dragged;
    }

    Qt::DropActions supportedDropActions() const override { return Qt::CopyAction; }
};

QTreeWidgetItem* categoryItem(QTreeWidget* list, const std::string& category)
{
    const QString text = catalogText(category);
    for (int i = 0; i < list->topLevelItemCount(); ++i)
        if (list->topLevelItem(i)->text(0) == text)
            return list->topLevelItem(i);
    auto* item = new QTreeWidgetItem(list, {text});
    item->setFlags(Qt::ItemIsEnabled);
    QFont bold = list->font();
    bold.setBold(true);
    item->setFont(0, bold);
    item->setSizeHint(0, QSize(0, 4 * gridStep));
    item->setTextAlignment(0, Qt::AlignLeft | Qt::AlignBottom);
    return item;
}

void addType(QTreeWidget* list, const NodeType& type)
{
    auto* item = new QTreeWidgetItem(categoryItem(list, type.category), {catalogText(type.label)});
    item->setData(0, typeRole, QString::fromStdString(type.id));
    item->setSizeHint(0, QSize(0, 3 * gridStep));
    item->setIcon(0, portIcon(type.outputs.empty() ? std::string() : type.outputs.front().type));
    item->setToolTip(0, wrappedTip(catalogText(type.help)));
    item->setData(0, Qt::AccessibleDescriptionRole, catalogText(type.help));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled);
}

bool matches(const QTreeWidgetItem& item, const QString& text)
{
    const QString help = item.data(0, Qt::AccessibleDescriptionRole).toString();
    return text.isEmpty() || item.text(0).contains(text, Qt::CaseInsensitive) || help.contains(text, Qt::CaseInsensitive) ||
           item.parent()->text(0).contains(text, Qt::CaseInsensitive);
}

} // namespace

NodePalette::NodePalette(QWidget* parent) : QWidget(parent), m_search(new QLineEdit), m_list(new TypeList)
{
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setIndentation(2 * gridStep);
    m_list->setDragEnabled(true);
    m_list->setDragDropMode(QAbstractItemView::DragOnly);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setExpandsOnDoubleClick(false);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_search);
    column->addWidget(m_list);
    connect(m_search, &QLineEdit::textChanged, this, &NodePalette::filter);
    connect(m_search, &QLineEdit::returnPressed, this, &NodePalette::requestFirstHit);
    connect(m_list, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem* item) {
        if (const QString type = item->data(0, typeRole).toString(); !type.isEmpty())
            Q_EMIT nodeRequested(type.toStdString());
    });
    rebuild();
}

void NodePalette::rebuild()
{
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search node types"));
    m_list->setAccessibleName(tr("Node types"));
    m_list->setAccessibleDescription(tr("Enter adds the type to the pipeline."));
    m_list->clear();
    for (const NodeType& type : nodeCatalog().members())
        addType(m_list, type);
    m_list->expandAll();
    filter();
}

void NodePalette::filter()
{
    const QString text = m_search->text().trimmed();
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem* category = m_list->topLevelItem(i);
        bool any = false;
        for (int k = 0; k < category->childCount(); ++k) {
            const bool hit = matches(*category->child(k), text);
            category->child(k)->setHidden(!hit);
            any = any || hit;
        }
        category->setHidden(!any);
    }
}

void NodePalette::requestFirstHit()
{
    if (m_search->text().trimmed().isEmpty())
        return;
    for (QTreeWidgetItemIterator it(m_list, QTreeWidgetItemIterator::NotHidden | QTreeWidgetItemIterator::Selectable); *it; ++it)
        return Q_EMIT nodeRequested((*it)->data(0, typeRole).toString().toStdString());
}

bool NodePalette::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Down) {
        QTreeWidgetItemIterator first(m_list, QTreeWidgetItemIterator::NotHidden | QTreeWidgetItemIterator::Selectable);
        m_list->setFocus(Qt::TabFocusReason);
        m_list->setCurrentItem(*first);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void NodePalette::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        rebuild();
}

} // namespace espalier
