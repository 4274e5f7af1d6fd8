// SPDX-License-Identifier: Apache-2.0
// The pre-tokenisers that cut at characters of a kind, and the sequence of others.
#include "engine/tokenizers/PartReader.h"
#include "engine/tokenizers/pretokenizers/PreTokenizers.h"
#include "engine/tokenizers/unicode/CharacterClass.h"

namespace espalier {
namespace {

class BertPreTokenizer final : public PreTokenizerPart {
public:
    void apply(PreTokenized& work) const override
    {
        work.splitAt(SplitBehavior::Removed, unicode::isWhitespace);
        work.splitAt(SplitBehavior::Isolated, unicode::isPunctuation);
    }
    [[nodiscard]] Json toJson() const override { return {{"type", "BertPreTokenizer"}}; }
};

/// Runs of word characters, and runs of what is neither that nor white space.
class Whitespace final : public PreTokenizerPart {
public:
    void apply(PreTokenized& work) const override
    {
        work.split(SplitBehavior::Removed, [](std::string_view piece, std::vector<PatternMatch>& matches) {
            unicode::forEach(piece, [&, last = 0](std::int32_t codePoint, std::size_t at) mutable {
                const int kind = unicode::isWord(codePoint) ? 1 : unicode::isWhitespace(codePoint) ? 2 : 3;
                const std::size_t end = at + unicode::lengthOf(piece[at]);
                if (kind == last)
                    matches.back().end = end;
                else
                    matches.push_back({at, end, kind == 2});
                last = kind;
            });
        });
    }
    [[nodiscard]] Json toJson() const override { return {{"type", "Whitespace"}}; }
};

class WhitespaceSplit final : public PreTokenizerPart {
public:
    void apply(PreTokenized& work) const override { work.splitAt(SplitBehavior::Removed, unicode::isWhitespace); }
    [[nodiscard]] Json toJson() const override { return {{"type", "WhitespaceSplit"}}; }
};

class Punctuation final : public PreTokenizerPart {
public:
    explicit Punctuation(SplitBehavior behavior) : m_behavior(behavior) {}
    void apply(PreTokenized& work) const override { work.splitAt(m_behavior, unicode::isPunctuation); }
    [[nodiscard]] Json toJson() const override { return {{"type", "Punctuation"}, {"behavior", splitBehaviorName(m_behavior)}}; }

private:
    SplitBehavior m_behavior;
};

class Digits final : public PreTokenizerPart {
public:
    explicit Digits(bool individual) : m_individual(individual) {}
    void apply(PreTokenized& work) const override
    {
        work.splitAt(m_individual ? SplitBehavior::Isolated : SplitBehavior::Contiguous, unicode::isNumeric);
    }
    [[nodiscard]] Json toJson() const override { return {{"type", "Digits"}, {"individual_digits", m_individual}}; }

private:
    bool m_individual;
};

class CharDelimiterSplit final : public PreTokenizerPart {
public:
    explicit CharDelimiterSplit(std::string delimiter) : m_text(std::move(delimiter)), m_delimiter(unicode::decode(m_text)) {}
    void apply(PreTokenized& work) const override
    {
        work.splitAt(SplitBehavior::Removed, [this](std::int32_t c) { return c == m_delimiter; });
    }
    [[nodiscard]] Json toJson() const override { return {{"type", "CharDelimiterSplit"}, {"delimiter", m_text}}; }

private:
    std::string m_text;
    std::int32_t m_delimiter;
};

class PreTokenizerSequence final : public PreTokenizerPart {
public:
    explicit PreTokenizerSequence(std::vector<PreTokenizerPtr> parts) : m_parts(std::move(parts)) {}

    void apply(PreTokenized& work) const override
    {
        for (const auto& part : m_parts)
            part->apply(work);
    }
    [[nodiscard]] Json toJson() const override
    {
        Json parts = Json::array();
        for (const auto& part : m_parts)
            parts.push_back(part->toJson());
        return {{"type", "Sequence"}, {"pretokenizers", std::move(parts)}};
    }

private:
    std::vector<PreTokenizerPtr> m_parts;
};

} // namespace

Result<PreTokenizerPtr> createBertPreTokenizer(const Fields&)
{
    return PreTokenizerPtr(std::make_unique<BertPreTokenizer>());
}

Result<PreTokenizerPtr> createWhitespace(const Fields&)
{
    return PreTokenizerPtr(std::make_unique<Whitespace>());
}

Result<PreTokenizerPtr> createWhitespaceSplit(const Fields&)
{
    return PreTokenizerPtr(std::make_unique<WhitespaceSplit>());
}

Result<PreTokenizerPtr> createPunctuation(const Fields& fields)
{
    ESPALIER_TRY(const std::string name, fields.textOr("behavior", "Isolated"));
    const auto behavior = splitBehaviorFromName(name);
    if (!behavior)
        return unsupportedField(fields, "behavior", "'" + name + "'");
    return PreTokenizerPtr(std::make_unique<Punctuation>(*behavior));
}

Result<PreTokenizerPtr> createDigits(const Fields& fields)
{
    ESPALIER_TRY(const bool individual, fields.boolean("individual_digits"));
    return PreTokenizerPtr(std::make_unique<Digits>(individual));
}

Result<PreTokenizerPtr> createCharDelimiterSplit(const Fields& fields)
{
    ESPALIER_TRY(std::string delimiter, oneCharacter(fields, "delimiter"));
    return PreTokenizerPtr(std::make_unique<CharDelimiterSplit>(std::move(delimiter)));
}

Result<PreTokenizerPtr> createPreTokenizerSequence(const Fields& fields)
{
    ESPALIER_TRY(auto parts, partsFromJson<PreTokenizerPtr>(fields, "pretokenizers", preTokenizerFromJson));
    return PreTokenizerPtr(std::make_unique<PreTokenizerSequence>(std::move(parts)));
}

} // namespace espalier
