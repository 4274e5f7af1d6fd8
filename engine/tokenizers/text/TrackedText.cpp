// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/text/TrackedText.h"

namespace espalier {

void TrackedText::clear()
{
    m_bytes.clear();
    m_origins.clear();
}

void TrackedText::appendOriginal(std::string_view original, std::uint32_t offset)
{
    if (!fits(original.size()))
        return;
    m_bytes.append(original);
    m_origins.reserve(m_bytes.size());
    for (std::size_t at = 0; at < original.size();) {
        const std::size_t length = unicode::lengthOf(original[at]);
        const auto begin = offset + static_cast<std::uint32_t>(at);
        m_origins.insert(m_origins.end(), length, {begin, begin + static_cast<std::uint32_t>(length)});
        at += length;
    }
}

void TrackedText::append(const TrackedText& from, std::size_t begin, std::size_t end)
{
    if (!fits(end - begin))
        return;
    m_bytes.append(from.m_bytes, begin, end - begin);
    m_origins.insert(m_origins.end(), from.m_origins.begin() + static_cast<std::ptrdiff_t>(begin), from.m_origins.begin() + static_cast<std::ptrdiff_t>(end));
}

void TrackedText::append(std::int32_t codePoint, ByteSpan origin)
{
    char bytes[4];
    append(std::string_view(bytes, unicode::encode(codePoint, bytes)), origin);
}

void TrackedText::append(std::string_view text, ByteSpan origin)
{
    if (!fits(text.size()))
        return;
    m_bytes.append(text);
    m_origins.insert(m_origins.end(), text.size(), origin);
}

void TrackedText::swap(TrackedText& other) noexcept
{
    m_bytes.swap(other.m_bytes);
    m_origins.swap(other.m_origins);
}

void TrackedText::shrink(std::size_t bytes)
{
    if (m_bytes.capacity() <= bytes)
        return;
    m_bytes = {};
    m_origins = {};
}

void Rewrite::skip(std::size_t characters)
{
    for (; characters > 0 && m_at < m_end; --characters)
        m_at += unicode::lengthOf(m_from.view()[m_at]);
}

ByteSpan Rewrite::origin(bool added) const
{
    if (m_from.empty())
        return {};
    if (added && m_at == m_begin)
        return {m_from.originOf(m_begin).begin, m_from.originOf(m_begin).begin};
    return m_from.originOf(added || m_at >= m_end ? m_at - 1 : m_at);
}

void Rewrite::put(std::int32_t codePoint, int change)
{
    m_to.append(codePoint, origin(change > 0));
    if (change <= 0)
        skip(1 + static_cast<std::size_t>(-change));
}

} // namespace espalier
