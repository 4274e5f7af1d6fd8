// SPDX-License-Identifier: GPL-3.0-or-later
// ByteSource: bytes for the standard input of a command, delivered as they are wanted, so that a large file is never in
// memory as a whole.
#pragma once

#include "engine/core/Result.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <span>
#include <string>

namespace espalier {

class ByteSource {
public:
    virtual ~ByteSource() = default;
    /// Fills the front of @p buffer and returns how many bytes; 0 at the end.
    virtual Result<std::size_t> read(std::span<char> buffer) = 0;
};

class TextSource : public ByteSource {
public:
    explicit TextSource(std::string text) : m_text(std::move(text)) {}
    Result<std::size_t> read(std::span<char> buffer) override;

private:
    std::string m_text;
    std::size_t m_position = 0;
};

/// A local file from @p offset on. Fails when the file is not @p size bytes long by its end.
class FileSource : public ByteSource {
public:
    using OnRead = std::function<void(std::uint64_t position)>;
    static Result<FileSource> open(const std::filesystem::path& path, std::uint64_t offset, std::uint64_t size, OnRead onRead);
    Result<std::size_t> read(std::span<char> buffer) override;

private:
    FileSource() = default;

    std::filesystem::path m_path;
    std::ifstream m_stream;
    std::uint64_t m_position = 0;
    std::uint64_t m_size = 0;
    OnRead m_onRead;
};

} // namespace espalier
