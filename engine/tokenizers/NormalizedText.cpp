// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/NormalizedText.h"

#include <utf8proc.h>

#include <algorithm>
#include <limits>

namespace espalier {
namespace {

int utf8procOptions(const NormalizerOptions& options)
{
    int flags = UTF8PROC_STABLE;
    if (options.compose)
        flags |= UTF8PROC_COMPOSE;
    if (options.compose && options.compatibility)
        flags |= UTF8PROC_COMPAT;
    if (options.foldCase)
        flags |= UTF8PROC_CASEFOLD;
    return flags;
}

} // namespace

NormalizedText::NormalizedText(std::string_view text, const NormalizerOptions& options)
    : m_text(text.substr(0, std::numeric_limits<std::uint32_t>::max() - 1)), m_options(utf8procOptions(options)), m_foldCase(options.foldCase)
{
}

/// The bytes of the code point at @p position, or 0 when they are not UTF-8.
std::size_t NormalizedText::decode(std::size_t position, std::int32_t& codePoint) const
{
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(m_text.data() + position);
    // Four bytes hold any code point; the whole rest might not fit a signed size.
    const auto available = static_cast<utf8proc_ssize_t>(std::min<std::size_t>(m_text.size() - position, 4));
    const auto length = utf8proc_iterate(bytes, available, &codePoint);
    return length > 0 ? static_cast<std::size_t>(length) : 0;
}

NormalizedUnit NormalizedText::readSlowly()
{
    m_queued = 0;
    m_queueEnd = 0;
    const std::size_t count = readCluster();
    if (count == 0)
        return readInvalid();
    normalizeCluster(count, static_cast<std::uint32_t>(m_position));
    return m_queue[m_queued++];
}

NormalizedUnit NormalizedText::readInvalid()
{
    const auto begin = static_cast<std::uint32_t>(m_position);
    std::int32_t ignored = 0;
    do
        ++m_position;
    while (m_position < m_text.size() && decode(m_position, ignored) == 0);
    return {NormalizedUnit::invalid, begin, static_cast<std::uint32_t>(m_position)};
}

/// Queues the code points of the cluster at the current position as they are, and moves past it. 0: not UTF-8.
std::size_t NormalizedText::readCluster()
{
    utf8proc_int32_t state = 0;
    while (m_position < m_text.size() && m_queueEnd < maxCluster) {
        std::int32_t codePoint = 0;
        const std::size_t length = decode(m_position, codePoint);
        if (length == 0)
            break;
        if (m_queueEnd > 0 && utf8proc_grapheme_break_stateful(m_queue[m_queueEnd - 1].codePoint, codePoint, &state))
            break;
        m_queue[m_queueEnd++] = {codePoint, static_cast<std::uint32_t>(m_position), static_cast<std::uint32_t>(m_position + length)};
        m_position += length;
    }
    return m_queueEnd;
}

/// Replaces the queued code points by their normalised form. Where that is impossible they stay as they are.
void NormalizedText::normalizeCluster(std::size_t sourceCount, std::uint32_t end)
{
    const std::uint32_t begin = m_queue[0].begin;
    std::array<utf8proc_int32_t, maxExpanded> points;
    const auto* source = reinterpret_cast<const utf8proc_uint8_t*>(m_text.data() + begin);
    const auto options = static_cast<utf8proc_option_t>(m_options);
    auto count = utf8proc_decompose(source, static_cast<utf8proc_ssize_t>(end - begin), points.data(), maxExpanded, options);
    if (count <= 0 || count > static_cast<utf8proc_ssize_t>(maxExpanded))
        return;
    if ((m_options & UTF8PROC_COMPOSE) != 0)
        count = utf8proc_normalize_utf32(points.data(), count, options);
    if (count <= 0)
        return;
    m_queueEnd = static_cast<std::size_t>(count);
    const bool oneToOne = m_queueEnd == sourceCount;
    for (std::size_t i = 0; i < m_queueEnd; ++i)
        m_queue[i] = oneToOne ? NormalizedUnit{points[i], m_queue[i].begin, m_queue[i].end} : NormalizedUnit{points[i], begin, end};
}

} // namespace espalier
