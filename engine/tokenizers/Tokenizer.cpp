// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/Tokenizer.h"

#include "engine/tokenizers/SpecCheck.h"

#include <unordered_map>

namespace espalier {

struct Tokenizer::State {
    TokenizerSpec spec;
    ResolvedSpec resolved;
    std::vector<std::string> vocabulary;
    std::unordered_map<std::string_view, std::int32_t> ids; ///< views of vocabulary

    [[nodiscard]] std::int32_t idOf(std::string_view piece) const
    {
        if (piece.empty())
            return unknownId;
        const auto it = ids.find(piece);
        return it == ids.end() ? unknownId : it->second;
    }
};

namespace {

/// Hands each piece to @p use until there are enough.
template <typename Use>
class LimitedSink final : public PieceSink {
public:
    LimitedSink(int limit, Use use) : m_left(limit), m_use(std::move(use)) {}
    bool take(const Piece& piece) override
    {
        m_use(piece);
        return --m_left > 0;
    }

private:
    int m_left;
    Use m_use;
};

Error badVocabulary(std::string why)
{
    return {ErrorCode::InvalidFormat, "The tokenizer's vocabulary cannot be used: " + std::move(why) + ".", {}, {}};
}

} // namespace

Tokenizer::Tokenizer(std::shared_ptr<const State> state) : m_state(std::move(state)) {}

Result<Tokenizer> Tokenizer::create(const TokenizerSpec& spec, std::vector<std::string> vocabulary)
{
    auto state = std::make_shared<State>();
    ESPALIER_TRY(state->resolved, resolveSpec(spec));
    if (vocabulary.size() < 2 || vocabulary[0] != "<pad>" || vocabulary[1] != "<unk>")
        return badVocabulary("its first two entries must be <pad> and <unk>");
    if (vocabulary.size() > static_cast<std::size_t>(INT32_MAX))
        return badVocabulary("it has more than 2^31 - 1 entries");
    state->spec = spec;
    state->vocabulary = std::move(vocabulary);
    state->ids.reserve(state->vocabulary.size());
    for (std::size_t id = 0; id < state->vocabulary.size(); ++id) {
        if (state->vocabulary[id].empty())
            return badVocabulary("entry " + std::to_string(id) + " is empty");
        if (!state->ids.emplace(state->vocabulary[id], static_cast<std::int32_t>(id)).second)
            return badVocabulary("'" + state->vocabulary[id] + "' stands twice");
    }
    return Tokenizer(std::move(state));
}

Result<Tokenizer> Tokenizer::fromJson(const Json& json)
{
    TokenizerSpec spec;
    ESPALIER_TRY(const Fields fields, Fields::of(json, "tokenizer"));
    ESPALIER_TRY(spec.kind, fields.text("kind"));
    ESPALIER_TRY(spec.normalization, fields.text("normalization"));
    ESPALIER_TRY(spec.lowercase, fields.boolean("lowercase"));
    ESPALIER_TRY(const std::int64_t maxLength, fields.integer("max_length"));
    // Checked before it is narrowed; create() states the range.
    spec.maxLength = maxLength < 1 || maxLength > maxLengthLimit ? 0 : static_cast<int>(maxLength);
    ESPALIER_TRY(auto vocabulary, fields.texts("vocabulary"));
    return create(spec, std::move(vocabulary));
}

Json Tokenizer::toJson() const
{
    const TokenizerSpec& s = m_state->spec;
    return {{"kind", s.kind}, {"normalization", s.normalization}, {"lowercase", s.lowercase}, {"max_length", s.maxLength},
            {"vocabulary", m_state->vocabulary}};
}

const TokenizerSpec& Tokenizer::spec() const { return m_state->spec; }

const std::vector<std::string>& Tokenizer::vocabulary() const { return m_state->vocabulary; }

std::vector<Token> Tokenizer::tokenize(std::string_view text) const
{
    std::vector<Token> tokens;
    LimitedSink sink(m_state->spec.maxLength,
                     [&](const Piece& piece) { tokens.push_back({m_state->idOf(piece.text), piece.begin, piece.end}); });
    m_state->resolved.preTokenize(text, m_state->resolved.normalizer, sink);
    return tokens;
}

void Tokenizer::encode(std::string_view text, std::vector<std::int32_t>& ids) const
{
    ids.clear();
    LimitedSink sink(m_state->spec.maxLength, [&](const Piece& piece) { ids.push_back(m_state->idOf(piece.text)); });
    m_state->resolved.preTokenize(text, m_state->resolved.normalizer, sink);
    if (ids.empty())
        ids.push_back(unknownId);
}

} // namespace espalier
