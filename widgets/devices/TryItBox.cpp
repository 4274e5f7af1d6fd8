// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/devices/TryItBox.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace espalier {

TryItBox::TryItBox(QWidget* parent)
    : QWidget(parent), m_title(new QLabel), m_input(new QLineEdit), m_ask(new QPushButton), m_engine(new AnswerCard), m_device(new AnswerCard)
{
    setObjectName(QStringLiteral("tryIt"));
    m_input->setObjectName(QStringLiteral("tryItInput"));
    m_ask->setObjectName(QStringLiteral("tryItButton"));
    m_engine->setObjectName(QStringLiteral("engineAnswer"));
    m_device->setObjectName(QStringLiteral("deviceAnswer"));
    m_input->setMaxLength(4096);
    m_input->setClearButtonEnabled(true);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(m_title);
    line->addWidget(m_input, 1);
    line->addWidget(m_ask);
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addLayout(line, 0, 0, 1, 2);
    layout->addWidget(m_engine, 1, 0);
    layout->addWidget(m_device, 1, 1);
    layout->setColumnStretch(0, 1);
    layout->setColumnStretch(1, 1);
    connect(m_input, &QLineEdit::returnPressed, this, &TryItBox::ask);
    connect(m_ask, &QPushButton::clicked, this, &TryItBox::ask);
    connect(m_input, &QLineEdit::textChanged, this, [this](const QString& text) { m_ask->setEnabled(!text.trimmed().isEmpty()); });
    m_ask->setEnabled(false);
    retranslate();
}

void TryItBox::ask()
{
    const QString sentence = m_input->text().simplified();
    if (sentence.isEmpty())
        return;
    m_engine->setWaiting();
    m_device->setWaiting();
    Q_EMIT asked(sentence);
}

void TryItBox::setDevice(const QString& name)
{
    if (name == m_deviceName)
        return;
    m_deviceName = name;
    m_deviceAsked = false; // an answer of another device must not stand under this one's name
    retranslate();
}

void TryItBox::showEngineAnswer(const LabelAnswer& answer)
{
    m_engineAsked = true;
    m_engine->setAnswer(answer);
}

void TryItBox::showEngineHint(const QString& hint)
{
    m_engineAsked = true;
    m_engine->setHint(hint);
}

void TryItBox::showDeviceAnswer(const LabelAnswer& answer)
{
    m_deviceAsked = true;
    m_device->setAnswer(answer);
}

void TryItBox::showDeviceHint(const QString& hint)
{
    m_deviceAsked = true;
    m_device->setHint(hint);
}

void TryItBox::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void TryItBox::retranslate()
{
    m_title->setText(tr("Try it"));
    m_input->setPlaceholderText(tr("Type a sentence and press Enter"));
    m_input->setAccessibleName(tr("Sentence to classify"));
    m_ask->setText(tr("Ask"));
    m_engine->setTitle(tr("The engine, here"), tr("Time in the engine"));
    m_device->setTitle(m_deviceName.isEmpty() ? tr("The device") : m_deviceName, tr("Time with the way to the device and back, and the start of the runtime there"));
    if (!m_engineAsked)
        m_engine->setHint(tr("The trained model's answer appears here."));
    if (!m_deviceAsked)
        m_device->setHint(tr("The deployed model's answer appears here."));
}

} // namespace espalier
