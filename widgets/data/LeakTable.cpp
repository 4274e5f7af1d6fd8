// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/LeakTable.h"

#include "widgets/data/DataText.h"
#include "widgets/style/Tables.h"
#include "widgets/style/Theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

namespace espalier {
namespace {

enum Column { Part, Row, TrainRow, Text, Label, TrainLabel, ColumnCount };
constexpr int widestLabel = 18 * gridStep;
constexpr int textRole = Qt::UserRole + 1;

QString joined(const std::vector<std::string>& labels)
{
    QStringList texts;
    for (const std::string& label : labels)
        if (label != "O") // the tag of words that are nothing: a sentence is full of them
            texts << QString::fromStdString(label);
    return texts.join(QStringLiteral(", "));
}

} // namespace

LeakTable::LeakTable(QWidget* parent) : QWidget(parent), m_title(new QLabel), m_table(new QTableWidget(0, ColumnCount))
{
    m_title->setObjectName(QStringLiteral("leakTitle"));
    m_title->setWordWrap(true);
    m_title->setTextFormat(Qt::PlainText);
    m_table->setObjectName(QStringLiteral("leakTable"));
    styleTable(*m_table, Text);
    for (const int column : {Label, TrainLabel})
        m_table->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Interactive);
    m_table->setMinimumHeight(6 * gridStep);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, gridStep, 0, 0);
    column->setSpacing(gridStep / 2);
    column->addWidget(m_title);
    column->addWidget(m_table, 1);
    connect(m_table, &QTableWidget::cellActivated, this, [this](int row) {
        const QTableWidgetItem* item = m_table->item(row, Part);
        Q_EMIT leakChosen(item->data(Qt::UserRole).toString(), item->data(textRole).toString());
    });
    connect(m_table, &QTableWidget::cellClicked, m_table, &QTableWidget::cellActivated);
    retranslate();
}

void LeakTable::setReport(const LeakReport& report)
{
    m_report = report;
    showRows();
}

void LeakTable::showRows()
{
    m_title->setText(summaryText());
    m_table->setRowCount(0);
    for (const PartLeaks& part : m_report.parts)
        for (const Leak& leak : part.first)
            addRow(part, leak);
    for (const int column : {Label, TrainLabel}) { // labels of many words must leave room for the sentence
        m_table->resizeColumnToContents(column);
        m_table->setColumnWidth(column, std::min(widestLabel, m_table->columnWidth(column)));
    }
    m_table->setVisible(m_table->rowCount() > 0);
}

void LeakTable::addRow(const PartLeaks& part, const Leak& leak)
{
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    const QString text = QString::fromStdString(leak.text);
    auto* name = new QTableWidgetItem(partText(part.part));
    name->setData(Qt::UserRole, QString::fromStdString(part.part));
    name->setData(textRole, text);
    m_table->setItem(row, Part, name);
    m_table->setItem(row, Row, figureItem(formatCount(leak.row)));
    m_table->setItem(row, TrainRow, figureItem(formatCount(leak.trainRow)));
    auto* sentence = new QTableWidgetItem(leak.exact ? text : QStringLiteral("≈ ") + text);
    sentence->setToolTip(leak.exact ? tr("The same, byte for byte") : tr("The same after normalisation: case, width or white space differ"));
    m_table->setItem(row, Text, sentence);
    m_table->setItem(row, Label, new QTableWidgetItem(joined(leak.labels)));
    auto* there = new QTableWidgetItem(leak.agrees ? QStringLiteral("=") : QStringLiteral("✗ ") + joined(leak.trainLabels));
    if (!leak.agrees) {
        there->setForeground(themeColors().danger);
        there->setToolTip(tr("The labels do not agree"));
    }
    m_table->setItem(row, TrainLabel, there);
}

QString LeakTable::summaryText() const
{
    QStringList lines;
    for (const PartLeaks& part : m_report.parts)
        if (part.normalized > 0)
            lines << tr("%1: %2 of %3 sentences stand in the training part, %4 byte for byte, %5 with other labels.")
                         .arg(partText(part.part), formatCount(part.normalized), formatCount(part.rows), formatCount(part.exact), formatCount(part.disagreeing));
    if (lines.isEmpty())
        return tr("No validation or test sentence stands in the training part.");
    if (m_report.removed > 0)
        lines << tr("%1 training rows were taken out because of them; they are numbered here as before.").arg(formatCount(m_report.removed));
    return lines.join(QLatin1Char('\n'));
}

void LeakTable::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void LeakTable::retranslate()
{
    m_table->setHorizontalHeaderLabels({tr("Part"), tr("Row"), tr("Training row"), tr("Sentence"), tr("Label"), tr("Label in training")});
    for (const int figure : {Row, TrainRow})
        m_table->horizontalHeaderItem(figure)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_table->setAccessibleName(tr("Sentences that also stand in the training part"));
    m_table->setToolTip(tr("Choose one to see it among the rows."));
    showRows();
}

} // namespace espalier
