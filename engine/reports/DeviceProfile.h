// SPDX-License-Identifier: GPL-3.0-or-later
// What a device is, found out by the probe: one named check a fact, each with what was seen and what is missing.
#pragma once

#include "engine/core/Json.h"

#include <cstdint>
#include <string>
#include <vector>

namespace espalier {

struct DeviceCheck {
    std::string id; ///< "connection", "architecture", "cpu_features", "memory", "disk", "shell_tools", "writable"
    bool passed = false;
    std::string seen;   ///< English: what the device answered
    std::string remedy; ///< English: what to do when it did not pass
};

struct DeviceProfile {
    std::string architecture; ///< of the executable it takes: "x86_64", "aarch64", "armhf", "riscv64"; empty when none fits
    std::string machine;      ///< uname -m, as answered
    std::string system;       ///< "Linux 6.1.0"
    std::vector<std::string> cpuFeatures; ///< those kernels care about: "avx2", "avx512_vnni", "asimddp"
    int cpus = 0;
    std::int64_t memoryBytes = 0;
    std::int64_t availableMemoryBytes = 0;
    std::int64_t freeDiskBytes = 0; ///< where releases go
    std::vector<DeviceCheck> checks;

    [[nodiscard]] bool usable() const; ///< every check passed
};

Json toJson(const DeviceProfile& profile);
Result<DeviceProfile> deviceProfileFromJson(const Json& json);

} // namespace espalier
