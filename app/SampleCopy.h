// SPDX-License-Identifier: GPL-3.0-or-later
// SampleCopy: a sample as the user's own project. Samples are installed read-only; the user works on a copy.
#pragma once

#include "engine/core/Result.h"

#include <filesystem>

namespace espalier {

/// Copies the data files and the project of @p sample into @p parent/<its name>, or uses the copy that is there; a folder of that
/// name with other data is left alone and the copy gets a number. Returns the project file, which may have been edited since.
Result<std::filesystem::path> copySample(const std::filesystem::path& sample, const std::filesystem::path& parent);

} // namespace espalier
