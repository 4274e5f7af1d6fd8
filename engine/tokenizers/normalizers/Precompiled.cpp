// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/normalizers/CharsMap.h"
#include "engine/tokenizers/normalizers/Normalizers.h"
#include "engine/tokenizers/unicode/GraphemeBreaks.h"

namespace espalier {
namespace {

/// A longer grapheme is never looked up as a whole, nor does the reference.
constexpr std::size_t longestGrapheme = 5;

std::size_t countCharacters(std::string_view text)
{
    std::size_t count = 0;
    unicode::forEach(text, [&](std::int32_t, std::size_t) { ++count; });
    return count;
}

class Precompiled final : public Normalizer {
public:
    explicit Precompiled(CharsMap map, std::string encoded) : m_map(std::move(map)), m_encoded(std::move(encoded)) {}

    void apply(PreTokenized& work) const override
    {
        work.units.clear();
        const std::string_view text = work.text.view();
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t length = graphemeLength(text.substr(at));
            takeGrapheme(text.substr(at, length), work.units);
            at += length;
        }
        work.spare.clear();
        Rewrite rewrite(work.text, work.spare);
        for (const auto& unit : work.units)
            rewrite.put(unit.codePoint, unit.change);
        work.text.swap(work.spare);
    }
    [[nodiscard]] Json toJson() const override { return {{"type", "Precompiled"}, {"precompiled_charsmap", m_encoded}}; }

private:
    static std::size_t graphemeLength(std::string_view text)
    {
        std::size_t end = unicode::lengthOf(text.front());
        std::int32_t previous = unicode::decode(text);
        unicode::GraphemeBreaks breaks;
        while (end < text.size()) {
            const std::int32_t next = unicode::decode(text.substr(end));
            if (breaks.between(previous, next))
                break;
            previous = next;
            end += unicode::lengthOf(text[end]);
        }
        return end;
    }

    void takeGrapheme(std::string_view grapheme, std::vector<unicode::FormUnit>& units) const
    {
        if (grapheme.size() <= longestGrapheme && replace(grapheme, units))
            return;
        unicode::forEach(grapheme, [&](std::int32_t codePoint, std::size_t at) {
            if (!replace(grapheme.substr(at, unicode::lengthOf(grapheme[at])), units))
                units.push_back({codePoint, 0, 0});
        });
    }

    /// Puts the replacement of @p part. Where it is longer the last characters are new; where it is shorter the last one takes the rest in.
    bool replace(std::string_view part, std::vector<unicode::FormUnit>& units) const
    {
        const auto found = m_map.find(part);
        if (!found)
            return false;
        unicode::forEach(*found, [&](std::int32_t codePoint, std::size_t) { units.push_back({codePoint, 0, 0}); });
        const auto before = static_cast<std::ptrdiff_t>(countCharacters(part));
        const auto after = static_cast<std::ptrdiff_t>(countCharacters(*found));
        for (auto i = before; i < after; ++i)
            units[units.size() - 1 - static_cast<std::size_t>(i - before)].change = 1;
        if (after < before && !units.empty())
            units.back().change += static_cast<int>(after - before);
        return true;
    }

    CharsMap m_map;
    std::string m_encoded;
};

} // namespace

Result<NormalizerPtr> createPrecompiled(const Fields& fields)
{
    ESPALIER_TRY(std::string encoded, fields.text("precompiled_charsmap"));
    const auto bytes = decodeBase64(encoded);
    if (!bytes)
        return Error{ErrorCode::InvalidFormat, "The field '" + fields.path() + ".precompiled_charsmap' is not base64.", {}, {}};
    auto map = CharsMap::read(*bytes);
    if (!map)
        return map.error().within(fields.path());
    return NormalizerPtr(std::make_unique<Precompiled>(std::move(*map), std::move(encoded)));
}

} // namespace espalier
