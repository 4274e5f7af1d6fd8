// SPDX-License-Identifier: Apache-2.0
// MappedFile: a whole file, read-only, mapped into memory and open, as long as the object lives. The bytes are whatever the
// file holds: nothing about them is checked here.
#pragma once

#include "engine/core/Result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace espalier::edge {

class MappedFile {
public:
    /// NotFound or Io when it cannot be opened or is no regular file; Unsupported when it does not fit the address space.
    static Result<MappedFile> open(const std::string& path);

    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();

    /// Valid as long as this object; empty for an empty file.
    [[nodiscard]] std::span<const std::byte> bytes() const { return {m_data, m_size}; }
    /// Copies bytes from @p offset on out of the file. False where it has another size now, or was written to since it was opened.
    [[nodiscard]] bool read(std::size_t offset, std::span<std::byte> into) const;
    /// That @p part of them is not needed soon: it takes no memory until it is read again.
    static void release(std::span<const std::byte> part);

private:
    MappedFile(int descriptor, const std::byte* data, std::size_t size) : m_descriptor(descriptor), m_data(data), m_size(size) {}

    int m_descriptor = -1;
    std::array<std::int64_t, 3> m_version{}; ///< what writing to the file changes: its size and time
    const std::byte* m_data = nullptr;
    std::size_t m_size = 0;
};

} // namespace espalier::edge
