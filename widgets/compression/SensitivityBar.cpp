// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/SensitivityBar.h"

#include "widgets/style/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace espalier {

SensitivityBar::SensitivityBar(QWidget* parent) : QWidget(parent), m_text(new QLabel), m_progress(new QProgressBar), m_button(new QPushButton)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    row->addWidget(m_text, 1);
    m_progress->setMaximumWidth(20 * gridStep);
    row->addWidget(m_progress);
    m_button->setObjectName(QStringLiteral("measureLayers"));
    row->addWidget(m_button);
    connect(m_button, &QPushButton::clicked, this, [this] { isMeasuring() ? Q_EMIT cancelRequested() : Q_EMIT measureRequested(); });
    connect(themeNotifier(), &ThemeNotifier::changed, this, &SensitivityBar::retranslate);
    setState(State::Unknown);
}

void SensitivityBar::setMeasured(qint64 examples)
{
    m_examples = examples;
    setState(examples > 0 ? State::Measured : State::Unknown);
}

void SensitivityBar::setProgress(qint64 done, qint64 total)
{
    m_progress->setRange(0, static_cast<int>(total));
    m_progress->setValue(static_cast<int>(done));
    if (!isMeasuring())
        setState(State::Measuring);
}

void SensitivityBar::setError(const QString& text)
{
    m_error = text;
    setState(State::Failed);
}

QString SensitivityBar::text() const
{
    return m_text->text();
}

void SensitivityBar::setState(State state)
{
    m_state = state;
    m_progress->setVisible(state == State::Measuring);
    m_button->setVisible(state != State::Measured);
    retranslate();
}

void SensitivityBar::retranslate()
{
    QPalette palette = m_text->palette();
    palette.setColor(QPalette::WindowText, m_state == State::Failed ? themeColors().danger : themeColors().mutedText);
    m_text->setPalette(palette);
    m_progress->setAccessibleName(tr("Progress of measuring each layer"));
    switch (m_state) {
    case State::Unknown: m_text->setText(tr("What each layer costs when it is pruned alone was not measured with this score and pattern.")); break;
    case State::Measuring: m_text->setText(tr("Pruning each layer alone…")); break;
    case State::Measured: m_text->setText(tr("Points: accuracy lost when a layer is pruned alone, on %1 validation sentences.").arg(formatCount(m_examples))); break;
    case State::Failed: m_text->setText(m_error); break;
    }
    m_button->setText(m_state == State::Measuring ? tr("Cancel") : m_state == State::Failed ? tr("Try again") : tr("&Measure each layer"));
}

void SensitivityBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace espalier
