// SPDX-License-Identifier: Apache-2.0
// ByteReader: takes numbers off the front of bytes that may be hostile. What is not there is not read: the reader then stays failed
// and gives zeros, so that a caller may check once for several.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace espalier::edge {

class ByteReader {
public:
    explicit ByteReader(std::span<const std::byte> bytes) : m_bytes(bytes) {}

    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] std::size_t left() const { return m_bytes.size(); }

    std::uint32_t u8() { return number(1); }
    std::uint32_t u32() { return number(4); }

    /// Seven bits a byte, the lowest first; the top bit says that more follow. At most 28 bits.
    std::uint32_t varint()
    {
        std::uint32_t value = 0;
        for (unsigned shift = 0; shift < 28; shift += 7) {
            const std::uint32_t byte = u8();
            value |= (byte & 0x7f) << shift;
            if ((byte & 0x80) == 0)
                return value;
        }
        m_ok = false;
        return 0;
    }

    /// The next @p count bytes; empty, and failed, where there are fewer.
    std::span<const std::byte> take(std::size_t count)
    {
        if (count > m_bytes.size()) {
            m_ok = false;
            count = 0;
        }
        const auto taken = m_bytes.first(count);
        m_bytes = m_bytes.subspan(count);
        return taken;
    }

private:
    std::uint32_t number(std::size_t bytes)
    {
        std::uint32_t value = 0;
        unsigned shift = 0;
        for (const std::byte byte : take(bytes)) {
            value |= std::to_integer<std::uint32_t>(byte) << shift;
            shift += 8;
        }
        return value;
    }

    std::span<const std::byte> m_bytes;
    bool m_ok = true;
};

} // namespace espalier::edge
