// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/TokenStrip.h"

#include "widgets/style/Theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QTableWidget>
#include <QVBoxLayout>

namespace espalier {
namespace {

enum Row { TokenRow, IdRow, BytesRow, RowCount };

} // namespace

TokenStrip::TokenStrip(QWidget* parent) : QWidget(parent), m_title(new QLabel), m_table(new QTableWidget(RowCount, 0))
{
    m_title->setObjectName(QStringLiteral("tokenTitle"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_title->setForegroundRole(QPalette::PlaceholderText);
    m_table->setObjectName(QStringLiteral("tokenTable"));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->horizontalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(5 * gridStep / 2);
    m_table->verticalHeader()->setMinimumSectionSize(5 * gridStep / 2);
    m_table->setFixedHeight(m_table->verticalHeader()->length() + m_table->horizontalScrollBar()->sizeHint().height());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gridStep / 2);
    column->addWidget(m_title);
    column->addWidget(m_table);
    retranslate();
}

void TokenStrip::setTokens(const QByteArray& text, const std::vector<ShownToken>& tokens)
{
    m_text = text;
    m_count = static_cast<qsizetype>(tokens.size());
    m_table->setColumnCount(static_cast<int>(tokens.size()));
    for (int column = 0; column < m_table->columnCount(); ++column)
        addToken(column, tokens[static_cast<std::size_t>(column)]);
    m_table->show();
    retranslate();
}

void TokenStrip::addToken(int column, const ShownToken& token)
{
    const bool special = token.begin == token.end;
    const QString bytes = special ? QStringLiteral("–") : QStringLiteral("%1–%2").arg(token.begin).arg(token.end);
    const QString id = token.fileId < 0 || token.fileId == token.id ? QString::number(token.id) : QStringLiteral("%1 (%2)").arg(token.id).arg(token.fileId);
    const QString piece = QString::fromUtf8(m_text.mid(token.begin, token.end - token.begin));
    const QStringList cells{token.token, id, bytes};
    for (int row = 0; row < RowCount; ++row) {
        auto* item = new QTableWidgetItem(cells[row]);
        item->setTextAlignment(Qt::AlignCenter);
        item->setToolTip(special ? tr("A token that is not in the sentence") : tr("Stands for “%1”").arg(piece));
        if (row != TokenRow) {
            item->setFont(tabularFont(m_table->font()));
            item->setForeground(themeColors().mutedText);
        }
        m_table->setItem(row, column, item);
    }
}

void TokenStrip::setMessage(const QString& text)
{
    m_count = -1;
    m_table->setColumnCount(0);
    m_table->hide();
    m_title->setText(text);
}

void TokenStrip::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void TokenStrip::retranslate()
{
    m_table->setVerticalHeaderLabels({tr("Token"), tr("Id"), tr("Bytes")});
    m_table->setAccessibleName(tr("Tokens of the chosen row"));
    if (m_count >= 0)
        m_title->setText(tr("%n tokens", nullptr, static_cast<int>(m_count)));
}

} // namespace espalier
