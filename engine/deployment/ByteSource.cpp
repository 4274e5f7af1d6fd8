// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/ByteSource.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace espalier {

Result<std::size_t> TextSource::read(std::span<char> buffer)
{
    const std::size_t count = std::min(buffer.size(), m_text.size() - m_position);
    std::memcpy(buffer.data(), m_text.data() + m_position, count);
    m_position += count;
    return count;
}

Result<FileSource> FileSource::open(const std::filesystem::path& path, std::uint64_t offset, std::uint64_t size, OnRead onRead)
{
    FileSource source;
    source.m_stream.open(path, std::ios::binary);
    if (!source.m_stream || !source.m_stream.seekg(static_cast<std::streamoff>(offset)))
        return ioError("open", path.string(), errno);
    source.m_path = path;
    source.m_position = offset;
    source.m_size = size;
    source.m_onRead = std::move(onRead);
    return source;
}

Result<std::size_t> FileSource::read(std::span<char> buffer)
{
    const std::uint64_t wanted = std::min<std::uint64_t>(buffer.size(), m_size - m_position);
    if (wanted == 0)
        return std::size_t{0};
    m_stream.read(buffer.data(), static_cast<std::streamsize>(wanted));
    const auto count = static_cast<std::size_t>(m_stream.gcount());
    if (count < wanted)
        return Error{ErrorCode::Io, m_path.string() + " became shorter while it was sent.", "Leave the file alone until the push is done.", {}};
    m_position += count;
    if (m_onRead)
        m_onRead(m_position);
    return count;
}

} // namespace espalier
