// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/MessageBar.h"

#include "widgets/style/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace espalier {
namespace {

QColor kindColor(Message::Kind kind)
{
    switch (kind) {
    case Message::Kind::Info: return themeColors().accent;
    case Message::Kind::Warning: return themeColors().warning;
    case Message::Kind::Error: return themeColors().danger;
    }
    return themeColors().accent;
}

/// A tinted strip with a mark in the colour of its kind; drawn, so that it follows the theme.
class Strip : public QWidget {
public:
    explicit Strip(Message::Kind kind) : m_kind(kind) {}

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const QColor color = kindColor(m_kind);
        painter.fillRect(rect(), blended(color, themeColors().window, 0.12));
        painter.fillRect(0, 0, 4, height(), color);
        paintIcon(&painter, m_kind == Message::Kind::Info ? QStringLiteral("help") : m_kind == Message::Kind::Warning ? QStringLiteral("warning") : QStringLiteral("error"),
                  QRectF(16, 12, 16, 16), color);
    }

private:
    Message::Kind m_kind;
};

QLabel* wrapped(const QString& text)
{
    auto* label = new QLabel(text);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

MessageBar::MessageBar(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("messageBar"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(1);
    setVisible(false);
    connect(themeNotifier(), &ThemeNotifier::changed, this, qOverload<>(&QWidget::update));
}

QWidget* MessageBar::buildLine(const Message& message)
{
    auto* line = new Strip(message.kind);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(0);
    QLabel* headline = wrapped(message.headline);
    QFont bold = headline->font();
    bold.setBold(true);
    headline->setFont(bold);
    texts->addWidget(headline);
    if (!message.detail.isEmpty())
        texts->addWidget(wrapped(message.detail));
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(40, 8, 8, 8);
    layout->setSpacing(8);
    layout->addLayout(texts, 1);
    for (const Message::Action& action : message.actions) {
        auto* button = new QPushButton(action.text);
        button->setObjectName(action.objectName);
        // By key, not by this line: the action may put another one in its place.
        connect(button, &QPushButton::clicked, this, [this, key = message.key, act = action.act] {
            dismiss(key);
            act();
        });
        layout->addWidget(button);
    }
    auto* close = new QToolButton;
    close->setIcon(icon(QStringLiteral("close")));
    close->setAutoRaise(true);
    close->setAccessibleName(tr("Close this message"));
    connect(close, &QToolButton::clicked, this, [this, key = message.key] { dismiss(key); });
    layout->addWidget(close);
    return line;
}

void MessageBar::show(const Message& message)
{
    dismiss(message.key);
    QWidget* line = buildLine(message);
    m_lines[message.key] = line;
    m_layout->addWidget(line);
    setVisible(true);
}

void MessageBar::dismiss(const QString& key)
{
    if (QWidget* line = m_lines.take(key)) {
        m_layout->removeWidget(line);
        line->hide();
        line->deleteLater();
    }
    setVisible(!m_lines.isEmpty());
}

} // namespace espalier
