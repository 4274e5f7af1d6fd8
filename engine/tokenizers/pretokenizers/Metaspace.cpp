// SPDX-License-Identifier: Apache-2.0
// SentencePiece's way with spaces: each becomes a visible mark at the front of the word that follows.
#include "engine/tokenizers/PartReader.h"
#include "engine/tokenizers/pretokenizers/PreTokenizers.h"

#include <algorithm>
#include <array>

namespace espalier {
namespace {

enum class Prepend { Always, First, Never };
constexpr std::array<std::string_view, 3> prependNames{"always", "first", "never"};

class Metaspace final : public PreTokenizerPart {
public:
    Metaspace(std::string mark, Prepend prepend, bool cut) : m_mark(std::move(mark)), m_code(unicode::decode(m_mark)), m_prepend(prepend), m_cut(cut) {}

    void apply(PreTokenized& work) const override
    {
        work.rewrite([&](const TextPiece& piece, TrackedText& to) {
            if (wantsMark(work, piece))
                to.append(m_mark, work.text.originOf(piece.begin));
            unicode::forEach(work.viewOf(piece), [&](std::int32_t codePoint, std::size_t at) {
                to.append(codePoint == ' ' ? m_code : codePoint, work.text.originOf(piece.begin + at));
            });
        });
        if (m_cut)
            work.splitAt(SplitBehavior::MergedWithNext, [this](std::int32_t c) { return c == m_code; });
    }
    [[nodiscard]] Json toJson() const override
    {
        return {{"type", "Metaspace"}, {"replacement", m_mark}, {"prepend_scheme", prependNames[static_cast<std::size_t>(m_prepend)]}, {"split", m_cut}};
    }

private:
    bool wantsMark(const PreTokenized& work, const TextPiece& piece) const
    {
        const std::string_view text = work.viewOf(piece);
        if (text.empty() || text.starts_with(' ') || text.starts_with(m_mark))
            return false;
        return m_prepend == Prepend::Always || (m_prepend == Prepend::First && work.text.originOf(piece.begin).begin == 0);
    }

    std::string m_mark;
    std::int32_t m_code;
    Prepend m_prepend;
    bool m_cut;
};

/// The scheme; older files say add_prefix_space instead.
Result<Prepend> prependScheme(const Fields& fields)
{
    ESPALIER_TRY(const bool prefix, flagOr(fields, "add_prefix_space", true));
    ESPALIER_TRY(const std::string name, fields.textOr("prepend_scheme", prefix ? "always" : "never"));
    const auto it = std::find(prependNames.begin(), prependNames.end(), name);
    if (it == prependNames.end())
        return unsupportedField(fields, "prepend_scheme", "'" + name + "'");
    return static_cast<Prepend>(it - prependNames.begin());
}

} // namespace

Result<std::string> oneCharacter(const Fields& fields, std::string_view name)
{
    ESPALIER_TRY(std::string text, fields.text(name));
    const bool one = !text.empty() && unicode::validPrefix(text) == text.size() && unicode::lengthOf(text.front()) == text.size();
    if (!one)
        return Error{ErrorCode::InvalidFormat, "The field '" + fields.path() + "." + std::string(name) + "' must be one character.", {}, {}};
    return text;
}

Result<PreTokenizerPtr> createMetaspace(const Fields& fields)
{
    ESPALIER_TRY(std::string mark, oneCharacter(fields, "replacement"));
    ESPALIER_TRY(const Prepend prepend, prependScheme(fields));
    ESPALIER_TRY(const bool cut, flagOr(fields, "split", true));
    return PreTokenizerPtr(std::make_unique<Metaspace>(std::move(mark), prepend, cut));
}

} // namespace espalier
