// SPDX-License-Identifier: GPL-3.0-or-later
// ByteBlock: the bytes that a scan of text looks at together: 32 with SSE2, which every x86-64 processor has, eight elsewhere.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace espalier {

#ifdef __SSE2__

class ByteBlock {
public:
    static constexpr std::size_t size = 2 * sizeof(__m128i);

    ByteBlock() = default;
    /// @p bytes: @c size of them.
    explicit ByteBlock(const char* bytes)
        : m_low(_mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes))), m_high(_mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes) + 1))
    {
    }
    /// A block with marks (the high bit) where a byte is @p wanted. Bytes beyond ASCII are marked by themselves.
    [[nodiscard]] ByteBlock equal(char wanted) const
    {
        const __m128i all = _mm_set1_epi8(wanted);
        return {_mm_cmpeq_epi8(m_low, all), _mm_cmpeq_epi8(m_high, all)};
    }
    ByteBlock operator|(const ByteBlock& other) const { return {_mm_or_si128(m_low, other.m_low), _mm_or_si128(m_high, other.m_high)}; }
    /// A bit or more for each mark, in the order of the bytes; `marks & (marks - 1)` is without the first.
    [[nodiscard]] std::uint64_t marks() const
    {
        return static_cast<std::uint32_t>(_mm_movemask_epi8(m_low)) | static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(m_high))) << 16;
    }
    /// The place of the first of @p marks, of which there is one.
    static std::size_t first(std::uint64_t marks) { return static_cast<std::size_t>(std::countr_zero(marks)); }

private:
    ByteBlock(__m128i low, __m128i high) : m_low(low), m_high(high) {}
    __m128i m_low{};
    __m128i m_high{};
};

#else

/// The same in a plain number.
class ByteBlock {
public:
    static constexpr std::size_t size = sizeof(std::uint64_t);
    static_assert(std::endian::native == std::endian::little, "places are counted from a word's lowest byte");

    ByteBlock() = default;
    explicit ByteBlock(const char* bytes) { std::memcpy(&m_bytes, bytes, size); }
    [[nodiscard]] ByteBlock equal(char wanted) const
    {
        constexpr std::uint64_t lows = 0x7f7f7f7f7f7f7f7fU;
        const std::uint64_t other = m_bytes ^ (0x0101010101010101U * static_cast<unsigned char>(wanted)); // zero where it is
        return ByteBlock(~(((other & lows) + lows) | other | lows));
    }
    ByteBlock operator|(const ByteBlock& other) const { return ByteBlock(m_bytes | other.m_bytes); }
    [[nodiscard]] std::uint64_t marks() const { return m_bytes & 0x8080808080808080U; }
    static std::size_t first(std::uint64_t marks) { return static_cast<std::size_t>(std::countr_zero(marks)) / 8; }

private:
    explicit ByteBlock(std::uint64_t bytes) : m_bytes(bytes) {}
    std::uint64_t m_bytes = 0;
};

#endif

} // namespace espalier
