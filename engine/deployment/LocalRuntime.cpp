// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/LocalRuntime.h"

#include "engine/core/Fingerprint.h"
#include "engine/deployment/DeviceProbe.h"
#include "engine/deployment/RuntimeLocator.h"

#include <map>
#include <mutex>
#include <sys/utsname.h>

namespace espalier {
namespace {

/// SHA-256 of a file that seldom changes; empty where it cannot be read.
std::string hashOf(const std::filesystem::path& path)
{
    struct Known {
        std::filesystem::file_time_type since;
        std::string hash;
    };
    static std::mutex mutex;
    static std::map<std::filesystem::path, Known> known;
    std::error_code ignored;
    const auto changed = std::filesystem::last_write_time(path, ignored);
    const std::lock_guard lock(mutex);
    Known& entry = known[path];
    if (entry.hash.empty() || entry.since != changed) {
        const auto hash = sha256OfFile(path);
        entry = {changed, hash ? *hash : std::string()};
    }
    return entry.hash;
}

std::int64_t shortened(const std::string& hash)
{
    return hash.empty() ? 0 : std::stoll(hash.substr(0, 12), nullptr, 16);
}

} // namespace

Result<std::filesystem::path> localRuntime()
{
    utsname machine{};
    uname(&machine);
    const std::string architecture = executableArchitecture(machine.machine);
    if (architecture.empty())
        return Error{ErrorCode::NotFound, "There is no edge runtime for this computer's processor (" + std::string(machine.machine) + ").", "Measure on a device.", {}};
    return RuntimeLocator().find(architecture);
}

std::int64_t localRuntimeIdentity()
{
    const auto path = localRuntime();
    return path ? shortened(hashOf(*path)) : 0;
}

std::int64_t measuringIdentity(const Device& device)
{
    if (isThisComputer(device))
        return localRuntimeIdentity();
    Fingerprint print;
    print.add("kind", device.kind).add("host", device.host).add("port", std::to_string(device.port)).add("user", device.user);
    for (const std::string_view architecture : executableArchitectures)
        if (const auto path = RuntimeLocator().find(std::string(architecture)))
            print.add(architecture, hashOf(*path));
    return shortened(print.hex());
}

} // namespace espalier
