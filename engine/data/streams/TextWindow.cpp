// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/streams/TextWindow.h"

#include <cstring>

namespace espalier {

void TextWindow::fill()
{
    if (!m_buffer)
        m_buffer = std::make_unique_for_overwrite<char[]>(capacity);
    std::memmove(m_buffer.get(), m_buffer.get() + m_begin, m_end - m_begin);
    m_end -= m_begin;
    m_begin = 0;
    while (!m_ended && m_end < capacity) {
        const auto count = m_stream->read(m_buffer.get() + m_end, capacity - m_end);
        if (!count)
            m_error = count.error();
        m_ended = !count || *count == 0;
        m_end += count ? *count : 0;
    }
}

Result<std::string_view> TextWindow::view()
{
    if (m_end - m_begin < lookahead && !m_ended)
        fill();
    if (m_begin == m_end && m_error)
        return *m_error;
    return std::string_view(m_buffer.get() + m_begin, m_end - m_begin);
}

Result<void> LineReader::skipLongLine()
{
    for (;;) {
        ESPALIER_TRY(const std::string_view rest, m_window.view());
        const std::size_t end = rest.find('\n');
        m_window.consume(end == std::string_view::npos ? rest.size() : end + 1);
        if (end != std::string_view::npos || rest.empty())
            return {};
    }
}

Result<bool> LineReader::next(Line& line)
{
    m_window.consume(m_pending);
    m_pending = 0;
    if (std::exchange(m_long, false))
        ESPALIER_CHECK(skipLongLine());
    ESPALIER_TRY(const std::string_view rest, m_window.view());
    line = {.text = {}, .number = ++m_number, .tooLong = false};
    if (rest.empty())
        return false;
    const void* found = std::memchr(rest.data(), '\n', std::min(rest.size(), TextWindow::maxRowBytes));
    const std::size_t length = found ? static_cast<std::size_t>(static_cast<const char*>(found) - rest.data()) : std::min(rest.size(), TextWindow::maxRowBytes);
    if (!found && length == rest.size() && m_window.damaged())
        return m_window.damage();
    line.text = rest.substr(0, length);
    m_long = line.tooLong = !found && length < rest.size();
    m_pending = length + (found ? 1 : 0);
    if (found && line.text.ends_with('\r'))
        line.text.remove_suffix(1);
    return true;
}

} // namespace espalier
