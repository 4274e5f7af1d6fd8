// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/tokenizers/CharacterDataFile.h"

#include "engine/tokenizers/unicode/CharacterData.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>
#include <vector>

namespace espalier {
namespace {

using unicode::GraphemeClass;
using Points = std::vector<std::int32_t>;
using Units = std::vector<std::uint16_t>;

constexpr std::int32_t codePoints = 0x110000;
constexpr std::uint16_t none = UINT16_MAX; // utf8proc: no such sequence

/// What the Unicode Character Database says, without Hangul syllables.
struct Database {
    std::map<std::int32_t, Points> decompositions; ///< full ones: canonical where there is one
    std::map<std::int32_t, Points> longFolds;
    std::map<std::int32_t, std::int32_t> shortFolds; ///< what to add
    std::map<std::int32_t, std::int32_t> lower;      ///< what to add
    std::map<std::array<std::int32_t, 2>, std::int32_t> compositions; ///< by second and first
};

Points decomposed(std::int32_t codePoint, int options)
{
    int boundary = 0;
    Points points(unicode::longestMapping);
    const auto count = utf8proc_decompose_char(codePoint, points.data(), static_cast<utf8proc_ssize_t>(points.size()), static_cast<utf8proc_option_t>(options), &boundary);
    points.resize(static_cast<std::size_t>(count));
    return points;
}

/// The last one of a decomposition joins what all before it make together.
void addComposition(Database& database, std::int32_t codePoint, Points parts)
{
    const std::int32_t second = parts.back();
    parts.pop_back();
    const auto composing = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (utf8proc_normalize_utf32(parts.data(), static_cast<utf8proc_ssize_t>(parts.size()), composing) != 1)
        return;
    std::int32_t pair[] = {parts[0], second};
    if (utf8proc_normalize_utf32(pair, 2, composing) == 1 && pair[0] == codePoint)
        database.compositions[{second, parts[0]}] = codePoint;
}

void addCharacter(Database& database, std::int32_t codePoint)
{
    const utf8proc_property_t& property = *utf8proc_get_property(codePoint);
    if (property.decomp_seqindex != none) {
        const bool canonical = property.decomp_type == 0;
        database.decompositions[codePoint] = decomposed(codePoint, UTF8PROC_DECOMPOSE | (canonical ? 0 : UTF8PROC_COMPAT));
        if (canonical)
            addComposition(database, codePoint, database.decompositions[codePoint]);
    }
    if (property.casefold_seqindex != none) {
        const Points folded = decomposed(codePoint, UTF8PROC_CASEFOLD);
        if (folded.size() == 1)
            database.shortFolds[codePoint] = folded[0] - codePoint;
        else
            database.longFolds[codePoint] = folded;
    }
    if (const auto lower = utf8proc_tolower(codePoint); lower != codePoint)
        database.lower[codePoint] = lower - codePoint;
}

Database readDatabase()
{
    Database database;
    for (std::int32_t c = 0; c < codePoints; ++c)
        if (c < 0xac00 || c > 0xd7a3)
            addCharacter(database, c);
    return database;
}

GraphemeClass graphemeClass(int boundary)
{
    using enum GraphemeClass;
    static const std::map<int, GraphemeClass> classes{
        {UTF8PROC_BOUNDCLASS_OTHER, Other}, {UTF8PROC_BOUNDCLASS_CR, CarriageReturn}, {UTF8PROC_BOUNDCLASS_LF, LineFeed}, {UTF8PROC_BOUNDCLASS_CONTROL, Control},
        {UTF8PROC_BOUNDCLASS_EXTEND, Extend}, {UTF8PROC_BOUNDCLASS_L, L}, {UTF8PROC_BOUNDCLASS_V, V}, {UTF8PROC_BOUNDCLASS_T, T},
        {UTF8PROC_BOUNDCLASS_LV, Lv}, {UTF8PROC_BOUNDCLASS_LVT, Lvt}, {UTF8PROC_BOUNDCLASS_REGIONAL_INDICATOR, RegionalIndicator},
        {UTF8PROC_BOUNDCLASS_SPACINGMARK, SpacingMark}, {UTF8PROC_BOUNDCLASS_PREPEND, Prepend}, {UTF8PROC_BOUNDCLASS_ZWJ, Joiner},
        {UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC, Pictographic}};
    return classes.at(boundary);
}

std::uint8_t traitsOf(const Database& database, std::int32_t c, const std::vector<bool>& composing)
{
    namespace trait = unicode::trait;
    int traits = database.lower.contains(c) ? trait::hasLower : 0;
    if (database.decompositions.contains(c))
        traits |= trait::decomposes | (utf8proc_get_property(c)->decomp_type != 0 ? trait::compatibleOnly : 0);
    traits |= database.shortFolds.contains(c) ? trait::folds : database.longFolds.contains(c) ? trait::foldsToSeveral : 0;
    return static_cast<std::uint8_t>(traits | (composing[static_cast<std::size_t>(c)] ? trait::composes : 0));
}

/// The tables as text.
class Writer {
public:
    template <typename T>
    void numbers(const std::string& declaration, const std::vector<T>& values)
    {
        begin(declaration);
        for (const T value : values)
            put(std::to_string(value));
        end();
    }

    void begin(const std::string& declaration) { m_text += "constexpr " + declaration + "[] = {\n"; }
    void put(const std::string& item)
    {
        if (m_text.size() + item.size() - m_line > 1000)
            newLine();
        m_text += item + ",";
    }
    void end()
    {
        newLine();
        m_text += "};\n";
        m_line = m_text.size();
    }
    std::string m_text;

private:
    void newLine()
    {
        m_text += "\n";
        m_line = m_text.size();
    }
    std::size_t m_line = 0;
};

/// Cuts @p values into blocks of @p size and keeps each kind once; returns the number of each block's kind.
template <typename T>
std::vector<std::size_t> shareBlocks(std::vector<T>& values, std::size_t size)
{
    std::map<std::vector<T>, std::size_t> kinds;
    std::vector<std::size_t> numbers;
    std::vector<T> kept;
    for (auto at = values.begin(); at != values.end(); at += static_cast<std::ptrdiff_t>(size)) {
        const std::vector<T> block(at, at + static_cast<std::ptrdiff_t>(size));
        const auto [kind, fresh] = kinds.emplace(block, kinds.size());
        if (fresh)
            kept.insert(kept.end(), block.begin(), block.end());
        numbers.push_back(kind->second);
    }
    values = kept;
    return numbers;
}

std::string braced(std::initializer_list<int> values)
{
    std::string text;
    for (const int value : values)
        text += (text.empty() ? "{" : ",") + std::to_string(value);
    return text + "}";
}

void writeRecords(Writer& writer, const Database& database)
{
    std::vector<bool> composing(codePoints);
    for (const auto& [pair, both] : database.compositions)
        composing[static_cast<std::size_t>(pair[0])] = true;
    std::map<std::string, std::uint8_t> records{{braced({0, 0, 0, 0}), 0}};
    std::vector<std::string> list{braced({0, 0, 0, 0})};
    std::vector<std::uint16_t> numbers;
    for (std::int32_t c = 0; c < codePoints; ++c) {
        const utf8proc_property_t& property = *utf8proc_get_property(c);
        const std::string record = braced({property.category, static_cast<int>(graphemeClass(property.boundclass)), property.combining_class, traitsOf(database, c, composing)});
        const auto [known, fresh] = records.emplace(record, static_cast<std::uint8_t>(list.size()));
        if (fresh)
            list.push_back(record);
        numbers.push_back(known->second);
    }
    if (list.size() > 256)
        throw std::runtime_error("There are more than 256 kinds of characters: a byte does not number them.");
    std::vector<std::size_t> blocks = shareBlocks(numbers, 32);
    const std::vector<std::size_t> pages = shareBlocks(blocks, 32);
    writer.numbers("std::uint8_t pages", pages);
    writer.numbers("std::uint16_t blocks", blocks);
    writer.numbers("std::uint8_t recordNumbers", numbers);
    writer.begin("CharacterRecord records");
    for (const std::string& record : list)
        writer.put("record" + ("(" + record.substr(1, record.size() - 2)) + ")");
    writer.end();
}

/// Only the code points that have the trait are looked up, so that a run reaches over those without it.
void writeShifts(Writer& writer, const std::string& name, const std::map<std::int32_t, std::int32_t>& shifts)
{
    writer.begin("Run " + name);
    std::int32_t last = 0;
    for (const auto& [codePoint, shift] : shifts) {
        if (shift != last)
            writer.put(braced({codePoint, shift}));
        last = shift;
    }
    writer.end();
}

Units utf16(const Points& points)
{
    Units units;
    for (const std::int32_t point : points)
        if (point < 0x10000) {
            units.push_back(static_cast<std::uint16_t>(point));
        } else {
            units.push_back(static_cast<std::uint16_t>(0xd800 + ((point - 0x10000) >> 10)));
            units.push_back(static_cast<std::uint16_t>(0xdc00 + (point & 0x3ff)));
        }
    return units;
}

/// All sequences in one row, the longest first, so that most of the short ones are found inside them.
class Sequences {
public:
    explicit Sequences(const Database& database)
    {
        std::vector<Units> all;
        for (const auto* map : {&database.decompositions, &database.longFolds})
            for (const auto& [codePoint, points] : *map)
                all.push_back(stored(points));
        std::stable_sort(all.begin(), all.end(), [](const Units& a, const Units& b) { return a.size() > b.size(); });
        for (const Units& units : all)
            if (std::search(m_units.begin(), m_units.end(), units.begin(), units.end()) == m_units.end())
                m_units.insert(m_units.end(), units.begin(), units.end());
        if (m_units.size() > 0x4000)
            throw std::runtime_error("The sequences are too many for entries of 16 bits.");
    }

    [[nodiscard]] const Units& units() const { return m_units; }
    [[nodiscard]] std::uint16_t entry(const Points& points) const
    {
        const Units units = stored(points);
        const auto place = std::search(m_units.begin(), m_units.end(), units.begin(), units.end()) - m_units.begin();
        return static_cast<std::uint16_t>(place | static_cast<std::ptrdiff_t>(units.size() > 3 ? 0 : units.size() << 14));
    }

private:
    static Units stored(const Points& points)
    {
        Units units = utf16(points);
        if (units.size() > 3)
            units.insert(units.begin(), static_cast<std::uint16_t>(units.size()));
        return units;
    }
    Units m_units;
};

void writeSequences(Writer& writer, const std::string& name, const std::map<std::int32_t, Points>& map, const Sequences& sequences)
{
    Units entries;
    std::int32_t last = -1;
    writer.begin("Run " + name + "Runs");
    for (const auto& [codePoint, points] : map) {
        if (codePoint != last + 1)
            writer.put(braced({codePoint, static_cast<int>(entries.size())}));
        last = codePoint;
        entries.push_back(sequences.entry(points));
    }
    writer.end();
    writer.numbers("std::uint16_t " + name + "Entries", entries);
}

void writePairs(Writer& writer, const std::string& declaration, const Database& database, bool wide)
{
    writer.begin(declaration);
    for (const auto& [pair, both] : database.compositions)
        if ((pair[0] >= 0x10000) == wide)
            writer.put(braced({pair[1], pair[0], both}));
    writer.end();
}

} // namespace

std::string characterDataFile()
{
    const Database database = readDatabase();
    const Sequences sequences(database);
    Writer writer;
    writer.m_text = std::string("// SPDX-License") + "-Identifier: Apache-2.0\n"
                    "// Unicode " + tablesUnicode + ", as utf8proc knows it. Made by tests/tokenizers/CharacterDataFile.cpp; not to be edited.\n"
                    "// clang-format off\n";
    writeRecords(writer, database);
    writeShifts(writer, "lowerRuns", database.lower);
    writeShifts(writer, "foldShifts", database.shortFolds);
    writeSequences(writer, "fold", database.longFolds, sequences);
    writeSequences(writer, "decomposition", database.decompositions, sequences);
    writer.numbers("std::uint16_t sequences", sequences.units());
    writePairs(writer, "Pair<std::uint16_t> pairs", database, false);
    writePairs(writer, "Pair<std::int32_t> widePairs", database, true);
    return writer.m_text;
}

} // namespace espalier
