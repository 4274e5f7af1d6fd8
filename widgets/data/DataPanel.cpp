// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/DataPanel.h"

#include "widgets/data/ClassCountModel.h"
#include "widgets/data/DataOverview.h"
#include "widgets/data/LeakTable.h"
#include "widgets/data/LengthPlot.h"
#include "widgets/data/SetAsideTable.h"
#include "widgets/plots/EmptyHint.h"
#include "widgets/style/Tables.h"
#include "widgets/style/Theme.h"

#include <QEvent>
#include <QVBoxLayout>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTabWidget>
#include <QTableView>

namespace espalier {
namespace {

constexpr int leaksTab = 4;

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

} // namespace

DataPanel::DataPanel(QWidget* parent)
    : QWidget(parent), m_pages(new QStackedWidget), m_hint(new EmptyHint(QStringLiteral("data"))), m_tabs(new QTabWidget), m_classes(new ClassCountModel(this)),
      m_classTable(new QTableView), m_lengths(new LengthPlot), m_overview(new DataOverview),
      m_setAside(new SetAsideTable), m_leaks(new LeakTable), m_rows(new RowsPanel)
{
    setObjectName(QStringLiteral("dataPanel"));
    m_tabs->setObjectName(QStringLiteral("dataTabs"));
    m_tabs->setDocumentMode(true);
    for (QWidget* page : std::initializer_list<QWidget*>{m_overview, makeClasses(), m_lengths, m_setAside, m_leaks})
        m_tabs->addTab(page, QString());
    auto* both = new QSplitter;
    both->setChildrenCollapsible(false);
    both->addWidget(m_tabs);
    both->addWidget(m_rows);
    both->setSizes({600, 560});
    m_pages->addWidget(m_hint);
    m_pages->addWidget(both);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_pages);
    connect(m_hint, &EmptyHint::clicked, this, &DataPanel::dataWanted);
    connect(m_classTable, &QTableView::activated, this, [this](const QModelIndex& index) { m_rows->setLabel(index.siblingAtColumn(ClassCountModel::Label).data().toString()); });
    connect(m_classTable, &QTableView::clicked, m_classTable, &QTableView::activated);
    connect(m_leaks, &LeakTable::leakChosen, m_rows, &RowsPanel::find);
    connect(themeNotifier(), &ThemeNotifier::changed, m_classTable->viewport(), qOverload<>(&QWidget::update));
    retranslate();
}

QWidget* DataPanel::makeClasses()
{
    m_classTable->setObjectName(QStringLiteral("classTable"));
    auto* sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(m_classes);
    sorted->setSortRole(Qt::UserRole);
    m_classTable->setModel(sorted);
    styleTable(*m_classTable, ClassCountModel::Bar);
    m_classTable->setSortingEnabled(true);
    m_classTable->sortByColumn(ClassCountModel::Train, Qt::DescendingOrder);
    m_classTable->setItemDelegateForColumn(ClassCountModel::Bar, new BalanceDelegate(m_classTable));
    return m_classTable;
}

void DataPanel::setSummary(const DatasetSummary& summary)
{
    m_summary = summary;
    m_error.clear();
    m_busy = false;
    m_filled = true;
    m_classes->setClasses(summary.classes);
    m_lengths->setParts(summary.parts);
    m_setAside->setRows(summary.rejected, summary.rejectedCount);
    m_overview->setSummary(summary);
    m_leaks->setReport(summary.leaks.value_or(LeakReport{}));
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
    m_tabs->setTabVisible(leaksTab, m_summary.leaks.has_value());
    const std::int64_t leaks = m_summary.leaks ? m_summary.leaks->total() : 0;
    m_tabs->setTabText(leaksTab, leaks > 0 ? tr("Leaks (%1)").arg(formatCount(leaks)) : tr("Leaks"));
    m_classTable->setAccessibleName(tr("Classes"));
    showHint();
}

} // namespace espalier
