// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/coding/WordList.h"

#include "engine/edge/coding/Checksum.h"
#include "engine/edge/coding/RansReader.h"

#include <cstring>

namespace espalier::edge {
namespace {

Error broken(std::string_view source, const std::string& why) { return {ErrorCode::InvalidFormat, std::string(source) + " " + why, {}, {}}; }

/// What is damaged behind a checksum that fits.
Error inconsistent(std::string_view source) { return broken(source, "is damaged: its letters do not make the texts that it should hold"); }

/// One table, ready to decode: the likeliest symbols are found first. Hundreds of them stay in the first-level cache, where tables of all slots would not.
struct SearchedTable {
    struct Range {
        std::uint16_t end; ///< of its slots
        std::uint16_t frequency;
        std::uint8_t symbol;
    };
    std::span<const Range> ranges; ///< none: a table without symbols, which decodes nothing

    [[nodiscard]] std::uint8_t next(RansStream<1>& stream) const
    {
        std::uint32_t& state = stream.states[0];
        const std::uint32_t slot = state & (coding::frequencyTotal - 1);
        const Range* range = ranges.data();
        while (range->end <= slot)
            ++range;
        state = range->frequency * (state >> coding::frequencyBits) + slot - (range->end - range->frequency);
        if (state < coding::lowestState && stream.at != stream.end) {
            std::uint16_t word;
            std::memcpy(&word, stream.at, ransWordBytes);
            state = state << 16 | word;
            stream.at += ransWordBytes;
        }
        return range->symbol;
    }
};

class Tables {
public:
    static Result<Tables> make(const WordModel& model, std::string_view source)
    {
        Tables tables;
        for (std::size_t byte = 0; byte < model.occurs.size(); ++byte)
            if (model.occurs[byte]) {
                tables.m_letters.push_back(static_cast<char>(byte));
                tables.m_symbols[byte] = static_cast<std::uint8_t>(tables.m_letters.size());
            }
        std::vector<std::pair<std::size_t, std::size_t>> bounds; // of each table's ranges
        for (const WordModel::Levels& levels : model.tables) {
            const auto ranges = words::rangesOf(levels);
            if (!ranges)
                return broken(source, "has a table of frequencies that does not add up to 4096");
            bounds.emplace_back(tables.m_ranges.size(), ranges->size());
            for (const words::SymbolRange& range : *ranges)
                tables.m_ranges.push_back({static_cast<std::uint16_t>(range.start + range.frequency), static_cast<std::uint16_t>(range.frequency), range.symbol});
        }
        for (const std::uint16_t table : model.tableOfContext())
            tables.m_ofContext.push_back({std::span(tables.m_ranges).subspan(bounds[table].first, bounds[table].second)});
        tables.m_first = model.firstContext(0);
        tables.m_inner = model.innerContext(0);
        return tables;
    }

    [[nodiscard]] const SearchedTable& length(std::size_t shared, std::size_t letters) const { return m_ofContext[words::lengthContext(shared, letters)]; }
    /// @p above: what the text before has in this place.
    [[nodiscard]] const SearchedTable& first(std::string_view above) const { return m_ofContext[m_first + (above.empty() ? 0 : m_symbols[static_cast<unsigned char>(above.front())])]; }
    [[nodiscard]] const SearchedTable& inner(std::uint8_t before) const { return m_ofContext[m_inner + before]; }
    [[nodiscard]] char letter(std::uint8_t symbol) const { return m_letters[symbol - std::size_t{1}]; }

private:
    std::vector<SearchedTable::Range> m_ranges;
    std::vector<SearchedTable> m_ofContext;
    std::size_t m_first = 0;
    std::size_t m_inner = 0;
    std::string m_letters;
    std::array<std::uint8_t, 256> m_symbols{};
};

struct Sizes {
    std::size_t texts = 0;
    std::size_t letters = 0;
};

/// Nothing where the code does not make them.
std::optional<std::vector<std::string>> decode(RansStream<1> stream, const Tables& tables, Sizes sizes)
{
    std::vector<std::string> texts;
    texts.reserve(sizes.texts);
    std::string text;
    std::size_t left = sizes.letters;
    std::size_t shared = 0;
    while (texts.size() < sizes.texts) {
        const SearchedTable* table = &tables.length(shared, text.size() - shared);
        if (table->ranges.empty())
            return std::nullopt;
        shared = table->next(stream);
        if (shared > text.size() || shared > left)
            return std::nullopt;
        table = &tables.first(std::string_view(text).substr(shared));
        text.resize(shared);
        for (left -= shared; !table->ranges.empty(); --left) {
            const std::uint8_t symbol = table->next(stream);
            if (symbol == 0)
                break;
            if (left == 0)
                return std::nullopt;
            text.push_back(tables.letter(symbol));
            table = &tables.inner(symbol);
        }
        if (table->ranges.empty())
            return std::nullopt;
        texts.push_back(text);
    }
    return left == 0 && stream.finished() ? std::optional(std::move(texts)) : std::nullopt;
}

} // namespace

std::optional<std::vector<words::SymbolRange>> words::rangesOf(const WordModel::Levels& levels)
{
    std::vector<SymbolRange> ranges;
    for (std::size_t symbol = 0; symbol < levels.size(); ++symbol)
        if (levels[symbol] > 0)
            ranges.push_back({static_cast<std::uint8_t>(symbol)});
    const auto frequencies = frequenciesOfLevels(levels, 0);
    if (ranges.empty() || !frequencies)
        return ranges.empty() ? std::optional(ranges) : std::nullopt;
    std::sort(ranges.begin(), ranges.end(), [&](const SymbolRange& a, const SymbolRange& b) {
        return levels[a.symbol] != levels[b.symbol] ? levels[a.symbol] > levels[b.symbol] : a.symbol < b.symbol;
    });
    std::uint32_t start = 0;
    for (SymbolRange& range : ranges) {
        range.frequency = (*frequencies)[range.symbol];
        range.start = start;
        start += range.frequency;
    }
    return ranges;
}

std::vector<std::uint16_t> WordModel::tableOfContext() const
{
    std::vector<std::uint16_t> tableOf;
    std::uint16_t next = words::classes;
    for (std::size_t context = 0; context < own.size(); ++context)
        tableOf.push_back(own[context] ? next++ : static_cast<std::uint16_t>(classOf(context)));
    return tableOf;
}

Result<std::vector<std::string>> unpackWords(std::span<const std::byte> packed, std::string_view source, std::size_t maxBytes)
{
    ByteReader reader(packed);
    const Sizes sizes{reader.varint(), reader.varint()};
    const std::uint32_t check = reader.u32();
    ByteReader all = reader;
    const std::size_t modelBytes = reader.varint();
    BitDecoder bits(reader.take(modelBytes));
    if (!reader.ok())
        return broken(source, "is cut short");
    if (checksumOf(all.take(all.left())) != check)
        return broken(source, "is damaged: its checksum is another");
    if (sizes.letters > maxBytes || !words::plausible(packed.size(), sizes.texts, sizes.letters))
        return broken(source, "claims " + std::to_string(sizes.texts) + " texts of " + std::to_string(sizes.letters) + " bytes in " + std::to_string(packed.size()));
    WordModel model;
    if (!model.code([&](AdaptiveChance& chance, bool) { return bits.bit(chance); }))
        return broken(source, "has too many letters");
    ESPALIER_TRY(const Tables tables, Tables::make(model, source));
    auto stream = RansStream<1>::read(reader);
    if (!stream || reader.left() > 0)
        return broken(source, "is damaged: its stream does not end with it");
    auto texts = decode(*stream, tables, sizes);
    return texts ? Result<std::vector<std::string>>(std::move(*texts)) : inconsistent(source);
}

} // namespace espalier::edge
