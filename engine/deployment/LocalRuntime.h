// SPDX-License-Identifier: GPL-3.0-or-later
// The edge runtime that this computer runs itself: what packages are measured with here.
#pragma once

#include "engine/core/Result.h"

#include <cstdint>
#include <filesystem>

namespace espalier {

/// NotFound: there is none for this computer's processor.
Result<std::filesystem::path> localRuntime();

/// Which one it is: the first 48 bits of its file's SHA-256; 0: none. A time that another one took says nothing of this one.
std::int64_t localRuntimeIdentity();

} // namespace espalier
