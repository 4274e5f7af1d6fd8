// SPDX-License-Identifier: Apache-2.0
// ScratchFolder: a new folder among the temporary files, gone at the end with what is in it.
#pragma once

#include "engine/core/Result.h"

#include <filesystem>
#include <string>
#include <utility>

namespace espalier {

class ScratchFolder {
public:
    /// Its name begins with @p prefix. Io where it cannot be made.
    static Result<ScratchFolder> create(const std::string& prefix);
    ScratchFolder(ScratchFolder&& other) noexcept : m_path(std::exchange(other.m_path, {})) {}
    ScratchFolder& operator=(ScratchFolder&&) = delete;
    ~ScratchFolder();

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    explicit ScratchFolder(std::filesystem::path path) : m_path(std::move(path)) {}
    std::filesystem::path m_path;
};

} // namespace espalier
