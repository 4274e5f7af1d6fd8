// SPDX-License-Identifier: GPL-3.0-or-later
// The edge runtime that this computer runs itself, what packages are measured with here, and which runtime measured on another device.
#pragma once

#include "engine/deployment/Device.h"

#include <cstdint>
#include <filesystem>

namespace espalier {

/// NotFound: there is none for this computer's processor.
Result<std::filesystem::path> localRuntime();

/// Which one it is: the first 48 bits of its file's SHA-256; 0: none. A time that another one took says nothing of this one.
std::int64_t localRuntimeIdentity();

/// The same for measurements on @p device: of where it is and of the runtimes for all processors, since which one it takes is not known before it is asked.
std::int64_t measuringIdentity(const Device& device);

} // namespace espalier
