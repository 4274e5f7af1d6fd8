// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/streams/TextWindow.h"

#include <cstring>

namespace espalier {

TextWindow::Part TextWindow::read(std::unique_ptr<char[]> bytes)
{
    Part part{.bytes = bytes ? std::move(bytes) : std::make_unique_for_overwrite<char[]>(capacity)};
    while (!part.ended && part.end < capacity) {
        const auto count = m_stream->read(part.bytes.get() + part.end, capacity - part.end);
        if (!count)
            part.error = count.error();
        part.ended = !count || *count == 0;
        part.end += count ? *count : 0;
    }
    part.position = m_stream->position();
    return part;
}

void TextWindow::fill()
{
    Part next = m_next.valid() ? m_next.get() : read({});
    next.begin -= left();
    if (left() > 0)
        std::memcpy(next.bytes.get() + next.begin, m_part.bytes.get() + m_part.begin, left());
    std::swap(m_part, next);
    if (!m_part.ended)
        m_next = std::async(std::launch::async, [this, bytes = std::move(next.bytes)]() mutable { return read(std::move(bytes)); });
}

Result<std::string_view> TextWindow::viewOfMore()
{
    if (left() < lookahead && !m_part.ended)
        fill();
    if (left() == 0 && m_part.error)
        return *m_part.error;
    return std::string_view(m_part.bytes.get() + m_part.begin, left());
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

Result<bool> LineReader::nextFilled(Line& line)
{
    for (;;) {
        ESPALIER_TRY(const bool more, next(line));
        if (!more || line.text.find_first_not_of(" \t\v\f\r") != std::string_view::npos)
            return more;
    }
}

} // namespace espalier
