// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reports/DeviceProfile.h"

#include <algorithm>

namespace espalier {

bool DeviceProfile::usable() const
{
    return !checks.empty() && std::all_of(checks.begin(), checks.end(), [](const DeviceCheck& check) { return check.passed; });
}

Json toJson(const DeviceProfile& profile)
{
    Json checks = Json::array();
    for (const auto& c : profile.checks)
        checks.push_back({{"id", c.id}, {"passed", c.passed}, {"seen", c.seen}, {"remedy", c.remedy}});
    return {{"architecture", profile.architecture},
            {"machine", profile.machine},
            {"system", profile.system},
            {"cpu_features", profile.cpuFeatures},
            {"cpus", profile.cpus},
            {"memory_bytes", profile.memoryBytes},
            {"available_memory_bytes", profile.availableMemoryBytes},
            {"free_disk_bytes", profile.freeDiskBytes},
            {"checks", checks}};
}

Result<DeviceProfile> deviceProfileFromJson(const Json& json)
{
    DeviceProfile profile;
    ESPALIER_TRY(const Fields fields, Fields::of(json, "device_profile"));
    ESPALIER_TRY(profile.architecture, fields.text("architecture"));
    ESPALIER_TRY(profile.machine, fields.text("machine"));
    ESPALIER_TRY(profile.system, fields.text("system"));
    ESPALIER_TRY(profile.cpuFeatures, fields.texts("cpu_features"));
    ESPALIER_TRY(const auto cpus, fields.integer("cpus"));
    profile.cpus = static_cast<int>(cpus);
    ESPALIER_TRY(profile.memoryBytes, fields.integer("memory_bytes"));
    ESPALIER_TRY(profile.availableMemoryBytes, fields.integer("available_memory_bytes"));
    ESPALIER_TRY(profile.freeDiskBytes, fields.integer("free_disk_bytes"));
    ESPALIER_TRY(const auto checks, fields.array("checks"));
    for (const Json* item : checks) {
        ESPALIER_TRY(const Fields f, Fields::of(*item, "device_profile.checks"));
        DeviceCheck check;
        ESPALIER_TRY(check.id, f.text("id"));
        ESPALIER_TRY(check.passed, f.boolean("passed"));
        ESPALIER_TRY(check.seen, f.text("seen"));
        ESPALIER_TRY(check.remedy, f.text("remedy"));
        profile.checks.push_back(std::move(check));
    }
    return profile;
}

} // namespace espalier
