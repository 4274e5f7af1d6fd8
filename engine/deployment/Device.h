// SPDX-License-Identifier: GPL-3.0-or-later
// Device: one machine that takes releases, as the user described it on the device list. It says how to reach the machine
// and which folder on it is ours; it never holds a password or a passphrase.
#pragma once

#include "engine/core/Json.h"

#include <string>
#include <string_view>

namespace espalier {

/// The name of the device that is always there: the machine Espalier runs on.
inline constexpr std::string_view thisComputerName = "this-computer";

struct Device {
    std::string name; ///< unique on the list; what users and receipts call it
    std::string kind = "ssh"; ///< id in the transport catalogue: "local" or "ssh"
    std::string host; ///< ssh: a host name, an address, or an alias of the user's ssh configuration
    int port = 0;     ///< ssh: 0 means what the ssh configuration says, else 22
    std::string user; ///< ssh: empty means what the ssh configuration says, else the local user's name
    std::string keyFile; ///< ssh: a private key; empty means the agent and the usual keys
    std::string root; ///< folder on the device; relative to the home folder there. Empty means the kind's default
    Json unknown = Json::object(); ///< fields of the file that this version does not know, kept

    bool operator==(const Device&) const = default;
};

/// The built-in device.
Device thisComputer();
/// Whether it is the machine Espalier runs on, under whatever name.
inline bool isThisComputer(const Device& device) { return device.kind == "local"; }
/// @c root, or the default of its kind: ".espalier" for ssh, ".local/share/espalier/device" for local.
std::string deviceRoot(const Device& device);
/// InvalidArgument naming the field when the device could not be used (no name, no host, a port above 65535...).
Result<void> validateDevice(const Device& device);

Json toJson(const Device& device);
/// @p path names the value in errors ("devices.json: devices[2]"). Does not validate.
Result<Device> deviceFromJson(const Json& json, const std::string& path);

} // namespace espalier
