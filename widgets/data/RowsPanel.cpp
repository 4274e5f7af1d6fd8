// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/RowsPanel.h"

#include "widgets/data/DataText.h"
#include "widgets/data/RowsModel.h"
#include "widgets/data/TokenStrip.h"
#include "widgets/style/Tables.h"
#include "widgets/style/Theme.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>

namespace espalier {
namespace {

constexpr int typingPause = 150; // ms without a key before the rows are searched

} // namespace

RowsPanel::RowsPanel(QWidget* parent)
    : QWidget(parent), m_part(new QComboBox), m_label(new QComboBox), m_search(new QLineEdit), m_count(new QLabel), m_rows(new RowsModel(this)), m_table(new QTableView),
      m_tokens(new TokenStrip)
{
    layOut();
    m_pause.setSingleShot(true);
    m_pause.setInterval(typingPause);
    connect(&m_pause, &QTimer::timeout, this, &RowsPanel::ask);
    connect(m_search, &QLineEdit::textEdited, this, [this] { m_pause.start(); });
    connect(m_search, &QLineEdit::returnPressed, this, &RowsPanel::ask);
    for (QComboBox* box : {m_part, m_label})
        connect(box, &QComboBox::currentIndexChanged, this, &RowsPanel::ask);
    connect(m_rows, &RowsModel::pageWanted, this, &RowsPanel::askFrom);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& current) { chooseRow(current.isValid() ? current.row() : -1); });
    connect(m_rows, &QAbstractItemModel::modelReset, this, [this] { chooseRow(-1); });
    retranslate();
}

void RowsPanel::layOut()
{
    const std::pair<QWidget*, const char*> names[] = {{m_part, "rowsPart"}, {m_label, "rowsLabel"}, {m_search, "rowsSearch"}, {m_count, "rowsCount"}, {m_table, "rowsTable"}};
    for (const auto& [widget, name] : names)
        widget->setObjectName(QString::fromLatin1(name));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_label->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_label->setMinimumContentsLength(12);
    m_table->setModel(m_rows);
    styleTable(*m_table, RowsModel::Text);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setMinimumHeight(6 * gridStep);
    QHeaderView* header = m_table->horizontalHeader();
    for (const int column : {RowsModel::Number, RowsModel::Labels})
        header->setSectionResizeMode(column, QHeaderView::Interactive); // not all rows are here to measure
    header->resizeSection(RowsModel::Number, 9 * gridStep);
    header->resizeSection(RowsModel::Labels, 20 * gridStep);
    auto* filters = new QHBoxLayout;
    filters->addWidget(m_search, 1);
    filters->addWidget(m_part);
    filters->addWidget(m_label);
    filters->addWidget(m_count);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(gridStep, gridStep, gridStep, 0);
    column->setSpacing(gridStep);
    column->addLayout(filters);
    column->addWidget(m_table, 1);
    column->addWidget(m_tokens);
    m_tokens->hide();
}

void RowsPanel::setSummary(const DatasetSummary& summary)
{
    const QString part = m_part->currentData().toString();
    const QString label = m_label->currentData().toString();
    const QSignalBlocker blockers[] = {QSignalBlocker(m_part), QSignalBlocker(m_label)};
    m_part->clear();
    for (const PartSummary& one : summary.parts)
        if (one.rows > 0)
            m_part->addItem(partText(one.name), QString::fromStdString(one.name));
    m_label->clear();
    m_label->addItem(tr("All labels"));
    for (const ClassCount& one : summary.classes)
        m_label->addItem(QString::fromStdString(one.label), QString::fromStdString(one.label));
    m_part->setCurrentIndex(std::max(0, m_part->findData(part)));
    m_label->setCurrentIndex(label.isEmpty() ? 0 : std::max(0, m_label->findData(label)));
    ask();
}

void RowsPanel::setLabel(const QString& label)
{
    if (const int at = m_label->findData(label); at >= 0)
        m_label->setCurrentIndex(at);
}

void RowsPanel::find(const QString& partName, const QString& search)
{
    const QSignalBlocker blockers[] = {QSignalBlocker(m_part), QSignalBlocker(m_label)};
    m_part->setCurrentIndex(std::max(0, m_part->findData(partName)));
    m_label->setCurrentIndex(0);
    m_search->setText(search);
    m_search->setCursorPosition(0); // its beginning is what tells it apart
    ask();
}

void RowsPanel::chooseRow(int row)
{
    const DataRow* chosen = row < 0 ? nullptr : m_rows->row(row);
    m_chosen = chosen ? QString::fromStdString(chosen->text) : QString();
    m_tokens->setVisible(!m_chosen.isEmpty());
    if (m_chosen.isEmpty())
        return;
    m_tokens->setMessage(tr("Tokenizing…"));
    Q_EMIT tokensWanted(m_chosen);
}

void RowsPanel::setTokens(const QString& text, const std::vector<ShownToken>& tokens)
{
    if (text == m_chosen)
        m_tokens->setTokens(text.toUtf8(), tokens);
}

void RowsPanel::setTokenError(const QString& text, const QString& why)
{
    if (text == m_chosen)
        m_tokens->setMessage(why);
}

void RowsPanel::ask()
{
    m_pause.stop();
    ++m_question;
    m_answered = false;
    m_rows->begin();
    if (m_part->count() > 0)
        askFrom(0);
}

void RowsPanel::askFrom(std::int64_t offset)
{
    Q_EMIT rowsWanted({m_part->currentData().toString().toStdString(), m_search->text().toStdString(), m_label->currentData().toString().toStdString(), offset, m_question});
}

void RowsPanel::setPage(const RowsPage& page, int question)
{
    if (question != m_question)
        return;
    m_answered = true;
    m_rows->setPage(page);
    showCount();
}

void RowsPanel::setError(const QString& text, int question)
{
    if (question == m_question)
        m_count->setText(text);
}

void RowsPanel::showCount()
{
    if (!m_answered)
        m_count->clear();
    else if (m_rows->matches() == m_rows->total())
        m_count->setText(tr("%1 rows").arg(formatCount(m_rows->total())));
    else
        m_count->setText(tr("%1 of %2 rows").arg(formatCount(m_rows->matches()), formatCount(m_rows->total())));
}

void RowsPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void RowsPanel::retranslate()
{
    m_search->setPlaceholderText(tr("Search the sentences"));
    m_search->setAccessibleName(tr("Search the sentences"));
    m_part->setAccessibleName(tr("Part"));
    m_label->setAccessibleName(tr("Label"));
    m_table->setAccessibleName(tr("Rows"));
    for (int i = 0; i < m_part->count(); ++i)
        m_part->setItemText(i, partText(m_part->itemData(i).toString().toStdString()));
    if (m_label->count() > 0)
        m_label->setItemText(0, tr("All labels"));
    showCount();
}

} // namespace espalier
