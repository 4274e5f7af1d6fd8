// SPDX-License-Identifier: Apache-2.0
// Arithmetic coding of bits (Witten, Neal and Cleary 1987), each under a chance of its own: low = 0 and high = 2^32 - 1; a bit whose chance to be 1
// is c / 4096 divides them at low + floor((high - low) / 4096) c, where 1 takes the lower part. The upper bytes that both have in common are
// written, and at the end the uppermost byte of high.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace espalier::edge {

/// The part of the numbers that the bits so far leave; the same on both sides.
struct CodingInterval {
    std::uint32_t low = 0;
    std::uint32_t high = UINT32_MAX;

    [[nodiscard]] std::uint32_t middle(std::uint32_t chance) const { return low + ((high - low) >> 12) * chance; }
    void take(bool bit, std::uint32_t middle) { (bit ? high : low) = bit ? middle : middle + 1; }
    /// Whether the uppermost byte is settled.
    [[nodiscard]] bool settled() const { return (low ^ high) >> 24 == 0; }
    void shift()
    {
        low <<= 8;
        high = high << 8 | 0xff;
    }
};

/// A chance that follows the bits it met. From 16 to 4080 of 4096, so that no bit is impossible.
struct AdaptiveChance {
    std::uint32_t chance = 2048;

    void update(bool bit)
    {
        if (bit)
            chance += (4095 - chance) / 16;
        else
            chance -= chance / 16;
    }
};

/// Takes bits out of a code; behind its end stand zeros.
class BitDecoder {
public:
    explicit BitDecoder(std::span<const std::byte> code) : m_code(code)
    {
        for (int i = 0; i < 4; ++i)
            next();
    }

    bool bit(std::uint32_t chance)
    {
        const std::uint32_t middle = m_interval.middle(chance);
        const bool bit = m_number <= middle;
        m_interval.take(bit, middle);
        while (m_interval.settled()) {
            m_interval.shift();
            next();
        }
        return bit;
    }
    bool bit(AdaptiveChance& chance)
    {
        const bool taken = bit(chance.chance);
        chance.update(taken);
        return taken;
    }
    /// It reads up to three bytes behind the end, since one settles the last bits.
    [[nodiscard]] bool finished() const { return m_at == m_code.size() + 3 && m_number >> 24 == m_interval.high >> 24; }
    [[nodiscard]] bool overrun() const { return m_at > m_code.size() + 3; }

private:
    void next()
    {
        const std::uint32_t byte = m_at < m_code.size() ? std::to_integer<std::uint32_t>(m_code[m_at]) : 0;
        m_number = m_number << 8 | byte;
        ++m_at;
    }

    std::span<const std::byte> m_code;
    std::size_t m_at = 0;
    std::uint32_t m_number = 0;
    CodingInterval m_interval;
};

} // namespace espalier::edge
