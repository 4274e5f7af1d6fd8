// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/pretokenizers/ByteLevel.h"

#include "engine/tokenizers/PartReader.h"
#include "engine/tokenizers/pretokenizers/PatternScanner.h"
#include "engine/tokenizers/pretokenizers/PreTokenizers.h"

#include <array>

namespace espalier {
namespace {

constexpr bool isVisible(int byte)
{
    return (byte >= '!' && byte <= '~') || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
}

/// Visible Latin-1 characters stand for themselves; the others follow from 256 on, in order.
constexpr auto letters = [] {
    std::array<std::int32_t, 256> table{};
    std::int32_t next = 256;
    for (int byte = 0; byte < 256; ++byte)
        table[static_cast<std::size_t>(byte)] = isVisible(byte) ? byte : next++;
    return table;
}();
static_assert(letters[' '] == letterOfSpace);

class ByteLevel final : public PreTokenizerPart {
public:
    ByteLevel(bool prefix, bool cut) : m_prefix(prefix), m_cut(cut) {}

    void apply(PreTokenized& work) const override
    {
        if (m_prefix)
            prefixSpace(work);
        if (m_cut)
            work.split(SplitBehavior::Isolated, [](std::string_view piece, auto& matches) { findPattern(WordPattern::Gpt2, piece, matches); });
        work.rewrite([&work](const TextPiece& piece, TrackedText& to) {
            for (std::size_t at = piece.begin; at < piece.end; ++at)
                to.append(letterOfByte(static_cast<unsigned char>(work.text.view()[at])), work.text.originOf(at));
        });
    }
    [[nodiscard]] Json toJson() const override
    {
        return {{"type", "ByteLevel"}, {"add_prefix_space", m_prefix}, {"use_regex", m_cut}};
    }

private:
    static void prefixSpace(PreTokenized& work)
    {
        work.rewrite([&work](const TextPiece& piece, TrackedText& to) {
            if (!work.viewOf(piece).starts_with(' '))
                to.append(" ", work.text.originOf(piece.begin));
            to.append(work.text, piece.begin, piece.end);
        });
    }

    bool m_prefix;
    bool m_cut;
};

} // namespace

std::int32_t letterOfByte(unsigned char byte)
{
    return letters[byte];
}

Result<PreTokenizerPtr> createByteLevel(const Fields& fields)
{
    ESPALIER_TRY(const bool prefix, fields.boolean("add_prefix_space"));
    ESPALIER_TRY(const bool cut, fields.booleanOr("use_regex", true));
    return PreTokenizerPtr(std::make_unique<ByteLevel>(prefix, cut));
}

} // namespace espalier
