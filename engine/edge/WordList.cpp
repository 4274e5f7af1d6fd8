// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/WordList.h"

#include "engine/edge/Checksum.h"
#include "engine/edge/RansReader.h"

#include <memory>

namespace espalier::edge {
namespace {

Error broken(std::string_view source, const std::string& why) { return {ErrorCode::InvalidFormat, std::string(source) + " " + why, {}, {}}; }

/// What is damaged behind a checksum that fits.
Error inconsistent(std::string_view source) { return broken(source, "is damaged: its letters do not make the texts that it should hold"); }

/// The model, ready to decode. A table without symbols has none.
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
        std::vector<std::unique_ptr<const DecodingTable>> made;
        for (const WordModel::Levels& levels : model.tables) {
            if (std::all_of(levels.begin(), levels.end(), [](std::uint8_t level) { return level == 0; })) {
                made.push_back(nullptr);
                continue;
            }
            const auto entries = frequenciesOfLevels(levels, 0);
            if (!entries)
                return broken(source, "has a table of frequencies that does not add up to 4096");
            Frequencies frequencies{};
            std::copy(entries->begin(), entries->end(), frequencies.begin());
            made.push_back(std::make_unique<const DecodingTable>(frequencies));
        }
        for (const std::uint16_t table : model.tableOfContext())
            tables.m_ofContext.push_back(made[table].get());
        tables.m_first = model.firstContext(0);
        tables.m_inner = model.innerContext(0);
        tables.m_made = std::move(made);
        return tables;
    }

    [[nodiscard]] const DecodingTable* length(std::size_t shared, std::size_t letters) const { return m_ofContext[words::lengthContext(shared, letters)]; }
    /// @p above: what the text before has in this place.
    [[nodiscard]] const DecodingTable* first(std::string_view above) const { return m_ofContext[m_first + (above.empty() ? 0 : m_symbols[static_cast<unsigned char>(above.front())])]; }
    [[nodiscard]] const DecodingTable* inner(std::uint8_t before) const { return m_ofContext[m_inner + before]; }
    [[nodiscard]] char letter(std::uint8_t symbol) const { return m_letters[symbol - std::size_t{1}]; }

private:
    std::vector<std::unique_ptr<const DecodingTable>> m_made;
    std::vector<const DecodingTable*> m_ofContext;
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
    const auto next = [&](const DecodingTable* table, std::uint8_t& symbol) {
        if (table != nullptr)
            symbol = nextChecked(*table, stream.states[0], stream.at, stream.end);
        return table != nullptr;
    };
    while (texts.size() < sizes.texts) {
        std::uint8_t symbol = 0;
        if (!next(tables.length(shared, text.size() - shared), symbol) || symbol > text.size() || symbol > left)
            return std::nullopt;
        shared = symbol;
        const DecodingTable* table = tables.first(std::string_view(text).substr(shared));
        text.resize(shared);
        for (left -= shared;; --left) {
            if (!next(table, symbol) || (symbol != 0 && left == 0))
                return std::nullopt;
            if (symbol == 0)
                break;
            text.push_back(tables.letter(symbol));
            table = tables.inner(symbol);
        }
        texts.push_back(text);
    }
    return left == 0 && stream.finished() ? std::optional(std::move(texts)) : std::nullopt;
}

} // namespace

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
