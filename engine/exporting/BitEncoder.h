// SPDX-License-Identifier: GPL-3.0-or-later
// BitEncoder: the counterpart of edge/BitCoding.h's BitDecoder.
#pragma once

#include "engine/edge/coding/BitCoding.h"

#include <string>

namespace espalier {

class BitEncoder {
public:
    void put(bool bit, std::uint32_t chance)
    {
        m_interval.take(bit, m_interval.middle(chance));
        for (; m_interval.settled(); m_interval.shift())
            m_code.push_back(static_cast<char>(m_interval.high >> 24));
    }
    /// Returns @p bit.
    bool put(bool bit, edge::AdaptiveChance& chance)
    {
        put(bit, chance.chance);
        chance.update(bit);
        return bit;
    }
    std::string finish()
    {
        m_code.push_back(static_cast<char>(m_interval.high >> 24));
        return std::move(m_code);
    }

private:
    std::string m_code;
    edge::CodingInterval m_interval;
};

} // namespace espalier
