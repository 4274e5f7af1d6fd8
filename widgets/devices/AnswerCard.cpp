// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/devices/AnswerCard.h"

#include "widgets/style/Theme.h"

#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace espalier {

AnswerCard::AnswerCard(QWidget* parent)
    : QFrame(parent), m_title(new QLabel), m_time(new QLabel), m_label(new QLabel), m_hint(new QLabel), m_bars(new ProbabilityBars), m_pages(new QStackedWidget)
{
    setFrameShape(QFrame::StyledPanel);
    m_label->setObjectName(QStringLiteral("answerLabel"));
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_label->setWordWrap(true); // a tag a word may be long
    QFont large = font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * 1.25);
    m_label->setFont(large);
    m_time->setFont(tabularFont(font()));
    m_time->setObjectName(QStringLiteral("answerTime"));
    m_hint->setObjectName(QStringLiteral("answerHint"));
    m_hint->setWordWrap(true);
    m_hint->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_title->setForegroundRole(QPalette::PlaceholderText);
    m_hint->setForegroundRole(QPalette::PlaceholderText);

    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_time);
    auto* answer = new QWidget;
    auto* answerLayout = new QVBoxLayout(answer);
    answerLayout->setContentsMargins(0, 0, 0, 0);
    answerLayout->setSpacing(8);
    answerLayout->addWidget(m_label);
    answerLayout->addWidget(m_bars);
    answerLayout->addStretch();
    m_pages->addWidget(m_hint);
    m_pages->addWidget(answer);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 8, 16, 8);
    layout->setSpacing(8);
    layout->addLayout(head);
    layout->addWidget(m_pages, 1);
}

void AnswerCard::setTitle(const QString& title, const QString& timeNote)
{
    m_title->setText(title);
    m_time->setToolTip(timeNote);
    m_bars->setAccessibleName(title);
}

void AnswerCard::setHint(const QString& hint)
{
    m_hint->setText(hint);
    m_time->clear();
    m_pages->setCurrentIndex(0);
}

void AnswerCard::setWaiting()
{
    m_time->setText(QStringLiteral("..."));
}

void AnswerCard::setAnswer(const LabelAnswer& answer)
{
    m_label->setText(answer.label.isEmpty() ? tr("No label") : answer.label);
    m_bars->setProbabilities(answer.probabilities);
    m_time->setText(formatDuration(answer.milliseconds / 1000));
    m_pages->setCurrentIndex(1);
}

QString AnswerCard::label() const { return m_pages->currentIndex() == 1 ? m_label->text() : QString(); }

} // namespace espalier
