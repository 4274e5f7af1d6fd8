// SPDX-License-Identifier: Apache-2.0
// WordList: the texts of a vocabulary in few bytes, unpacked at some ten million letters a second. Each text is the start that it shares with the one before, and
// the letters after that, under a table of frequencies for what stands before: a static model of order 1, since there are too many texts for one that learns as
// it goes (PackedText.h). Texts in the order of their bytes share most. The encoder is in engine/exporting.
//
//   varint  N: texts; varint B: their bytes in all
//   u32     check: Checksum.h, of all that follows
//   varint  M: bytes of the model; the model (WordModel), as bits (BitCoding.h), each under an AdaptiveChance
//   stream  of one state (EntropyCoding.h): for each text the length of the start it shares, at most 254, then its further letters and an end.
//
//   A letter is a byte: symbol i is the i-th of those that occur, 0 is the end. The context of a length: that of the text before, S, and the letters L that it
//   had besides, as 4 min(S, 7) + min(L, 3). Of the first letter: the letter that the text before has there, or 0. Of the others: the letter before.
#pragma once

#include "engine/edge/coding/BitCoding.h"
#include "engine/edge/coding/FrequencyTable.h"

#include <algorithm>
#include <optional>

#include <string>

namespace espalier::edge {

namespace words {

inline constexpr std::size_t longestShared = 254;
inline constexpr std::size_t lengthContexts = 32;
inline constexpr std::size_t classes = 3; ///< of contexts: lengths, first letters, others

constexpr std::size_t lengthContext(std::size_t shared, std::size_t letters) { return 4 * std::min<std::size_t>(shared, 7) + std::min<std::size_t>(letters, 3); }

/// Whether @p bytes may hold so much: a small hostile file must take neither memory nor time.
constexpr bool plausible(std::size_t bytes, std::size_t texts, std::size_t letters) { return texts <= 8 * bytes && letters <= 4096 + 64 * bytes; }

} // namespace words

/// The tables of frequencies, as levels (EntropyCoding.h); a symbol's range of slots begins behind those of all symbols with a higher level, and of those before it with the same. Table 0, 1 and 2 are shared by those contexts of a class that have none of their own; behind them stand the
/// own ones in the order of contexts.
struct WordModel {
    using Levels = std::array<std::uint8_t, coding::alphabet>;

    std::array<bool, 256> occurs{};  ///< of each byte, as a letter
    std::size_t lengths = 1;         ///< symbols of class 0
    std::vector<bool> own;           ///< of each context: whether it has a table of its own
    std::vector<Levels> tables;

    [[nodiscard]] std::size_t letters() const { return static_cast<std::size_t>(std::count(occurs.begin(), occurs.end(), true)) + 1; } ///< with the end
    [[nodiscard]] std::size_t contexts() const { return words::lengthContexts + 2 * letters(); }
    [[nodiscard]] std::size_t firstContext(std::size_t above) const { return words::lengthContexts + above; }
    [[nodiscard]] std::size_t innerContext(std::size_t before) const { return words::lengthContexts + letters() + before; }
    [[nodiscard]] std::size_t classOf(std::size_t context) const { return context < words::lengthContexts ? 0 : context < words::lengthContexts + letters() ? 1 : 2; }
    [[nodiscard]] std::size_t symbolsOf(std::size_t kind) const { return kind == 0 ? lengths : letters(); }
    /// Of each context, its table.
    [[nodiscard]] std::vector<std::uint16_t> tableOfContext() const;

    /// Reads or writes all of it: @p bit(chance, value) codes a bit, and returns it; a decoder does not look at the value. False where it has too many letters.
    template <typename Bit>
    bool code(Bit bit);

private:
    template <typename Bit>
    static void codeTable(Bit bit, auto& chances, std::size_t kind, std::span<std::uint8_t> levels, const Levels* shared);
};

namespace words {

struct SymbolRange {
    std::uint8_t symbol;
    std::uint32_t frequency = 0; ///< of 4096
    std::uint32_t start = 0;
};

/// The ranges of a table, in their order: none where it has no symbols. Nothing where it does not add up.
std::optional<std::vector<SymbolRange>> rangesOf(const WordModel::Levels& levels);

} // namespace words

/// How many there are, as it says.
inline std::size_t countWords(std::span<const std::byte> packed) { return ByteReader(packed).varint(); }
/// The texts. Errors say what is wrong with @p source.
Result<std::vector<std::string>> unpackWords(std::span<const std::byte> packed, std::string_view source, std::size_t maxBytes);

template <typename Bit>
void WordModel::codeTable(Bit bit, auto& chances, std::size_t kind, std::span<std::uint8_t> levels, const Levels* shared)
{
    bool before = true;
    for (std::size_t symbol = 0; symbol < levels.size(); ++symbol) {
        std::uint8_t& level = levels[symbol];
        const std::size_t likeness = shared == nullptr ? 0 : 1 + ((*shared)[symbol] + 4) / 5;
        auto& [present, tree] = chances[kind][likeness];
        before = bit(present[before ? 1 : 0], level > 0);
        unsigned node = 1;
        for (unsigned shift = 4; before && shift-- > 0;)
            node = node << 1 | (bit(tree[node], (level >> shift & 1) != 0) ? 1 : 0);
        level = static_cast<std::uint8_t>(before ? node & 15 : 0);
    }
}

template <typename Bit>
bool WordModel::code(Bit bit)
{
    struct LevelChances {
        std::array<AdaptiveChance, 2> present; ///< by whether the symbol before is
        std::array<AdaptiveChance, 16> tree;
    };
    std::array<std::array<LevelChances, 5>, words::classes> chances{}; // by the symbol's level in the shared table
    std::array<AdaptiveChance, 2> occurring;
    for (std::size_t byte = 0; byte < occurs.size(); ++byte)
        occurs[byte] = bit(occurring[byte > 0 && occurs[byte - 1] ? 1 : 0], occurs[byte]);
    std::size_t longest = lengths - 1;
    for (unsigned shift = 8; shift-- > 0;) {
        AdaptiveChance even;
        const bool set = bit(even, (longest >> shift & 1) != 0);
        longest = (longest & ~(std::size_t{1} << shift)) | static_cast<std::size_t>(set) << shift;
    }
    lengths = longest + 1;
    if (letters() > coding::alphabet || lengths > coding::alphabet)
        return false;
    own.resize(contexts());
    std::array<AdaptiveChance, words::classes> owning;
    for (std::size_t context = 0; context < own.size(); ++context)
        own[context] = bit(owning[classOf(context)], own[context]);
    tables.resize(words::classes + static_cast<std::size_t>(std::count(own.begin(), own.end(), true)));
    for (std::size_t kind = 0; kind < words::classes; ++kind)
        codeTable(bit, chances, kind, std::span(tables[kind]).first(symbolsOf(kind)), nullptr);
    for (std::size_t context = 0, table = words::classes; context < own.size(); ++context) {
        const std::size_t kind = classOf(context);
        if (own[context])
            codeTable(bit, chances, kind, std::span(tables[table++]).first(symbolsOf(kind)), &tables[kind]);
    }
    return true;
}

} // namespace espalier::edge
