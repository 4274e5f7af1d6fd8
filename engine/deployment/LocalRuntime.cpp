// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/LocalRuntime.h"

#include "engine/core/Fingerprint.h"
#include "engine/deployment/DeviceProbe.h"
#include "engine/deployment/RuntimeLocator.h"

#include <mutex>
#include <sys/utsname.h>

namespace espalier {

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
    static std::mutex mutex;
    static std::filesystem::path known;
    static std::filesystem::file_time_type since;
    static std::int64_t identity = 0;
    const std::lock_guard lock(mutex);
    const auto path = localRuntime();
    if (!path)
        return 0;
    std::error_code ignored;
    const auto changed = std::filesystem::last_write_time(*path, ignored);
    if (*path == known && changed == since)
        return identity;
    const auto hash = sha256OfFile(*path);
    known = *path;
    since = changed;
    return identity = hash ? std::stoll(hash->substr(0, 12), nullptr, 16) : 0;
}

} // namespace espalier
