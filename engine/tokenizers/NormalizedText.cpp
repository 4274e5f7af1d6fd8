// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/NormalizedText.h"

#include "engine/tokenizers/unicode/GraphemeBreaks.h"
#include "engine/tokenizers/unicode/Utf8.h"

#include <algorithm>
#include <limits>

namespace espalier {
namespace {

/// Sorts each run of marks by combining class, in place and keeping the order of equals (canonical ordering).
void orderMarks(std::int32_t* points, std::size_t count)
{
    for (std::size_t i = 1; i < count; ++i) {
        const std::int32_t point = points[i];
        const auto own = unicode::characterRecord(point).combiningClass;
        std::size_t at = i;
        for (; own != 0 && at > 0 && unicode::characterRecord(points[at - 1]).combiningClass > own; --at)
            points[at] = points[at - 1];
        points[at] = point;
    }
}

/// Composes in place (UAX 15): each code point joins the last starter unless one of its own class or higher stands between. Returns how many are left.
std::size_t compose(std::int32_t* points, std::size_t count)
{
    std::int32_t* starter = nullptr;
    int highest = -1; // class of what stands after the starter
    std::size_t out = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const int own = unicode::characterRecord(points[i]).combiningClass;
        if (starter != nullptr && own > highest) {
            if (const std::int32_t both = unicode::composed(*starter, points[i]); both >= 0) {
                *starter = both;
                continue;
            }
        }
        points[out] = points[i];
        if (own == 0)
            starter = points + out;
        highest = own == 0 ? -1 : std::max(highest, own);
        ++out;
    }
    return out;
}

} // namespace

NormalizedText::NormalizedText(std::string_view text, const NormalizerOptions& options)
    : m_text(text.substr(0, std::numeric_limits<std::uint32_t>::max() - 1)),
      m_mapping{options.compose, options.compose && options.compatibility, options.foldCase}
{
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
    m_position += unicode::invalidPrefix(m_text.substr(m_position));
    return {NormalizedUnit::invalid, begin, static_cast<std::uint32_t>(m_position)};
}

/// Queues the code points of the cluster at the current position as they are, and moves past it. 0: not UTF-8.
std::size_t NormalizedText::readCluster()
{
    unicode::GraphemeBreaks breaks;
    while (m_position < m_text.size() && m_queueEnd < maxCluster) {
        const std::string_view rest = m_text.substr(m_position);
        const std::size_t length = unicode::validLength(rest);
        if (length == 0)
            break;
        const std::int32_t codePoint = unicode::decode(rest);
        if (m_queueEnd > 0 && breaks.between(m_queue[m_queueEnd - 1].codePoint, codePoint))
            break;
        m_queue[m_queueEnd++] = {codePoint, static_cast<std::uint32_t>(m_position), static_cast<std::uint32_t>(m_position + length)};
        m_position += length;
    }
    return m_queueEnd;
}

/// Replaces the queued code points by their normalised form.
void NormalizedText::normalizeCluster(std::size_t sourceCount, std::uint32_t end)
{
    const std::uint32_t begin = m_queue[0].begin;
    std::array<std::int32_t, maxExpanded> points;
    std::size_t count = 0;
    for (std::size_t i = 0; i < sourceCount; ++i)
        count += unicode::mapCharacter(m_queue[i].codePoint, m_mapping, points.data() + count);
    if (m_mapping.decompose) {
        orderMarks(points.data(), count);
        count = compose(points.data(), count);
    }
    m_queueEnd = count;
    const bool oneToOne = m_queueEnd == sourceCount;
    for (std::size_t i = 0; i < m_queueEnd; ++i)
        m_queue[i] = oneToOne ? NormalizedUnit{points[i], m_queue[i].begin, m_queue[i].end} : NormalizedUnit{points[i], begin, end};
}

} // namespace espalier
