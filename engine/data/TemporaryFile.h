// SPDX-License-Identifier: GPL-3.0-or-later
// TemporaryFile: a file without a name, which the system removes when it is closed or the process ends, however it ends.
#pragma once

#include "engine/core/Result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

namespace espalier {

class TemporaryFile {
public:
    /// In @p folder, which is made where it is missing; empty: /var/tmp, or what TMPDIR names.
    static Result<std::shared_ptr<TemporaryFile>> create(const std::filesystem::path& folder);
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile();

    Result<void> append(std::string_view bytes);
    /// Throws std::runtime_error when the bytes cannot be read.
    void read(std::uint64_t begin, char* out, std::size_t count) const;

private:
    TemporaryFile(int descriptor, std::filesystem::path folder) : m_descriptor(descriptor), m_folder(std::move(folder)) {}
    int m_descriptor;
    std::filesystem::path m_folder;
};

} // namespace espalier
