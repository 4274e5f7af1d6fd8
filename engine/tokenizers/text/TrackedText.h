// SPDX-License-Identifier: Apache-2.0
// TrackedText: a text on its way through normaliser and pre-tokeniser, in which each byte knows the bytes of the original
// it comes from. It is always valid UTF-8. Rewrite makes one from another, character by character, with the book-keeping of the
// reference's NormalizedString, so that offsets agree as well as ids.
#pragma once

#include "engine/tokenizers/unicode/Utf8.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace espalier {

/// Bytes of the original text.
struct ByteSpan {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

class TrackedText {
public:
    /// What does not fit is left out: a hostile tokenizer could otherwise make a text grow without end.
    static constexpr std::size_t maxBytes = std::size_t{4} << 20;

    [[nodiscard]] std::string_view view() const { return m_bytes; }
    [[nodiscard]] std::size_t size() const { return m_bytes.size(); }
    [[nodiscard]] bool empty() const { return m_bytes.empty(); }
    [[nodiscard]] const ByteSpan& originOf(std::size_t byte) const { return m_origins[byte]; }
    /// What the bytes from @p begin to @p end, at least one, come from.
    [[nodiscard]] ByteSpan originOf(std::size_t begin, std::size_t end) const { return {m_origins[begin].begin, m_origins[end - 1].end}; }

    void clear();
    /// Adds @p original (valid UTF-8) as it is; it begins at byte @p offset of the original.
    void appendOriginal(std::string_view original, std::uint32_t offset);
    void append(const TrackedText& from, std::size_t begin, std::size_t end);
    void append(std::int32_t codePoint, ByteSpan origin);
    /// Adds all of @p text with one origin for each of its bytes.
    void append(std::string_view text, ByteSpan origin);
    void swap(TrackedText& other) noexcept;
    /// Gives back memory beyond @p bytes, which an exceptionally long text took.
    void shrink(std::size_t bytes);

private:
    [[nodiscard]] bool fits(std::size_t bytes) const { return m_bytes.size() + bytes <= maxBytes; }

    std::string m_bytes;
    std::vector<ByteSpan> m_origins; ///< of each byte: the span of the character it comes from
};

/// Appends to @c to what becomes of bytes @c begin to @c end of @c from.
class Rewrite {
public:
    Rewrite(const TrackedText& from, std::size_t begin, std::size_t end, TrackedText& to) : m_from(from), m_at(begin), m_begin(begin), m_end(end), m_to(to) {}
    Rewrite(const TrackedText& from, TrackedText& to) : Rewrite(from, 0, from.size(), to) {}

    /// Leaves out @p characters of the source.
    void skip(std::size_t characters);
    /// Puts @p codePoint. @p change is 0 where it takes the place of the source's next character, -n where n more characters after
    /// that one vanish, 1 where it is new and belongs to what stands before.
    void put(std::int32_t codePoint, int change = 0);

private:
    [[nodiscard]] ByteSpan origin(bool added) const;

    const TrackedText& m_from;
    std::size_t m_at;
    std::size_t m_begin;
    std::size_t m_end;
    TrackedText& m_to;
};

} // namespace espalier
