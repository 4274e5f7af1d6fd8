// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/MeasuringDevice.h"

#include "app/ProjectDocument.h"
#include "app/Settings.h"
#include "engine/deployment/DeviceStore.h"
#include "engine/deployment/LocalRuntime.h"
#include "widgets/compression/CompressionPanel.h"

namespace espalier {

MeasuringDevice::MeasuringDevice(const Parts& parts, QObject* parent) : QObject(parent), m_parts(parts)
{
    connect(m_parts.panel, &CompressionPanel::deviceChosen, this, &MeasuringDevice::choose);
}

void MeasuringDevice::setDevices(const QStringList& names)
{
    m_others.clear();
    for (const QString& name : names)
        if (name.toStdString() != thisComputerName)
            m_others << name;
    showChoice();
    const std::int64_t before = measuringIdentity(m_device);
    read(QString::fromStdString(m_device.name));
    if (measuringIdentity(m_device) != before) // it has another host now, say
        m_parts.panel->measureAnew();
}

void MeasuringDevice::showChoice()
{
    m_parts.panel->setDevices(m_others, m_parts.document->settings()->measuringDevice(m_parts.document->folder()));
}

void MeasuringDevice::choose(const QString& name)
{
    read(name);
    m_parts.document->settings()->setMeasuringDevice(m_parts.document->folder(), name);
    Q_EMIT changed(name);
}

/// One that cannot be read is this computer.
void MeasuringDevice::read(const QString& name)
{
    const auto devices = name.isEmpty() ? Result<DeviceStore>(Error{}) : DeviceStore::load();
    const auto device = devices ? devices->get(name.toStdString()) : Result<Device>(Error{});
    m_device = device ? *device : thisComputer();
}

void MeasuringDevice::addTo(Json& request) const
{
    if (isThisComputer())
        return;
    request["device"] = m_device.name;
    if (Json secrets = m_parts.secrets(); !secrets.empty())
        request["secrets"] = std::move(secrets);
}

void MeasuringDevice::forgetCostOfOthers(SparsityPoint& point) const
{
    espalier::forgetCostOfOthers(point, measuringIdentity(m_device));
}

} // namespace espalier
