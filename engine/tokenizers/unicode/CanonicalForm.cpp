// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/unicode/CanonicalForm.h"

#include "engine/tokenizers/unicode/CharacterData.h"
#include "engine/tokenizers/unicode/CharacterTables.h"

#include <algorithm>
#include <array>

namespace espalier::unicode {
namespace {

constexpr std::int32_t firstThatChanges = 0xa0; // below it a character is its own form in all four
constexpr std::int32_t diveAkuruVowelO = 0x11938; // decomposes since Unicode 13

int combiningClass(std::int32_t codePoint)
{
    if (codePoint < 0x300)
        return 0;
    const int known = characterRecord(codePoint).combiningClass;
    return known != 0 && within(notMark, codePoint) ? 0 : known;
}

void decompose(std::int32_t codePoint, bool compatible, std::vector<FormUnit>& units)
{
    if (codePoint < firstThatChanges || within(notDecomposed, codePoint)) {
        units.push_back({codePoint, 0, combiningClass(codePoint)});
        return;
    }
    std::array<std::int32_t, longestMapping> parts;
    const std::size_t count = mapCharacter(codePoint, {.decompose = true, .compatibility = compatible}, parts.data());
    for (std::size_t i = 0; i < count; ++i)
        units.push_back({parts[i], i > 0 ? 1 : 0, combiningClass(parts[i])});
}

/// Sorts each run of marks by combining class. The sort is stable and takes n log n, however many marks there are.
void orderMarks(std::vector<FormUnit>& units)
{
    const auto lower = [](const FormUnit& a, const FormUnit& b) { return a.combiningClass < b.combiningClass; };
    for (auto begin = units.begin(); begin != units.end();) {
        if (begin->combiningClass == 0) {
            ++begin;
            continue;
        }
        const auto end = std::find_if(begin, units.end(), [](const FormUnit& u) { return u.combiningClass == 0; });
        if (!std::is_sorted(begin, end, lower))
            std::stable_sort(begin, end, lower);
        begin = end;
    }
}

/// The character that @p first and @p second make together, or -1.
std::int32_t composition(std::int32_t first, std::int32_t second)
{
    const std::int32_t both = second < 0x300 ? -1 : composed(first, second);
    return both != diveAkuruVowelO ? both : -1;
}

/// Composes in place (UAX 15): each mark or letter joins the last starter unless one of its own class or higher stands between.
void compose(std::vector<FormUnit>& units)
{
    constexpr std::size_t none = SIZE_MAX;
    std::size_t starter = none;
    std::size_t out = 0;
    int lastClass = -1; // of what was put after the starter
    for (std::size_t i = 0; i < units.size(); ++i) {
        const FormUnit unit = units[i];
        if (starter != none && lastClass < (lastClass == -1 ? 0 : unit.combiningClass)) {
            if (const std::int32_t both = composition(units[starter].codePoint, unit.codePoint); both >= 0) {
                units[starter].codePoint = both;
                units[starter].change += unit.change - 1;
                continue;
            }
        }
        if (unit.combiningClass == 0)
            starter = out;
        if (starter != none)
            lastClass = unit.combiningClass == 0 ? -1 : unit.combiningClass;
        units[out++] = unit;
    }
    units.resize(out);
}

} // namespace

void appendForm(const TrackedText& text, Form form, std::vector<FormUnit>& units, TrackedText& to)
{
    units.clear();
    const bool compatible = form == Form::Nfkc || form == Form::Nfkd;
    forEach(text.view(), [&](std::int32_t codePoint, std::size_t) { decompose(codePoint, compatible, units); });
    orderMarks(units);
    if (form == Form::Nfc || form == Form::Nfkc)
        compose(units);
    Rewrite rewrite(text, to);
    for (const FormUnit& unit : units)
        rewrite.put(unit.codePoint, unit.change);
}

} // namespace espalier::unicode
