// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/StatusLine.h"

#include "widgets/style/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>


namespace espalier {

StatusLine::StatusLine(QWidget* parent)
    : QWidget(parent), m_text(new QLabel), m_bar(new QProgressBar), m_left(new QLabel), m_place(new QLabel), m_cancel(new QToolButton)
{
    setObjectName(QStringLiteral("statusLine"));
    m_text->setObjectName(QStringLiteral("statusText"));
    m_bar->setObjectName(QStringLiteral("statusProgress"));
    m_cancel->setObjectName(QStringLiteral("statusCancel"));
    m_bar->setFixedWidth(160);
    m_bar->setTextVisible(false);
    m_bar->setMaximumHeight(gridStep);
    m_left->setFont(tabularFont(font()));
    m_place->setForegroundRole(QPalette::PlaceholderText);
    m_cancel->setIcon(icon(QStringLiteral("cancel")));
    m_cancel->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_cancel->setAutoRaise(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // a long activity must not widen the window
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 0, 8, 0);
    layout->setSpacing(16);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_bar);
    layout->addWidget(m_left);
    layout->addWidget(m_place);
    layout->addWidget(m_cancel);
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        if (!m_acts.isEmpty())
            Q_EMIT cancelRequested(m_acts.last().id);
    });
    retranslate();
}

void StatusLine::begin(const QString& act, const QString& text, const QString& place)
{
    m_acts.removeIf([&](const Act& entry) { return entry.id == act; });
    m_acts << Act{act, text, place};
    show();
}

void StatusLine::update(const QString& act, const QString& text, double fraction, double secondsLeft)
{
    for (Act& entry : m_acts)
        if (entry.id == act) {
            entry.text = text;
            entry.fraction = fraction;
            entry.secondsLeft = secondsLeft;
        }
    show();
}

void StatusLine::end(const QString& act, const QString& text)
{
    m_acts.removeIf([&](const Act& entry) { return entry.id == act; });
    m_idle = text;
    show();
}

void StatusLine::setIdleText(const QString& text)
{
    m_idle = text;
    show();
}

void StatusLine::show()
{
    const bool busy = !m_acts.isEmpty();
    for (QWidget* part : std::initializer_list<QWidget*>{m_bar, m_left, m_place, m_cancel})
        part->setVisible(busy);
    if (!busy) {
        m_text->setText(m_idle);
        m_text->setToolTip(m_idle);
        return;
    }
    const Act& act = m_acts.last();
    m_text->setText(m_acts.size() > 1 ? tr("%1 (and %n more)", nullptr, static_cast<int>(m_acts.size()) - 1).arg(act.text) : act.text);
    m_text->setToolTip(act.text);
    m_bar->setRange(0, act.fraction < 0 ? 0 : 1000);
    m_bar->setValue(static_cast<int>(1000 * act.fraction));
    m_left->setText(act.secondsLeft < 0 ? QString() : tr("about %1 left").arg(formatTimeLeft(act.secondsLeft)));
    m_place->setText(act.place);
}

void StatusLine::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void StatusLine::retranslate()
{
    m_cancel->setText(tr("Cancel"));
    m_cancel->setToolTip(tr("Stop what runs"));
    m_bar->setAccessibleName(tr("Progress"));
    show();
}

} // namespace espalier
