// SPDX-License-Identifier: GPL-3.0-or-later
// What the devices panel shows, as plain values: who fills them in (files, connections) is the application's business.
#pragma once

#include <QMetaType>
#include <QString>

namespace espalier {

/// One machine on the device list.
struct DeviceItem {
    QString name;
    bool builtIn = false; ///< this computer: cannot be removed or edited
    QString host;
    int port = 0;    ///< 0: what the ssh configuration says
    QString user;    ///< empty: what the ssh configuration says
    QString keyFile; ///< empty: the agent and the usual keys
    QString folder;  ///< empty: the usual one

    /// "pi@kitchen.local:2222"; empty for this computer.
    [[nodiscard]] QString address() const
    {
        if (builtIn)
            return {};
        return (user.isEmpty() ? QString() : user + QLatin1Char('@')) + host + (port > 0 ? QStringLiteral(":%1").arg(port) : QString());
    }
    bool operator==(const DeviceItem&) const = default;
};

/// One release that lies on a device.
struct ReleaseItem {
    QString hash;
    bool current = false;
    bool previous = false;
    qint64 packageBytes = 0;
    QString runtimeVersion;
    QString storedAt; ///< UTC, ISO 8601
    QString failure;  ///< English; why it was rolled back
};

} // namespace espalier
