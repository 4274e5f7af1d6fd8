// SPDX-License-Identifier: Apache-2.0
// SafeFile: replaces a file wholly or not at all. It writes a temporary file in the same folder, checks every
// write, flushes it to disk, renames it over the target and flushes the folder. Until commit() succeeds the
// old file is untouched, also on a full disk or after a crash; without commit() the temporary file is removed.
#pragma once

#include "engine/core/Result.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace espalier {

class SafeFile {
public:
    /// Begins to replace @p target, whose folder must exist.
    static Result<SafeFile> create(const std::filesystem::path& target);

    SafeFile(SafeFile&& other) noexcept;
    SafeFile& operator=(SafeFile&& other) noexcept;
    SafeFile(const SafeFile&) = delete;
    SafeFile& operator=(const SafeFile&) = delete;
    ~SafeFile();

    Result<void> write(std::string_view bytes);
    /// Makes what was written the target. Nothing may be written afterwards.
    Result<void> commit();

private:
    SafeFile(std::filesystem::path target, std::string temporary, int descriptor);
    void discard() noexcept;

    std::filesystem::path m_target;
    std::string m_temporary;
    int m_descriptor = -1;
};

/// Replaces @p target by @p bytes in one step.
Result<void> writeFileSafely(const std::filesystem::path& target, std::string_view bytes);

/// 4 GiB, or what a 32-bit machine can address.
inline constexpr auto defaultMaxFileBytes = static_cast<std::size_t>(std::min<std::uint64_t>(std::uint64_t{1} << 32, SIZE_MAX));

/// The whole file, or an error when it is absent, unreadable, not a regular file or larger than @p maxBytes.
Result<std::string> readFile(const std::filesystem::path& path, std::size_t maxBytes = defaultMaxFileBytes);

} // namespace espalier
