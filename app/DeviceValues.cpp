// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/DeviceValues.h"

#include <QCoreApplication>

namespace espalier {

DeviceItem toItem(const Device& device)
{
    return {QString::fromStdString(device.name), device.name == thisComputerName, QString::fromStdString(device.host), device.port,
            QString::fromStdString(device.user), QString::fromStdString(device.keyFile), QString::fromStdString(device.root)};
}

Device toDevice(const DeviceItem& item, Device base)
{
    base.name = item.name.toStdString();
    base.host = item.host.toStdString();
    base.port = item.port;
    base.user = item.user.toStdString();
    base.keyFile = item.keyFile.toStdString();
    base.root = item.folder.toStdString();
    return base;
}

QList<ReleaseItem> toItems(const std::vector<ReleaseInfo>& releases)
{
    QList<ReleaseItem> items;
    for (const ReleaseInfo& release : releases)
        items << ReleaseItem{QString::fromStdString(release.hash), release.current, release.previous, release.packageBytes,
                             QString::fromStdString(release.runtimeVersion), QString::fromStdString(release.storedAt), QString::fromStdString(release.failure)};
    return items;
}

LabelAnswer toLabelAnswer(const TimedAnswer& timed)
{
    const QString answer = timed.answer.inScope ? QString::fromStdString(timed.answer.label) : QCoreApplication::translate("devices", "Out of scope");
    LabelAnswer shown{answer, {}, timed.milliseconds};
    for (const auto& [label, probability] : timed.answer.scores)
        shown.probabilities << LabelProbability{QString::fromStdString(label), probability};
    return shown;
}

} // namespace espalier
