// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/SetAsideTable.h"

#include "widgets/style/Theme.h"

#include <QEvent>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

namespace espalier {

SetAsideTable::SetAsideTable(QWidget* parent) : QWidget(parent), m_title(new QLabel), m_table(new QTableWidget(0, 3))
{
    m_title->setObjectName(QStringLiteral("setAsideTitle"));
    m_table->setObjectName(QStringLiteral("setAsideTable"));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(3 * gridStep);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gridStep / 2);
    column->addWidget(m_title);
    column->addWidget(m_table, 1);
    retranslate();
}

void SetAsideTable::setRows(const std::vector<RejectedRow>& rows, std::int64_t total)
{
    m_total = total;
    m_table->setRowCount(static_cast<int>(rows.size()));
    for (int i = 0; i < m_table->rowCount(); ++i) {
        const RejectedRow& row = rows[static_cast<std::size_t>(i)];
        const QString file = QString::fromStdString(row.file);
        auto* name = new QTableWidgetItem(QFileInfo(file).fileName());
        name->setToolTip(file);
        auto* line = new QTableWidgetItem(QString::number(row.line));
        line->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        line->setFont(tabularFont(font()));
        auto* reason = new QTableWidgetItem(QString::fromStdString(row.reason));
        reason->setToolTip(reason->text());
        m_table->setItem(i, 0, name);
        m_table->setItem(i, 1, line);
        m_table->setItem(i, 2, reason);
    }
    m_table->resizeColumnToContents(0);
    m_table->resizeColumnToContents(1);
    retranslate();
}

void SetAsideTable::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void SetAsideTable::retranslate()
{
    m_table->setHorizontalHeaderLabels({tr("File"), tr("Line"), tr("Reason")});
    m_table->setAccessibleName(tr("Rows set aside"));
    const std::int64_t shown = m_table->rowCount();
    m_title->setText(m_total == 0          ? tr("No row was set aside.")
                     : shown < m_total     ? tr("Rows set aside: %1, of which the first %2:").arg(formatCount(m_total), formatCount(shown))
                                           : tr("Rows set aside: %1").arg(formatCount(m_total)));
    m_table->setVisible(m_total > 0);
}

} // namespace espalier
