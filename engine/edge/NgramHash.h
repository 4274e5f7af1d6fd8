// SPDX-License-Identifier: Apache-2.0
// NgramHash: the bucket of a run of tokens, the same where a model is trained and on the device (multiplicative hashing in 64 bits with
// wrap-around; Knuth, The Art of Computer Programming, volume 3, section 6.4).
#pragma once

#include <cstddef>
#include <cstdint>

namespace espalier::edge {

class NgramHash {
public:
    /// Appends a token to the run.
    void add(std::int32_t id)
    {
        m_state = (m_state ^ static_cast<std::uint32_t>(id)) * 0x9e3779b97f4a7c15;
        m_state ^= m_state >> 29;
    }
    /// From 0 to @p buckets - 1; @p buckets is at most 2^31.
    [[nodiscard]] std::size_t bucket(std::size_t buckets) const
    {
        return static_cast<std::size_t>(((m_state * 0xd1342543de82ef95 >> 32) * buckets) >> 32);
    }

private:
    std::uint64_t m_state = 0x2545f4914f6cdd1d;
};

} // namespace espalier::edge
