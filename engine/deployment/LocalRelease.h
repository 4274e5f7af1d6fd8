// SPDX-License-Identifier: GPL-3.0-or-later
// LocalRelease: the two files of a release on this machine, checked and hashed before anything travels.
#pragma once

#include "engine/core/Result.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace espalier {

struct LocalRelease {
    std::filesystem::path runtime;
    std::filesystem::path package;
    std::string runtimeSha256;
    std::string packageSha256;
    std::uint64_t runtimeBytes = 0;
    std::uint64_t packageBytes = 0;
    std::string hash; ///< releaseHash() of the two

    [[nodiscard]] std::uint64_t bytes() const { return runtimeBytes + packageBytes; }
};

/// InvalidFormat when @p package is no package of a version this program knows; NotFound from RuntimeLocator.
Result<LocalRelease> makeLocalRelease(const std::filesystem::path& package, const std::filesystem::path& runtimeFolder,
                                      const std::string& architecture);

} // namespace espalier
