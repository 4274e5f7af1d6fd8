// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/DataPanel.h"

#include "widgets/data/ClassCountModel.h"
#include "widgets/data/DataText.h"
#include "widgets/data/LengthPlot.h"
#include "widgets/data/SetAsideTable.h"
#include "widgets/plots/EmptyHint.h"
#include "widgets/style/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTabWidget>
#include <QTableView>
#include <QTableWidget>

namespace espalier {
namespace {

/// A thin bar a part, one under the other.
class BalanceDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const auto bars = index.data(ClassCountModel::BarsRole).value<QList<double>>();
        const QRectF area = QRectF(option.rect).adjusted(gridStep, 3, -gridStep, -3);
        const double height = area.height() / static_cast<double>(std::max<qsizetype>(1, bars.size()));
        for (qsizetype i = 0; i < bars.size(); ++i)
            painter->fillRect(QRectF(area.left(), area.top() + static_cast<double>(i) * height, area.width() * bars[i], height - 1),
                              themeColors().series[static_cast<std::size_t>(i)]);
    }
};

void styleTable(QTableView* table, const char* name)
{
    table->setObjectName(QString::fromLatin1(name));
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setTabKeyNavigation(false);
    table->setShowGrid(false);
    table->setFrameShape(QFrame::NoFrame);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(3 * gridStep);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void fillRow(QTableWidget* table, int row, const QStringList& cells)
{
    for (int column = 0; column < cells.size(); ++column) {
        auto* item = new QTableWidgetItem(cells[column]);
        if (column > 0) {
            item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            item->setFont(tabularFont(table->font()));
        }
        table->setItem(row, column, item);
    }
}

} // namespace

DataPanel::DataPanel(QWidget* parent)
    : QWidget(parent), m_pages(new QStackedWidget), m_hint(new EmptyHint(QStringLiteral("data"))), m_tabs(new QTabWidget), m_classes(new ClassCountModel(this)),
      m_classTable(new QTableView), m_lengths(new LengthPlot), m_parts(new QTableWidget(0, 5)), m_scripts(new QTableWidget(0, 3)), m_setAside(new SetAsideTable),
      m_rows(new RowsPanel)
{
    setObjectName(QStringLiteral("dataPanel"));
    m_tabs->setObjectName(QStringLiteral("dataTabs"));
    m_tabs->setDocumentMode(true);
    for (QWidget* page : {makeOverview(), makeClasses(), static_cast<QWidget*>(m_lengths), static_cast<QWidget*>(m_setAside)})
        m_tabs->addTab(page, QString());
    auto* both = new QSplitter;
    both->setChildrenCollapsible(false);
    both->addWidget(m_tabs);
    both->addWidget(m_rows);
    both->setSizes({500, 600});
    m_pages->addWidget(m_hint);
    m_pages->addWidget(both);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_pages);
    connect(m_hint, &EmptyHint::clicked, this, &DataPanel::dataWanted);
    connect(m_classTable, &QTableView::activated, this, [this](const QModelIndex& index) { m_rows->setLabel(index.siblingAtColumn(ClassCountModel::Label).data().toString()); });
    connect(m_classTable, &QTableView::clicked, m_classTable, &QTableView::activated);
    connect(themeNotifier(), &ThemeNotifier::changed, m_classTable->viewport(), qOverload<>(&QWidget::update));
    retranslate();
}

QWidget* DataPanel::makeOverview()
{
    styleTable(m_parts, "partsTable");
    styleTable(m_scripts, "scriptsTable");
    m_parts->setSelectionMode(QAbstractItemView::SingleSelection);
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, gridStep, 0, 0);
    column->addWidget(m_parts, 1);
    column->addWidget(m_scripts, 1);
    return page;
}

QWidget* DataPanel::makeClasses()
{
    styleTable(m_classTable, "classTable");
    auto* sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(m_classes);
    sorted->setSortRole(Qt::UserRole);
    m_classTable->setModel(sorted);
    m_classTable->setSortingEnabled(true);
    m_classTable->sortByColumn(ClassCountModel::Train, Qt::DescendingOrder);
    m_classTable->setItemDelegateForColumn(ClassCountModel::Bar, new BalanceDelegate(m_classTable));
    m_classTable->horizontalHeader()->setSectionResizeMode(ClassCountModel::Bar, QHeaderView::Stretch);
    return m_classTable;
}

void DataPanel::setSummary(const DatasetSummary& summary)
{
    m_summary = summary;
    m_error.clear();
    m_busy = false;
    m_filled = true;
    m_classes->setClasses(summary.classes);
    m_classTable->resizeColumnsToContents();
    m_lengths->setParts(summary.parts);
    m_setAside->setRows(summary.rejected, summary.rejectedCount);
    showParts();
    showScripts();
    m_rows->setSummary(summary);
    showHint();
    retranslate();
}

void DataPanel::setError(const QString& text)
{
    m_error = text;
    m_busy = false;
    m_filled = false;
    showHint();
}

void DataPanel::clear() { setError({}); }

void DataPanel::setBusy(bool busy)
{
    m_busy = busy;
    showHint();
}

void DataPanel::showParts()
{
    m_parts->setRowCount(static_cast<int>(m_summary.parts.size()));
    for (int i = 0; i < m_parts->rowCount(); ++i) {
        const PartSummary& part = m_summary.parts[static_cast<std::size_t>(i)];
        fillRow(m_parts, i, {partText(part.name), formatCount(part.rows), formatCount(part.duplicates), formatCount(part.normalizedDuplicates),
                             part.name == "train" ? QStringLiteral("–") : formatCount(part.alsoInTrain)});
    }
    m_parts->resizeColumnsToContents();
}

void DataPanel::showScripts()
{
    m_scripts->setRowCount(static_cast<int>(m_summary.scripts.size()));
    for (int i = 0; i < m_scripts->rowCount(); ++i) {
        const ScriptCount& one = m_summary.scripts[static_cast<std::size_t>(i)];
        fillRow(m_scripts, i, {QString::fromStdString(one.script), formatCount(one.rows), formatCount(one.characters)});
    }
    m_scripts->resizeColumnsToContents();
}

void DataPanel::showHint()
{
    m_pages->setCurrentIndex(m_filled && !m_busy ? 1 : 0);
    if (m_busy)
        m_hint->setTexts(tr("Reading the data…"), tr("Everything is counted, over all rows."));
    else if (m_error.isEmpty())
        m_hint->setTexts(tr("No data yet"), tr("Bring a file of labelled sentences, and its classes, lengths, repeats and rows stand here."), tr("New from data..."));
    else
        m_hint->setTexts(tr("The data could not be read"), m_error);
}

void DataPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void DataPanel::retranslate()
{
    m_tabs->setTabText(0, tr("Overview"));
    m_tabs->setTabText(1, tr("Classes"));
    m_tabs->setTabText(2, tr("Lengths"));
    m_tabs->setTabText(3, m_summary.rejectedCount > 0 ? tr("Set aside (%1)").arg(formatCount(m_summary.rejectedCount)) : tr("Set aside"));
    m_parts->setHorizontalHeaderLabels({tr("Part"), tr("Rows"), tr("Repeats"), tr("Near repeats"), tr("Also in train")});
    m_parts->horizontalHeaderItem(2)->setToolTip(tr("Rows whose text stands in an earlier row of the part, byte for byte"));
    m_parts->horizontalHeaderItem(3)->setToolTip(tr("The same, with case, Unicode form and white space ignored"));
    m_parts->horizontalHeaderItem(4)->setToolTip(tr("Rows whose text stands in the training part too, ignoring the same: they flatter the figures"));
    m_scripts->setHorizontalHeaderLabels({tr("Script"), tr("Rows"), tr("Characters")});
    m_parts->setAccessibleName(tr("Parts"));
    m_scripts->setAccessibleName(tr("Scripts"));
    m_classTable->setAccessibleName(tr("Classes"));
    showParts();
    m_parts->resizeColumnsToContents();
    m_scripts->resizeColumnsToContents();
    showHint();
}

} // namespace espalier
