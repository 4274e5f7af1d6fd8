// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/coding/TextPredictor.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace espalier::edge {
namespace {

constexpr std::int32_t total = 1 << TextPredictor::chanceBits;
constexpr std::int32_t farthest = 2047; ///< of log odds, in 256ths
constexpr std::int32_t unit = 1 << 16;  ///< a weight of 1
constexpr std::int32_t heaviest = 1 << 22;
constexpr unsigned fewestSlotBits = 12;
constexpr unsigned mostSlotBits = 20;
constexpr unsigned countBits = 4;
constexpr std::uint16_t mostCount = (1u << countBits) - 1;
constexpr unsigned learningShift = 12;
constexpr std::size_t leastRepeated = 6; ///< bytes
constexpr unsigned placeBits = 15;

/// 4096 / (1 + exp(-x / 256)) at x = -2048, -1920, ..., 2048.
constexpr std::array<std::int16_t, 33> logistic{1, 2, 4, 6, 10, 17, 27, 45, 74, 120, 194, 311, 488, 747, 1102, 1546, 2048, 2550, 2994, 3349, 3608, 3785, 3902, 3976, 4022, 4051, 4069, 4079, 4086, 4090, 4092, 4094, 4095};

/// The chance at log odds of @p x, between the table's entries along a line.
constexpr std::int32_t chanceAt(std::int32_t x)
{
    const std::int32_t place = std::clamp(x, -farthest, farthest) + 2048;
    const std::size_t below = static_cast<std::size_t>(place >> 7);
    const std::int32_t part = place & 127;
    return (logistic[below] * (128 - part) + logistic[below + 1] * part + 64) >> 7;
}

using LogOdds = std::array<std::int16_t, total>;

/// The least log odds whose chance is at least the index. Made as it is needed: a program has 8 kB less to carry.
LogOdds oddsOfChances()
{
    LogOdds odds{};
    std::size_t chance = 0;
    for (std::int32_t x = -farthest; x <= farthest; ++x)
        for (; chance <= static_cast<std::size_t>(chanceAt(x)); ++chance)
            odds[chance] = static_cast<std::int16_t>(x);
    return odds;
}
static_assert(chanceAt(farthest) == total - 1 && chanceAt(-farthest) >= 1);

/// How far a chance that was met as often as the index moves towards the bit, in 65536ths: 1 / (n + 1.3), so that the first counts most.
constexpr auto rates = [] {
    std::array<std::int32_t, mostCount + 1> table{};
    for (std::int32_t n = 0; n <= mostCount; ++n)
        table[static_cast<std::size_t>(n)] = (unit * 16) / (16 * n + 21);
    return table;
}();

constexpr std::uint32_t hashOf(std::uint32_t a, std::uint32_t b)
{
    std::uint32_t x = a * 0x9E3779B1u ^ (b + 0x7F4A7C15u) * 0x85EBCA6Bu;
    x ^= x >> 15;
    return x * 0x2C1B3C6Du;
}

unsigned slotBitsFor(std::size_t bytes)
{
    return std::clamp(static_cast<unsigned>(std::bit_width(4 * std::min(bytes, std::size_t{1} << mostSlotBits))), fewestSlotBits, mostSlotBits);
}

} // namespace

TextPredictor::TextPredictor(std::size_t bytes, std::size_t front) : m_slotBits(slotBitsFor(bytes)), m_front(front), m_places(front > 0 ? std::size_t{1} << placeBits : 0)
{
    static const LogOdds odds = oddsOfChances();
    m_logOdds = odds.data();
    m_slots.assign(contexts << m_slotBits, static_cast<std::uint16_t>(total / 2 << countBits));
    for (Weights& weights : m_weights) {
        weights.fill(unit * 9 / 32);
        weights.back() = 0;
    }
    m_inputs.back() = 256;
    beginByte();
}

bool TextPredictor::bitOf(std::uint8_t byte) const
{
    if (m_askRepetition)
        return static_cast<std::uint8_t>(m_text[m_repeated]) == byte;
    return (byte >> (8 - std::bit_width(m_bits)) & 1) != 0;
}

/// Where the last six bytes stood before, unless the repetition that it is in goes on.
void TextPredictor::findRepetition()
{
    if (m_text.size() < leastRepeated)
        return;
    std::uint32_t hash = 0;
    for (std::size_t i = 1; i <= leastRepeated; ++i)
        hash = (hash + static_cast<std::uint8_t>(m_text[m_text.size() - i]) + 1) * 0x2C1B3C6Du;
    std::uint32_t& place = m_places[hash >> (32 - placeBits)];
    if (m_alikeBefore == 0) {
        std::size_t alike = 0;
        while (alike < m_repeats.size() && alike < place && m_text[place - 1 - alike] == m_text[m_text.size() - 1 - alike])
            ++alike;
        m_repeated = place;
        m_alikeBefore = alike >= leastRepeated ? alike : 0;
    }
    place = static_cast<std::uint32_t>(m_text.size());
}

void TextPredictor::beginByte()
{
    findContexts();
    m_askRepetition = m_text.size() < m_front && m_alikeBefore > 0;
    if (m_askRepetition)
        m_chance = m_repeats[std::min(m_alikeBefore, m_repeats.size() - 1)].chance;
    else
        predict();
}

void TextPredictor::endByte(std::uint8_t byte)
{
    addByte(byte);
    if (m_alikeBefore > 0) {
        ++m_repeated;
        ++m_alikeBefore;
    }
    if (m_text.size() < m_front)
        findRepetition();
    beginByte();
}

void TextPredictor::findContexts()
{
    const std::uint32_t above = m_byteAbove == noByte ? 0x20000 : static_cast<std::uint32_t>(m_byteAbove) << 1 | (m_alike ? 1 : 0);
    const auto place = static_cast<std::uint32_t>(std::min<std::size_t>(m_text.size() - m_string, 0xff));
    m_hashes = {hashOf(1, m_lastBytes & 0xff), hashOf(2, m_lastBytes & 0xffff), hashOf(3, m_lastBytes & 0xffffff), hashOf(4, m_lastBytes),
                hashOf(5, m_stringHash), hashOf(6, above << 8 | place)};
}

/// Which weights: by whether the string before says anything of this bit, and how far it was right.
std::size_t TextPredictor::weightSet() const
{
    if (m_byteAbove == noByte)
        return 0;
    if (!m_alike)
        return 1;
    const auto known = static_cast<unsigned>(std::bit_width(m_bits)) - 1;
    return (static_cast<std::uint32_t>(m_byteAbove) | 0x100) >> (8 - known) == m_bits ? 3 : 2;
}

void TextPredictor::predict()
{
    m_set = weightSet();
    const Weights& weights = m_weights[m_set];
    std::int64_t sum = static_cast<std::int64_t>(m_inputs.back()) * weights.back();
    for (std::size_t i = 0; i < contexts; ++i) {
        const std::uint32_t place = (m_hashes[i] + m_bits * 0x9E3779B1u) * 0x85EBCA6Bu >> (32 - m_slotBits);
        m_at[i] = (i << m_slotBits) + place;
        const std::uint16_t slot = m_slots[m_at[i]];
        m_inputs[i] = (slot & mostCount) == 0 ? 0 : m_logOdds[slot >> countBits];
        sum += static_cast<std::int64_t>(m_inputs[i]) * weights[i];
    }
    m_chance = static_cast<std::uint32_t>(chanceAt(static_cast<std::int32_t>(std::clamp<std::int64_t>(sum / unit, -farthest, farthest))));
}

void TextPredictor::update(bool bit)
{
    if (m_askRepetition) {
        m_repeats[std::min(m_alikeBefore, m_repeats.size() - 1)].update(bit);
        if (bit)
            return endByte(static_cast<std::uint8_t>(m_text[m_repeated]));
        m_askRepetition = false;
        m_alikeBefore = 0;
        return predict();
    }
    const std::int32_t error = (bit ? total : 0) - static_cast<std::int32_t>(m_chance);
    Weights& weights = m_weights[m_set];
    for (std::size_t i = 0; i < inputs; ++i)
        weights[i] = std::clamp(weights[i] + (m_inputs[i] * error >> learningShift), -heaviest, heaviest);
    for (const std::size_t at : m_at) {
        const std::int32_t chance = m_slots[at] >> countBits;
        const auto count = static_cast<std::uint16_t>(m_slots[at] & mostCount);
        const std::int32_t moved = chance + (((bit ? total - 1 : 0) - chance) * rates[count] >> 16);
        m_slots[at] = static_cast<std::uint16_t>(moved << countBits | std::min<std::uint16_t>(count + 1, mostCount));
    }
    m_bits = m_bits << 1 | (bit ? 1 : 0);
    if (m_bits < 0x100)
        return predict();
    const auto byte = static_cast<std::uint8_t>(m_bits & 0xff);
    m_bits = 1;
    endByte(byte);
}

void TextPredictor::addByte(std::uint8_t byte)
{
    const char before = m_text.empty() ? '\0' : m_text.back();
    m_text.push_back(static_cast<char>(byte));
    m_lastBytes = m_lastBytes << 8 | byte;
    m_alike = m_alike && (m_byteAbove == noByte || m_byteAbove == byte);
    m_stringHash = hashOf(m_stringHash + byte, 0);
    if (byte == '"') {
        const bool begins = before == ',' || before == '[' || before == '{' || before == ':';
        m_stringHash = begins ? 1 : 0;
        if (begins) {
            m_stringBefore = std::exchange(m_string, m_text.size());
            m_alike = true;
        }
    }
    const std::size_t above = m_stringBefore + (m_text.size() - m_string);
    m_byteAbove = above < m_string ? static_cast<std::uint8_t>(m_text[above]) : noByte;
}

} // namespace espalier::edge
