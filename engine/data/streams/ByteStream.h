// SPDX-License-Identifier: GPL-3.0-or-later
// ByteStream: the bytes of a file from its beginning to its end, decompressed where it is compressed.
#pragma once

#include "engine/core/Result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

namespace espalier {

class ByteStream {
public:
    virtual ~ByteStream() = default;
    /// Up to @p capacity bytes into @p out; 0 at the end. Errors: Io; InvalidFormat where compressed data is damaged or breaks off, which
    /// names the byte of the file; after an error there is nothing more.
    virtual Result<std::size_t> read(char* out, std::size_t capacity) = 0;
    /// Bytes of the file that were taken so far, for progress.
    [[nodiscard]] virtual std::uint64_t position() const = 0;
};

/// "gzip" or "zstd" where @p beginning has that magic number, else "none".
std::string_view compressionOf(std::string_view beginning);

/// @p compression: "auto", "none", "gzip", "zstd". Errors: NotFound, Io; InvalidArgument for an unknown compression.
Result<std::unique_ptr<ByteStream>> openByteStream(const std::filesystem::path& file, std::string_view compression);

/// The compressions that a file can have.
std::unique_ptr<ByteStream> gzipStream(std::unique_ptr<ByteStream> compressed, const std::filesystem::path& file);
std::unique_ptr<ByteStream> zstdStream(std::unique_ptr<ByteStream> compressed, const std::filesystem::path& file);

/// The error of a compressed file that cannot be read beyond byte @p position.
Error damagedFile(const std::filesystem::path& file, std::string_view compression, std::uint64_t position, const std::string& why);

} // namespace espalier
