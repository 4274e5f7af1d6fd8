// SPDX-License-Identifier: GPL-3.0-or-later
// Finds out what a device is, in small named checks, with one POSIX shell script that dash and BusyBox can run. It creates
// the device's root folder, since whether that works is one of the facts, and changes nothing else.
#pragma once

#include "engine/deployment/Device.h"
#include "engine/deployment/Transport.h"
#include "engine/reports/DeviceProfile.h"

#include <array>
#include <string_view>

namespace espalier {

/// Errors only when the script could not be run; a check that does not pass is in the profile, with its remedy.
Result<DeviceProfile> probeDevice(Transport& transport, const Device& device, const RunContext& context);

/// The architecture of the executable for `uname -m`: "x86_64", "aarch64", "armhf", "riscv64"; empty when there is none. The executables
/// are static, so only the kernel counts: a 64-bit kernel under a 32-bit system takes the 64-bit one.
std::string executableArchitecture(const std::string& machine);
/// All that it gives but empty.
inline constexpr std::array<std::string_view, 4> executableArchitectures{"x86_64", "aarch64", "armhf", "riscv64"};

/// The first check that did not pass, as an error with its remedy; nothing when the device is usable.
Result<void> requireUsable(const DeviceProfile& profile);

} // namespace espalier
