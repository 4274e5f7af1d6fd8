// SPDX-License-Identifier: Apache-2.0
// A small random generator whose numbers are the same on every platform and library version, for splits,
// shuffles and sampling (the standard distributions are not). xoshiro256** 1.0 (Blackman and Vigna, 2018),
// seeded by SplitMix64. Not for secrets.
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace espalier {

class Random {
public:
    explicit Random(std::uint64_t seed)
    {
        for (auto& word : m_state) {
            seed += 0x9e3779b97f4a7c15;
            std::uint64_t z = seed;
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
            z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
            word = z ^ (z >> 31);
        }
    }

    std::uint64_t next()
    {
        const std::uint64_t result = rotate(m_state[1] * 5, 7) * 9;
        const std::uint64_t t = m_state[1] << 17;
        m_state[2] ^= m_state[0];
        m_state[3] ^= m_state[1];
        m_state[1] ^= m_state[2];
        m_state[0] ^= m_state[3];
        m_state[2] ^= t;
        m_state[3] = rotate(m_state[3], 45);
        return result;
    }

    /// Uniform in [0, bound), without bias. @p bound must not be 0.
    std::uint64_t below(std::uint64_t bound)
    {
        const std::uint64_t threshold = -bound % bound;
        for (;;)
            if (const std::uint64_t value = next(); value >= threshold)
                return value % bound;
    }

    /// Uniform in [0, 1) with 53 bits.
    double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

    /// Fisher-Yates.
    template <typename T>
    void shuffle(std::vector<T>& items)
    {
        for (std::size_t i = items.size(); i > 1; --i)
            std::swap(items[i - 1], items[below(i)]);
    }

    /// The generator's whole state, for a resume that continues the same sequence.
    [[nodiscard]] const std::array<std::uint64_t, 4>& state() const { return m_state; }
    void setState(const std::array<std::uint64_t, 4>& state) { m_state = state; }

private:
    static std::uint64_t rotate(std::uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
    std::array<std::uint64_t, 4> m_state{};
};

} // namespace espalier
