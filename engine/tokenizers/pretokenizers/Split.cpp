// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/PartReader.h"
#include "engine/tokenizers/pretokenizers/PatternScanner.h"
#include "engine/tokenizers/pretokenizers/PreTokenizers.h"

namespace espalier {
namespace {

/// Cuts at a text, or at one of the known word patterns.
class Split final : public PreTokenizerPart {
public:
    Split(std::string text, std::optional<WordPattern> pattern, SplitBehavior behavior, bool invert)
        : m_text(std::move(text)), m_pattern(pattern), m_behavior(behavior), m_invert(invert)
    {
    }

    void apply(PreTokenized& work) const override
    {
        work.split(m_behavior, [this](std::string_view piece, std::vector<PatternMatch>& matches) {
            if (m_pattern)
                findPattern(*m_pattern, piece, matches);
            else
                findText(piece, matches);
            if (m_invert)
                for (PatternMatch& match : matches)
                    match.matches = !match.matches;
        });
    }
    [[nodiscard]] Json toJson() const override
    {
        const Json pattern = m_pattern ? Json{{"Regex", expressionOf(*m_pattern)}} : Json{{"String", m_text}};
        return {{"type", "Split"}, {"pattern", pattern}, {"behavior", splitBehaviorName(m_behavior)}, {"invert", m_invert}};
    }

private:
    void findText(std::string_view piece, std::vector<PatternMatch>& matches) const
    {
        std::size_t last = 0;
        for (auto at = piece.find(m_text); at != std::string_view::npos; at = piece.find(m_text, last)) {
            if (last < at)
                matches.push_back({last, at, false});
            last = at + m_text.size();
            matches.push_back({at, last, true});
        }
        if (last < piece.size())
            matches.push_back({last, piece.size(), false});
    }

    std::string m_text;
    std::optional<WordPattern> m_pattern;
    SplitBehavior m_behavior;
    bool m_invert;
};

} // namespace

Result<PreTokenizerPtr> createSplit(const Fields& fields)
{
    ESPALIER_TRY(const Fields pattern, fields.object("pattern"));
    ESPALIER_TRY(const std::string behaviorName, fields.text("behavior"));
    ESPALIER_TRY(const bool invert, fields.booleanOr("invert", false));
    const auto behavior = splitBehaviorFromName(behaviorName);
    if (!behavior)
        return unsupportedField(fields, "behavior", "'" + behaviorName + "'");
    if (pattern.has("Regex")) {
        ESPALIER_TRY(const std::string expression, pattern.text("Regex"));
        const auto known = wordPatternFromExpression(expression);
        if (!known)
            return unsupportedField(fields, "pattern", "the regular expression " + expression);
        return PreTokenizerPtr(std::make_unique<Split>(std::string(), known, *behavior, invert));
    }
    ESPALIER_TRY(std::string text, searchText(pattern, "String"));
    return PreTokenizerPtr(std::make_unique<Split>(std::move(text), std::nullopt, *behavior, invert));
}

} // namespace espalier
