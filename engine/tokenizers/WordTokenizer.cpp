// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/WordTokenizer.h"

namespace espalier {
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

Result<std::shared_ptr<const TokenizerCore>> WordTokenizer::create(const TokenizerSpec& spec, std::vector<std::string> vocabulary)
{
    const std::shared_ptr<WordTokenizer> core(new WordTokenizer());
    ESPALIER_TRY(core->m_resolved, resolveSpec(spec));
    if (vocabulary.size() < 2 || vocabulary[0] != "<pad>" || vocabulary[1] != "<unk>")
        return badVocabulary("its first two entries must be <pad> and <unk>");
    if (vocabulary.size() > static_cast<std::size_t>(INT32_MAX))
        return badVocabulary("it has more than 2^31 - 1 entries");
    core->m_spec = spec;
    core->m_vocabulary = std::move(vocabulary);
    core->m_ids.reserve(core->m_vocabulary.size());
    for (std::size_t id = 0; id < core->m_vocabulary.size(); ++id) {
        const std::string& text = core->m_vocabulary[id];
        if (text.empty())
            return badVocabulary("entry " + std::to_string(id) + " is empty");
        if (!core->m_ids.emplace(text, static_cast<std::int32_t>(id)).second)
            return badVocabulary("'" + text + "' stands twice");
    }
    return std::shared_ptr<const TokenizerCore>(core);
}

Result<std::shared_ptr<const TokenizerCore>> WordTokenizer::read(const Fields& fields, std::vector<std::string> vocabulary)
{
    TokenizerSpec spec;
    ESPALIER_TRY(spec.kind, fields.text("kind"));
    ESPALIER_TRY(spec.normalization, fields.text("normalization"));
    ESPALIER_TRY(spec.lowercase, fields.boolean("lowercase"));
    ESPALIER_TRY(const std::int64_t maxLength, fields.integer("max_length"));
    // Checked before it is narrowed; create() states the range.
    spec.maxLength = maxLength < 1 || maxLength > Tokenizer::maxLengthLimit ? 0 : static_cast<int>(maxLength);
    return create(spec, std::move(vocabulary));
}

Json WordTokenizer::toJson() const
{
    return {{"kind", m_spec.kind}, {"normalization", m_spec.normalization}, {"lowercase", m_spec.lowercase}, {"max_length", m_spec.maxLength},
            {"vocabulary", m_vocabulary}};
}

std::int32_t WordTokenizer::idOf(std::string_view piece) const
{
    if (piece.empty())
        return Tokenizer::unknownId;
    const auto it = m_ids.find(piece);
    return it == m_ids.end() ? Tokenizer::unknownId : it->second;
}

void WordTokenizer::tokenize(std::string_view text, std::vector<Token>& tokens) const
{
    tokens.clear();
    LimitedSink sink(m_spec.maxLength, [&](const Piece& piece) { tokens.push_back({idOf(piece.text), piece.begin, piece.end}); });
    m_resolved.preTokenize(text, m_resolved.normalizer, sink);
}

void WordTokenizer::encode(std::string_view text, std::vector<std::int32_t>& ids) const
{
    ids.clear();
    LimitedSink sink(m_spec.maxLength, [&](const Piece& piece) { ids.push_back(idOf(piece.text)); });
    m_resolved.preTokenize(text, m_resolved.normalizer, sink);
    if (ids.empty())
        ids.push_back(Tokenizer::unknownId);
}

} // namespace espalier
