// SPDX-License-Identifier: GPL-3.0-or-later
// DeviceStore: the user's device list, kept in devices.json in the configuration folder. Every change is written to disk
// before it counts. The built-in device "this-computer" is always first and cannot be removed.
#pragma once

#include "engine/deployment/Device.h"

#include <filesystem>
#include <string_view>
#include <vector>

namespace espalier {

class DeviceStore {
public:
    /// Reads @p folder/devices.json; an absent file is an empty list. InvalidFormat names the field that is wrong.
    static Result<DeviceStore> load(const std::filesystem::path& folder);
    /// The same from configFolder().
    static Result<DeviceStore> load();

    [[nodiscard]] const std::vector<Device>& devices() const { return m_devices; }
    /// The device with that name, or NotFound listing the known ones.
    [[nodiscard]] Result<Device> get(std::string_view name) const;

    /// InvalidArgument when the name is taken or a field cannot be used.
    Result<void> add(const Device& device);
    /// Replaces the device called @p name, which may get a new name. "this-computer" keeps its name and kind.
    Result<void> update(std::string_view name, const Device& device);
    Result<void> remove(std::string_view name);

    [[nodiscard]] std::filesystem::path path() const { return m_folder / "devices.json"; }

private:
    explicit DeviceStore(std::filesystem::path folder) : m_folder(std::move(folder)) {}
    Result<void> read(const Json& json);
    Result<void> replaceAll(std::vector<Device> devices);

    std::filesystem::path m_folder;
    std::vector<Device> m_devices;
    Json m_unknown = Json::object();
};

} // namespace espalier
