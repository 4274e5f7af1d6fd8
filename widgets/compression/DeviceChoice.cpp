// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/DeviceChoice.h"

#include "widgets/style/Theme.h"
#include "widgets/style/ToolTips.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>

#include <algorithm>

namespace espalier {

DeviceChoice::DeviceChoice(QWidget* parent) : QWidget(parent), m_label(new QLabel), m_box(new QComboBox)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(gridStep);
    row->addWidget(m_label);
    row->addWidget(m_box);
    m_label->setBuddy(m_box);
    m_box->setObjectName(QStringLiteral("measuringDevice"));
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_box->addItem({});
    connect(m_box, &QComboBox::activated, this, [this] { Q_EMIT chosen(device()); });
    retranslate();
    hide();
}

void DeviceChoice::setDevices(const QStringList& others, const QString& chosen)
{
    const QSignalBlocker quiet(m_box);
    while (m_box->count() > 1)
        m_box->removeItem(1);
    for (const QString& name : others)
        m_box->addItem(name, name);
    m_box->setCurrentIndex(std::max(0, m_box->findData(chosen)));
    setVisible(!others.isEmpty());
}

QString DeviceChoice::device() const
{
    return m_box->currentData().toString();
}

QString DeviceChoice::placeOf(const QString& device)
{
    return device.isEmpty() ? tr("this computer") : device;
}

void DeviceChoice::retranslate()
{
    m_label->setText(tr("Measure &on"));
    m_box->setItemText(0, tr("This computer"));
    m_box->setAccessibleName(tr("Device that measures time and memory"));
    m_box->setToolTip(wrappedTip(tr("Time and memory of every package are measured there, through SSH, in the edge runtime with one thread")));
}

void DeviceChoice::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace espalier
