// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/DataOverview.h"

#include "widgets/data/DataText.h"
#include "widgets/style/Tables.h"
#include "widgets/style/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QTableWidget>

namespace espalier {
namespace {

constexpr int partColumns = 5;
constexpr int scriptColumns = 3;

void fillRow(QTableWidget* table, int row, const QStringList& cells)
{
    table->setItem(row, 0, new QTableWidgetItem(cells[0]));
    for (int column = 1; column < cells.size(); ++column)
        table->setItem(row, column, figureItem(cells[column]));
}

} // namespace

DataOverview::DataOverview(QWidget* parent) : QWidget(parent), m_parts(new QTableWidget(0, partColumns)), m_scripts(new QTableWidget(0, scriptColumns))
{
    m_parts->setObjectName(QStringLiteral("partsTable"));
    m_scripts->setObjectName(QStringLiteral("scriptsTable"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, gridStep, 0, 0);
    row->setSpacing(gridStep);
    for (QTableWidget* table : {m_parts, m_scripts}) {
        styleTable(*table);
        table->setSelectionMode(QAbstractItemView::SingleSelection);
        table->setMinimumHeight(6 * gridStep);
    }
    row->addWidget(m_parts, 2);
    row->addWidget(m_scripts, 1);
    retranslate();
}

void DataOverview::setSummary(const DatasetSummary& summary)
{
    m_summary = summary;
    showParts();
    showScripts();
}

void DataOverview::showParts()
{
    m_parts->setRowCount(static_cast<int>(m_summary.parts.size()));
    for (int i = 0; i < m_parts->rowCount(); ++i) {
        const PartSummary& part = m_summary.parts[static_cast<std::size_t>(i)];
        fillRow(m_parts, i, {partText(part.name), formatCount(part.rows), formatCount(part.duplicates), formatCount(part.normalizedDuplicates),
                             part.name == "train" ? QStringLiteral("–") : formatCount(part.alsoInTrain)});
    }
}

void DataOverview::showScripts()
{
    m_scripts->setRowCount(static_cast<int>(m_summary.scripts.size()));
    for (int i = 0; i < m_scripts->rowCount(); ++i) {
        const ScriptCount& one = m_summary.scripts[static_cast<std::size_t>(i)];
        fillRow(m_scripts, i, {scriptText(one.script), formatCount(one.rows), formatCount(one.characters)});
    }
}

void DataOverview::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void DataOverview::retranslate()
{
    setHeaders(*m_parts, {tr("Part"), tr("Rows"), tr("Repeats"), tr("Near repeats"), tr("Also in train")}, 1);
    m_parts->horizontalHeaderItem(2)->setToolTip(tr("Rows whose text stands in an earlier row of the part, byte for byte"));
    m_parts->horizontalHeaderItem(3)->setToolTip(tr("The same, with case, Unicode form and white space ignored"));
    m_parts->horizontalHeaderItem(4)->setToolTip(tr("Rows whose text stands in the training part too, ignoring the same: they flatter the figures. A Check node lists them."));
    setHeaders(*m_scripts, {tr("Script"), tr("Rows"), tr("Characters")}, 1);
    m_parts->setAccessibleName(tr("Parts"));
    m_scripts->setAccessibleName(tr("Scripts"));
    showParts();
    showScripts();
}

} // namespace espalier
