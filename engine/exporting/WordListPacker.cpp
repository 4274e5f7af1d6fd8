// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/WordListPacker.h"

#include "engine/edge/coding/Checksum.h"
#include "engine/edge/coding/WordList.h"
#include "engine/exporting/BitEncoder.h"
#include "engine/exporting/RansWriter.h"

#include <algorithm>
#include <cmath>

namespace espalier {
namespace {

namespace coding = edge::coding;
namespace words = edge::words;
using edge::WordModel;
using Counts = std::array<std::uint32_t, coding::alphabet>;

struct Symbol {
    std::uint16_t context;
    std::uint8_t symbol;
};

/// What a list is made of, and the contexts' counts.
struct Symbols {
    std::vector<Symbol> all;
    std::vector<Counts> counts;
};

Symbols symbolsOf(std::span<const std::string> texts, const WordModel& model)
{
    std::array<std::uint8_t, 256> symbolOf{};
    for (std::size_t byte = 0, next = 1; byte < symbolOf.size(); ++byte)
        symbolOf[byte] = static_cast<std::uint8_t>(model.occurs[byte] ? next++ : 0);
    Symbols symbols{{}, std::vector<Counts>(model.contexts())};
    const auto add = [&](std::size_t context, std::size_t symbol) {
        symbols.all.push_back({static_cast<std::uint16_t>(context), static_cast<std::uint8_t>(symbol)});
        ++symbols.counts[context][symbol];
    };
    std::string_view before;
    std::size_t shared = 0;
    for (const std::string_view text : texts) {
        const std::size_t context = words::lengthContext(shared, before.size() - shared);
        const std::string_view both = text.substr(0, std::min({text.size(), before.size(), words::longestShared}));
        shared = static_cast<std::size_t>(std::mismatch(both.begin(), both.end(), before.begin()).first - both.begin());
        add(context, shared);
        std::size_t from = model.firstContext(shared < before.size() ? symbolOf[static_cast<unsigned char>(before[shared])] : 0);
        for (const char letter : text.substr(shared)) {
            const std::size_t symbol = symbolOf[static_cast<unsigned char>(letter)];
            add(from, symbol);
            from = model.innerContext(symbol);
        }
        add(from, 0);
        before = text;
    }
    return symbols;
}

/// The level whose share comes nearest to each count's.
WordModel::Levels levelsOf(const Counts& counts)
{
    WordModel::Levels levels{};
    const double most = *std::max_element(counts.begin(), counts.end());
    for (std::size_t symbol = 0; symbol < counts.size(); ++symbol)
        if (counts[symbol] > 0) {
            const double step = std::log2(16.0) / 7; // of levelWeights
            const double level = 15 + std::log2(counts[symbol] / most) / step;
            levels[symbol] = static_cast<std::uint8_t>(std::clamp(std::lround(level), 1L, 15L));
        }
    return levels;
}

/// Bits of @p counts under @p levels; a symbol that has none costs all.
double bitsOf(const Counts& counts, const WordModel::Levels& levels)
{
    const auto frequencies = edge::frequenciesOfLevels(levels, 0);
    double bits = 0;
    for (std::size_t symbol = 0; frequencies && symbol < counts.size(); ++symbol)
        if (counts[symbol] > 0)
            bits += counts[symbol] * ((*frequencies)[symbol] > 0 ? std::log2(coding::frequencyTotal / static_cast<double>((*frequencies)[symbol])) : 1e9);
    return bits;
}

/// What a table takes in the model, nearly.
double tableBits(const WordModel::Levels& levels, std::size_t symbols)
{
    const auto present = static_cast<double>(std::count_if(levels.begin(), levels.end(), [](auto level) { return level > 0; }));
    return 3.6 * present + 0.45 * (static_cast<double>(symbols) - present);
}

/// Of each class, the levels of what its contexts without a table of their own count together.
std::array<WordModel::Levels, words::classes> sharedLevels(const std::vector<Counts>& counts, const WordModel& model)
{
    std::array<Counts, words::classes> together{};
    for (std::size_t context = 0; context < counts.size(); ++context)
        for (std::size_t symbol = 0; !model.own[context] && symbol < coding::alphabet; ++symbol)
            together[model.classOf(context)][symbol] += counts[context][symbol];
    std::array<WordModel::Levels, words::classes> levels;
    std::transform(together.begin(), together.end(), levels.begin(), levelsOf);
    return levels;
}

/// Decides which contexts have a table of their own, and makes all. What is shared changes as contexts leave it.
void fillTables(const std::vector<Counts>& counts, WordModel& model)
{
    constexpr int rounds = 3;
    model.own.assign(model.contexts(), false);
    for (int round = 0; round < rounds; ++round) {
        const auto shared = sharedLevels(counts, model);
        for (std::size_t context = 0; context < counts.size(); ++context) {
            const std::size_t kind = model.classOf(context);
            const WordModel::Levels own = levelsOf(counts[context]);
            if (!model.own[context])
                model.own[context] = bitsOf(counts[context], own) + tableBits(own, model.symbolsOf(kind)) < bitsOf(counts[context], shared[kind]);
        }
    }
    const auto shared = sharedLevels(counts, model);
    model.tables.assign(shared.begin(), shared.end());
    for (std::size_t context = 0; context < counts.size(); ++context)
        if (model.own[context])
            model.tables.push_back(levelsOf(counts[context]));
}

SymbolRanges rangesOfTable(const WordModel::Levels& levels)
{
    SymbolRanges ranges;
    const auto known = words::rangesOf(levels);
    for (const words::SymbolRange& range : known.value())
        ranges[range.symbol] = {range.frequency, range.start};
    return ranges;
}

std::string streamOf(const Symbols& symbols, const WordModel& model)
{
    std::vector<SymbolRanges> ranges;
    for (const WordModel::Levels& levels : model.tables)
        ranges.push_back(rangesOfTable(levels));
    const auto tableOf = model.tableOfContext();
    RansWriter stream(1);
    for (auto symbol = symbols.all.rbegin(); symbol != symbols.all.rend(); ++symbol)
        stream.put(0, ranges[tableOf[symbol->context]][symbol->symbol]);
    std::string bytes;
    stream.append(bytes);
    return bytes;
}

} // namespace

std::optional<std::string> packWords(std::span<const std::string> texts)
{
    WordModel model;
    std::size_t letters = 0;
    for (const std::string& text : texts) {
        letters += text.size();
        for (const char byte : text)
            model.occurs[static_cast<unsigned char>(byte)] = true;
    }
    constexpr std::size_t most = std::size_t{1} << 28; // of a varint
    if (model.letters() > coding::alphabet || texts.size() >= most || letters >= most)
        return std::nullopt;
    const Symbols symbols = symbolsOf(texts, model);
    for (std::size_t context = 0; context < words::lengthContexts; ++context)
        for (std::size_t length = 0; length < coding::alphabet; ++length)
            if (symbols.counts[context][length] > 0)
                model.lengths = std::max(model.lengths, length + 1);
    fillTables(symbols.counts, model);
    BitEncoder bits;
    model.code([&](edge::AdaptiveChance& chance, bool bit) { return bits.put(bit, chance); });
    std::string rest;
    const std::string tables = bits.finish();
    appendVarint(rest, tables.size());
    rest += tables + streamOf(symbols, model);
    std::string packed;
    appendVarint(packed, texts.size());
    appendVarint(packed, letters);
    const std::uint32_t check = edge::checksumOf(std::as_bytes(std::span(rest)));
    for (unsigned shift = 0; shift < 32; shift += 8)
        packed.push_back(static_cast<char>(check >> shift));
    packed += rest;
    return words::plausible(packed.size(), texts.size(), letters) ? std::optional(std::move(packed)) : std::nullopt;
}

} // namespace espalier
