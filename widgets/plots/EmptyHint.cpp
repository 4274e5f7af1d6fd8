// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/EmptyHint.h"

#include "widgets/style/Theme.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace espalier {

EmptyHint::EmptyHint(const QString& iconName, QWidget* parent)
    : QWidget(parent), m_iconName(iconName), m_icon(new QLabel), m_headline(new QLabel), m_text(new QLabel), m_button(new QPushButton)
{
    auto* column = new QVBoxLayout(this);
    column->setSpacing(gridStep);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setBold(true);
    m_headline->setFont(large);
    m_text->setForegroundRole(QPalette::PlaceholderText);
    column->addStretch(1);
    for (QLabel* label : {m_icon, m_headline, m_text}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(label != m_icon);
        column->addWidget(label);
    }
    column->addSpacing(gridStep);
    column->addWidget(m_button, 0, Qt::AlignCenter);
    column->addStretch(1);
    connect(m_button, &QPushButton::clicked, this, &EmptyHint::clicked);
    connect(themeNotifier(), &ThemeNotifier::changed, this, &EmptyHint::restyle);
    restyle();
}

void EmptyHint::setTexts(const QString& headline, const QString& text, const QString& button)
{
    m_headline->setText(headline);
    m_text->setText(text);
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
}

void EmptyHint::restyle()
{
    m_icon->setPixmap(icon(m_iconName, themeColors().mutedText).pixmap(QSize(40, 40), devicePixelRatioF()));
}

} // namespace espalier
