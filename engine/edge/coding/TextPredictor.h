// SPDX-License-Identifier: Apache-2.0
// TextPredictor: how likely the next bit of a package's header is a 1, learnt from the text before it. In the front part of a text (headers repeat themselves, layer by layer)
// a byte behind at least six that stood before in the same order begins with one bit: whether it is the byte that followed there. Where it is, that is all. Six contexts (the last 1, 2, 3 and 4
// bytes, the string so far, and the place in it with what the string before has there, since vocabularies are sorted) each keep a chance, and are mixed by
// weights that learn too (M. Mahoney, "Adaptive weighing of context models for lossless data compression", Florida Tech CS-2005-16). Integers
// only, so that every machine predicts the same. Part of the package format: a change here is another version (PackedText.h).
#pragma once

#include "engine/edge/coding/BitCoding.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace espalier::edge {

class TextPredictor {
public:
    static constexpr unsigned chanceBits = 12;

    /// @p bytes: the length of the whole text, which sizes the memory (48 bytes each, 12 MiB at most). @p front: that of the part in which it looks for repetitions.
    explicit TextPredictor(std::size_t bytes, std::size_t front = 0);

    /// That the next bit is 1, in 4096ths, 1 to 4095. Bytes come with their highest bit first.
    [[nodiscard]] std::uint32_t chance() const { return m_chance; }
    void update(bool bit);
    /// The next bit, where the byte that is not whole yet is @p byte.
    [[nodiscard]] bool bitOf(std::uint8_t byte) const;
    /// The whole bytes so far.
    [[nodiscard]] std::size_t bytes() const { return m_text.size(); }
    [[nodiscard]] std::string takeText() { return std::move(m_text); }

private:
    static constexpr std::size_t contexts = 6;
    static constexpr std::size_t inputs = contexts + 1; ///< and a constant
    static constexpr int noByte = -1;
    using Weights = std::array<std::int32_t, inputs>;

    void addByte(std::uint8_t byte);
    void endByte(std::uint8_t byte);
    void findRepetition();
    void beginByte();
    void findContexts();
    void predict();
    [[nodiscard]] std::size_t weightSet() const;

    std::string m_text;
    const std::int16_t* m_logOdds = nullptr; ///< of each chance
    std::vector<std::uint16_t> m_slots; ///< a chance in 12 bits, and how often it was met in 4; as many for each context
    unsigned m_slotBits;                ///< of one context
    std::array<std::uint32_t, contexts> m_hashes{};
    std::array<std::size_t, contexts> m_at{}; ///< the slots of this bit
    std::array<std::int32_t, inputs> m_inputs{};
    std::array<Weights, 4> m_weights{};
    std::size_t m_set = 0;
    std::uint32_t m_chance = 0;

    std::uint32_t m_bits = 1;    ///< of the byte that is not whole yet, behind a 1
    std::uint32_t m_lastBytes = 0;
    std::uint32_t m_stringHash = 0;
    std::size_t m_string = 0;    ///< where the string begins
    std::size_t m_stringBefore = 0;
    bool m_alike = true;         ///< so far the string is the one before
    int m_byteAbove = noByte;    ///< what the string before has at this place

    std::size_t m_front;
    std::vector<std::uint32_t> m_places; ///< behind the last six bytes with a hash; empty without a front part
    std::size_t m_repeated = 0;          ///< where the byte stands that may come again
    std::size_t m_alikeBefore = 0;       ///< bytes before it that are those before the next one; 0: none may
    bool m_askRepetition = false;        ///< the next bit says whether it does
    std::array<AdaptiveChance, 32> m_repeats{}; ///< by the bytes before it
};

} // namespace espalier::edge
