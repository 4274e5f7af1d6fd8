// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/streams/ByteStream.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace espalier {
namespace {

class FileStream final : public ByteStream {
public:
    FileStream(int descriptor, std::filesystem::path file) : m_descriptor(descriptor), m_file(std::move(file)) {}
    FileStream(const FileStream&) = delete;
    FileStream& operator=(const FileStream&) = delete;
    ~FileStream() override { ::close(m_descriptor); }

    Result<std::size_t> read(char* out, std::size_t capacity) override
    {
        for (;;) {
            const ssize_t taken = ::read(m_descriptor, out, capacity);
            if (taken < 0 && errno == EINTR)
                continue;
            if (taken < 0)
                return ioError("read", m_file.string(), errno);
            m_position += static_cast<std::uint64_t>(taken);
            return static_cast<std::size_t>(taken);
        }
    }
    [[nodiscard]] std::uint64_t position() const override { return m_position; }

private:
    int m_descriptor;
    std::filesystem::path m_file;
    std::uint64_t m_position = 0;
};

Result<std::unique_ptr<ByteStream>> openFile(const std::filesystem::path& file)
{
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored) && !std::filesystem::is_regular_file(file, ignored))
        return Error{ErrorCode::InvalidArgument, "'" + file.string() + "' is not a file.", "Choose a data file, or a folder with a folder for each class.", {}};
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return ioError("read", file.string(), errno);
    return std::unique_ptr<ByteStream>(std::make_unique<FileStream>(descriptor, file));
}

Result<std::string_view> detected(const std::filesystem::path& file)
{
    ESPALIER_TRY(const auto stream, openFile(file));
    std::array<char, 4> beginning{};
    ESPALIER_TRY(const std::size_t count, stream->read(beginning.data(), beginning.size()));
    return compressionOf({beginning.data(), count});
}

} // namespace

std::string_view compressionOf(std::string_view beginning)
{
    return beginning.starts_with("\x1f\x8b") ? "gzip" : beginning.starts_with("\x28\xb5\x2f\xfd") ? "zstd" : "none";
}

Result<std::unique_ptr<ByteStream>> openByteStream(const std::filesystem::path& file, std::string_view compression)
{
    if (compression == "auto") {
        ESPALIER_TRY(compression, detected(file));
    }
    ESPALIER_TRY(auto stream, openFile(file));
    if (compression == "none")
        return stream;
    if (compression == "gzip")
        return gzipStream(std::move(stream), file);
    if (compression == "zstd")
        return zstdStream(std::move(stream), file);
    return Error{ErrorCode::InvalidArgument, "'compression' is '" + std::string(compression) + "'.", "Choose one of: auto, none, gzip, zstd.", {}};
}

Error damagedFile(const std::filesystem::path& file, std::string_view compression, std::uint64_t position, const std::string& why)
{
    return {ErrorCode::InvalidFormat, "'" + file.string() + "' cannot be read beyond byte " + std::to_string(position) + ": its " + std::string(compression) + " data " + why + ".",
            "Copy or download the file again, or repack it.", {}};
}

} // namespace espalier
