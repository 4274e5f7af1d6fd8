// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/devices/DeviceList.h"

#include "widgets/style/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace espalier {

DeviceList::DeviceList(QWidget* parent)
    : QWidget(parent), m_title(new QLabel), m_list(new QListWidget), m_add(new QPushButton), m_edit(new QPushButton), m_remove(new QPushButton)
{
    m_list->setObjectName(QStringLiteral("deviceList"));
    m_add->setObjectName(QStringLiteral("addDeviceButton"));
    m_edit->setObjectName(QStringLiteral("editDeviceButton"));
    m_remove->setObjectName(QStringLiteral("removeDeviceButton"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (QPushButton* button : {m_add, m_edit, m_remove})
        buttons->addWidget(button);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_list, 1);
    layout->addLayout(buttons);

    connect(m_list, &QListWidget::currentItemChanged, this, [this] {
        const DeviceItem* device = item(current());
        m_edit->setEnabled(device && !device->builtIn);
        m_remove->setEnabled(device && !device->builtIn);
        Q_EMIT currentChanged(current());
    });
    connect(m_list, &QListWidget::itemDoubleClicked, this, [this] {
        if (m_edit->isEnabled())
            Q_EMIT editRequested(current());
    });
    connect(m_add, &QPushButton::clicked, this, &DeviceList::addRequested);
    connect(m_edit, &QPushButton::clicked, this, [this] { Q_EMIT editRequested(current()); });
    connect(m_remove, &QPushButton::clicked, this, [this] { Q_EMIT removeRequested(current()); });
    retranslate();
}

const DeviceItem* DeviceList::item(const QString& name) const
{
    const auto it = std::find_if(m_devices.begin(), m_devices.end(), [&](const DeviceItem& device) { return device.name == name; });
    return it == m_devices.end() ? nullptr : &*it;
}

QString DeviceList::current() const
{
    return m_list->currentItem() ? m_list->currentItem()->data(Qt::UserRole).toString() : QString();
}

void DeviceList::setDevices(const QList<DeviceItem>& devices)
{
    const QString selected = current();
    m_devices = devices;
    {
        const QSignalBlocker blocker(m_list);
        m_list->clear();
        for (const DeviceItem& device : devices) {
            auto* entry = new QListWidgetItem(m_list);
            entry->setData(Qt::UserRole, device.name);
            entry->setSizeHint({0, 2 * m_list->fontMetrics().lineSpacing() + 2 * gridStep});
        }
        m_list->setCurrentRow(-1);
    }
    refresh();
    select(item(selected) ? selected : devices.isEmpty() ? QString() : devices.first().name);
}

void DeviceList::select(const QString& name)
{
    for (int row = 0; row < m_list->count(); ++row)
        if (m_list->item(row)->data(Qt::UserRole).toString() == name)
            m_list->setCurrentRow(row);
}

void DeviceList::setNote(const QString& name, const QString& note)
{
    m_notes[name] = note;
    refresh();
}

void DeviceList::refresh()
{
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem* entry = m_list->item(row);
        const DeviceItem* device = item(entry->data(Qt::UserRole).toString());
        const QString name = device->builtIn ? tr("This computer") : device->name;
        const QString note = m_notes.value(device->name);
        const QString second = note.isEmpty() ? device->address() : note;
        entry->setText(second.isEmpty() ? name : name + QLatin1Char('\n') + second);
        entry->setToolTip(device->address());
    }
}

void DeviceList::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void DeviceList::retranslate()
{
    m_title->setText(tr("Devices"));
    m_list->setAccessibleName(tr("Devices"));
    m_add->setText(tr("Add..."));
    m_add->setToolTip(tr("Add a Linux machine that is reached by SSH"));
    m_edit->setText(tr("Edit..."));
    m_remove->setText(tr("Remove"));
    m_remove->setToolTip(tr("Remove from the list; nothing is deleted on the device"));
    refresh();
}

} // namespace espalier
