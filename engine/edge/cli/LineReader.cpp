// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/cli/LineReader.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace espalier::edge {

Result<LineReader> LineReader::open(const std::optional<std::string>& path)
{
    if (!path)
        return LineReader(::dup(STDIN_FILENO), "standard input");
    const int descriptor = ::open(path->c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return ioError("open", *path, errno);
    return LineReader(descriptor, *path);
}

LineReader::LineReader(LineReader&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)), m_name(std::move(other.m_name)), m_line(std::move(other.m_line)),
      m_buffer(std::move(other.m_buffer)), m_position(other.m_position), m_number(other.m_number), m_cut(other.m_cut)
{
}

LineReader::~LineReader()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<bool> LineReader::fill()
{
    constexpr std::size_t chunk = 16384;
    m_position = 0;
    m_buffer.resize(chunk);
    ssize_t count = 0;
    do
        count = ::read(m_descriptor, m_buffer.data(), chunk);
    while (count < 0 && errno == EINTR);
    m_buffer.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    if (count < 0)
        return ioError("read", m_name, errno);
    return count > 0;
}

void LineReader::append(std::string_view bytes)
{
    const std::size_t room = maxLineBytes - m_line.size();
    m_cut = m_cut || bytes.size() > room;
    m_line.append(bytes.substr(0, room));
}

Result<bool> LineReader::next(std::string_view& line)
{
    m_line.clear();
    m_cut = false;
    bool any = false;
    for (;;) {
        if (m_position == m_buffer.size()) {
            ESPALIER_TRY(const bool more, fill());
            if (!more)
                break;
        }
        any = true;
        const std::string_view rest = std::string_view(m_buffer).substr(m_position);
        const auto end = rest.find('\n');
        append(rest.substr(0, end));
        if (end != std::string_view::npos) {
            m_position += end + 1;
            break;
        }
        m_position = m_buffer.size();
    }
    if (m_line.ends_with('\r'))
        m_line.pop_back();
    line = m_line;
    m_number += any ? 1 : 0;
    return any;
}

} // namespace espalier::edge
