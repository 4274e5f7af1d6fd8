// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/DeviceStore.h"

#include "engine/core/SafeFile.h"
#include "engine/deployment/ConfigFolder.h"

#include <algorithm>

namespace espalier {
namespace {

constexpr std::int64_t storeVersion = 1;

auto findDevice(const std::vector<Device>& devices, std::string_view name)
{
    return std::find_if(devices.begin(), devices.end(), [&](const Device& device) { return device.name == name; });
}

Error nameTaken(std::string_view name)
{
    return {ErrorCode::InvalidArgument, "There is a device called '" + std::string(name) + "' already.", "Choose another name.", {}};
}

} // namespace

Result<DeviceStore> DeviceStore::load()
{
    return load(configFolder());
}

Result<DeviceStore> DeviceStore::load(const std::filesystem::path& folder)
{
    DeviceStore store(folder);
    std::error_code ignored;
    if (std::filesystem::exists(store.path(), ignored)) {
        ESPALIER_TRY(const Json json, readJsonFile(store.path()));
        ESPALIER_CHECK(store.read(json));
    }
    if (findDevice(store.m_devices, thisComputerName) == store.m_devices.end())
        store.m_devices.insert(store.m_devices.begin(), thisComputer());
    return store;
}

Result<void> DeviceStore::read(const Json& json)
{
    const std::string source = path().string();
    ESPALIER_TRY(const Fields fields, Fields::of(json, source));
    ESPALIER_TRY(const std::int64_t version, fields.integer("version"));
    if (version != storeVersion)
        return Error{ErrorCode::Unsupported, source + ": version " + std::to_string(version) + " is newer than this program knows.",
                     "Update Espalier; the file was left as it is.", {}};
    ESPALIER_TRY(const auto entries, fields.array("devices"));
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const std::string where = source + ": devices[" + std::to_string(i) + "]";
        ESPALIER_TRY(Device device, deviceFromJson(*entries[i], where));
        if (auto valid = validateDevice(device); !valid)
            return valid.error().within("reading " + where);
        if (findDevice(m_devices, device.name) != m_devices.end())
            return Error{ErrorCode::InvalidFormat, where + ".name: '" + device.name + "' is used twice.", "Rename one of the two devices.", {}};
        m_devices.push_back(std::move(device));
    }
    m_unknown = fields.unknown({"version", "devices"});
    return {};
}

Result<Device> DeviceStore::get(std::string_view name) const
{
    if (const auto found = findDevice(m_devices, name); found != m_devices.end())
        return *found;
    std::string known;
    for (const Device& device : m_devices)
        known += (known.empty() ? "" : ", ") + device.name;
    return Error{ErrorCode::NotFound, "There is no device '" + std::string(name) + "'.", "Known devices: " + known + ".", {}};
}

Result<void> DeviceStore::add(const Device& device)
{
    ESPALIER_CHECK(validateDevice(device));
    if (findDevice(m_devices, device.name) != m_devices.end())
        return nameTaken(device.name);
    std::vector<Device> devices = m_devices;
    devices.push_back(device);
    return replaceAll(std::move(devices));
}

Result<void> DeviceStore::update(std::string_view name, const Device& device)
{
    ESPALIER_TRY(const Device old, get(name));
    ESPALIER_CHECK(validateDevice(device));
    if (old.name == thisComputerName && (device.name != old.name || device.kind != old.kind))
        return Error{ErrorCode::InvalidArgument, "The name and the kind of 'this-computer' cannot be changed.", "Add another device instead.", {}};
    if (device.name != name && findDevice(m_devices, device.name) != m_devices.end())
        return nameTaken(device.name);
    std::vector<Device> devices = m_devices;
    std::replace_if(devices.begin(), devices.end(), [&](const Device& each) { return each.name == name; }, device);
    return replaceAll(std::move(devices));
}

Result<void> DeviceStore::remove(std::string_view name)
{
    if (name == thisComputerName)
        return Error{ErrorCode::InvalidArgument, "'this-computer' cannot be removed.", "It is always on the list.", {}};
    ESPALIER_CHECK(get(name));
    std::vector<Device> devices = m_devices;
    std::erase_if(devices, [&](const Device& device) { return device.name == name; });
    return replaceAll(std::move(devices));
}

Result<void> DeviceStore::replaceAll(std::vector<Device> devices)
{
    std::error_code failure;
    std::filesystem::create_directories(m_folder, failure);
    if (failure)
        return ioError("create the folder", m_folder.string(), failure.value());
    Json json = m_unknown;
    json["version"] = storeVersion;
    json["devices"] = Json::array();
    for (const Device& device : devices)
        json["devices"].push_back(toJson(device));
    ESPALIER_CHECK(writeFileSafely(path(), dumpJsonPretty(json)));
    m_devices = std::move(devices);
    return {};
}

} // namespace espalier
