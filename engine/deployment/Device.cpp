// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/Device.h"

#include <algorithm>

namespace espalier {
namespace {

bool hasControlCharacters(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

Error fieldError(const Device& device, std::string_view field, const std::string& problem, std::string remedy)
{
    return {ErrorCode::InvalidArgument, "Device '" + device.name + "', field '" + std::string(field) + "': " + problem, std::move(remedy), {}};
}

Result<void> validateTexts(const Device& device)
{
    const std::pair<std::string_view, const std::string*> texts[] = {
        {"name", &device.name}, {"host", &device.host}, {"user", &device.user}, {"key_file", &device.keyFile}, {"root", &device.root}};
    for (const auto& [field, text] : texts)
        if (hasControlCharacters(*text))
            return fieldError(device, field, "it has a line break or another control character.", "Remove it.");
    return {};
}

Result<void> validateSsh(const Device& device)
{
    if (device.host.empty())
        return fieldError(device, "host", "it is empty.", "Give the host name, the address or an alias of your ssh configuration.");
    // ssh would take it for an option.
    if (device.host.front() == '-' || device.host.find(' ') != std::string::npos)
        return fieldError(device, "host", "'" + device.host + "' is not a host name.", "Give a name or an address without spaces.");
    if (!device.user.empty() && device.user.front() == '-')
        return fieldError(device, "user", "'" + device.user + "' is not a user name.", "Give the name of the account on the device.");
    if (device.port < 0 || device.port > 65535)
        return fieldError(device, "port", std::to_string(device.port) + " is not a port.", "Give a number from 1 to 65535, or 0 for the usual one.");
    return {};
}

} // namespace

Device thisComputer()
{
    Device device;
    device.name = thisComputerName;
    device.kind = "local";
    return device;
}

std::string deviceRoot(const Device& device)
{
    if (!device.root.empty())
        return device.root;
    return device.kind == "local" ? ".local/share/espalier/device" : ".espalier";
}

Result<void> validateDevice(const Device& device)
{
    if (device.name.empty())
        return fieldError(device, "name", "it is empty.", "Give the device a name.");
    ESPALIER_CHECK(validateTexts(device));
    if (device.kind == "ssh")
        ESPALIER_CHECK(validateSsh(device));
    if (device.root == "/" || device.root.starts_with('~'))
        return fieldError(device, "root", "'" + device.root + "' cannot be used.", "Give a folder's path; a relative one begins at the home folder.");
    return {};
}

Json toJson(const Device& device)
{
    Json json = device.unknown;
    json["name"] = device.name;
    json["kind"] = device.kind;
    if (device.kind == "ssh") {
        json["host"] = device.host;
        json["port"] = device.port;
        json["user"] = device.user;
        json["key_file"] = device.keyFile;
    }
    json["root"] = device.root;
    return json;
}

Result<Device> deviceFromJson(const Json& json, const std::string& path)
{
    Device device;
    ESPALIER_TRY(const Fields fields, Fields::of(json, path));
    ESPALIER_TRY(device.name, fields.text("name"));
    ESPALIER_TRY(device.kind, fields.text("kind"));
    ESPALIER_TRY(device.host, fields.textOr("host", ""));
    ESPALIER_TRY(const std::int64_t port, fields.integerOr("port", 0));
    if (port < 0 || port > 65535)
        return Error{ErrorCode::InvalidFormat, path + ".port: " + std::to_string(port) + " is not a port.", "Use 0 to 65535.", {}};
    device.port = static_cast<int>(port);
    ESPALIER_TRY(device.user, fields.textOr("user", ""));
    ESPALIER_TRY(device.keyFile, fields.textOr("key_file", ""));
    ESPALIER_TRY(device.root, fields.textOr("root", ""));
    device.unknown = fields.unknown({"name", "kind", "host", "port", "user", "key_file", "root"});
    return device;
}

} // namespace espalier
