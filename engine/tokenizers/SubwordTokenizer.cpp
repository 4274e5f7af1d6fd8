// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/SubwordTokenizer.h"

#include <algorithm>
#include <array>

namespace espalier {
namespace {

/// Work space beyond this many bytes of text is given back after the call that needed it.
constexpr std::size_t keptBytes = std::size_t{1} << 16;

struct KindOfModel {
    std::string_view model;
    std::string_view kind;
};
constexpr std::array<KindOfModel, 4> kinds{{{"WordPiece", "wordpiece"}, {"BPE", "bpe"}, {"Unigram", "unigram"}, {"WordLevel", "wordlevel"}}};

Result<int> maxLengthFrom(const Fields& fields)
{
    ESPALIER_TRY(const std::int64_t length, fields.integer("max_length"));
    if (length < 1 || length > Tokenizer::maxLengthLimit)
        return Error{ErrorCode::InvalidArgument, "A tokenizer's greatest length must be 1 to " + std::to_string(Tokenizer::maxLengthLimit) + " tokens.", {}, {}};
    return static_cast<int>(length);
}

} // namespace

class SubwordTokenizer::Lease {
public:
    explicit Lease(const SubwordTokenizer& owner) : m_owner(owner)
    {
        {
            const std::lock_guard lock(owner.m_mutex);
            if (!owner.m_spares.empty()) {
                space = std::move(owner.m_spares.back());
                owner.m_spares.pop_back();
            }
        }
        if (!space)
            space = std::make_unique<Workspace>();
    }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease()
    {
        space->work.shrink(keptBytes);
        const std::lock_guard lock(m_owner.m_mutex);
        m_owner.m_spares.push_back(std::move(space));
    }

    std::unique_ptr<Workspace> space;

private:
    const SubwordTokenizer& m_owner;
};

Result<std::shared_ptr<const TokenizerCore>> SubwordTokenizer::fromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "tokenizer"));
    ESPALIER_TRY(auto vocabulary, fields.texts("vocabulary"));
    return read(fields, std::move(vocabulary));
}

Result<std::shared_ptr<const TokenizerCore>> SubwordTokenizer::read(const Fields& fields, std::vector<std::string> vocabulary)
{
    const std::shared_ptr<SubwordTokenizer> core(new SubwordTokenizer());
    ESPALIER_CHECK(core->readParts(fields, std::move(vocabulary)));
    return std::shared_ptr<const TokenizerCore>(core);
}

Result<void> SubwordTokenizer::readParts(const Fields& fields, std::vector<std::string> tokens)
{
    m_spec = {.kind = {}, .normalization = "none", .lowercase = false};
    ESPALIER_TRY(m_spec.kind, fields.text("kind"));
    ESPALIER_TRY(m_source, fields.textOr("source", ""));
    ESPALIER_TRY(m_spec.maxLength, maxLengthFrom(fields));
    ESPALIER_TRY(m_vocabulary, SubwordVocabulary::fromJson(fields, std::move(tokens)));
    ESPALIER_TRY(m_normalizer, normalizerFromJson(fields.value("normalizer"), "tokenizer.normalizer"));
    ESPALIER_TRY(m_preTokenizer, preTokenizerFromJson(fields.value("pre_tokenizer"), "tokenizer.pre_tokenizer"));
    ESPALIER_TRY(const Fields model, fields.object("model"));
    ESPALIER_TRY(const std::string modelType, model.text("type"));
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const KindOfModel& k) { return k.kind == m_spec.kind; });
    if (kind == kinds.end() || kind->model != modelType)
        return Error{ErrorCode::InvalidFormat, "The field 'tokenizer.kind' does not go with a model of type '" + modelType + "'.", {}, {}};
    ESPALIER_TRY(m_model, subwordModelFromJson(model, m_vocabulary));
    ESPALIER_TRY(m_added, AddedTokens::fromJson(fields.value("added_tokens"), vocabulary().size(), m_normalizer.get()));
    ESPALIER_TRY(m_post, PostProcessor::fromJson(fields.value("post_processor"), vocabulary().size()));
    if (m_post.specials() >= static_cast<std::size_t>(m_spec.maxLength))
        return Error{ErrorCode::InvalidArgument, "A greatest length of " + std::to_string(m_spec.maxLength) + " leaves no room beside this tokenizer's " +
                                                     std::to_string(m_post.specials()) + " special tokens.", "Raise it.", {}};
    m_room = static_cast<std::size_t>(m_spec.maxLength) - m_post.specials();
    if (!m_added.anyNormalized())
        m_scanner = BertScanner::create(espalier::toJson(m_normalizer), espalier::toJson(m_preTokenizer));
    return {};
}

Json SubwordTokenizer::toJson() const
{
    Json json{{"kind", m_spec.kind},
              {"max_length", m_spec.maxLength},
              {"normalizer", espalier::toJson(m_normalizer)},
              {"pre_tokenizer", espalier::toJson(m_preTokenizer)},
              {"model", m_model->toJson()},
              {"added_tokens", m_added.toJson()},
              {"post_processor", m_post.toJson()}};
    if (!m_source.empty())
        json["source"] = m_source;
    m_vocabulary.addTo(json);
    return json;
}

void SubwordTokenizer::tokenize(std::string_view text, std::vector<Token>& tokens) const
{
    const Lease lease(*this);
    run(text, *lease.space);
    tokens = lease.space->tokens;
}

void SubwordTokenizer::encode(std::string_view text, std::vector<std::int32_t>& ids) const
{
    const Lease lease(*this);
    run(text, *lease.space);
    ids.clear();
    for (const Token& token : lease.space->tokens)
        ids.push_back(token.id);
    if (ids.empty())
        ids.push_back(Tokenizer::unknownId);
}

void SubwordTokenizer::pieces(std::string_view text, const std::function<void(std::string_view)>& use) const
{
    const Lease lease(*this);
    const PreTokenized& work = lease.space->work;
    text = text.substr(0, longestText);
    while (!text.empty()) {
        const std::size_t valid = unicode::validPrefix(text);
        prepare(text.substr(0, valid), 0, *lease.space);
        for (const TextPiece& piece : work.pieces)
            if (piece.token == TextPiece::open)
                use(work.viewOf(piece));
        text.remove_prefix(valid);
        text.remove_prefix(unicode::invalidPrefix(text));
    }
}

bool SubwordTokenizer::push(Token token, Workspace& space) const
{
    if (space.tokens.size() < m_room)
        space.tokens.push_back(token);
    return space.tokens.size() < m_room;
}

void SubwordTokenizer::run(std::string_view text, Workspace& space) const
{
    space.tokens.clear();
    text = text.substr(0, longestText);
    for (std::size_t at = 0; at < text.size() && space.tokens.size() < m_room;) {
        const std::size_t valid = unicode::validPrefix(text.substr(at));
        if (valid > 0)
            runValid(text.substr(at, valid), static_cast<std::uint32_t>(at), space);
        at += valid;
        const std::size_t invalid = unicode::invalidPrefix(text.substr(at));
        if (invalid > 0)
            push({Tokenizer::unknownId, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + invalid)}, space);
        at += invalid;
    }
    m_post.apply(space.tokens, vocabulary(), text);
}

/// Takes the added tokens out and does what stands between them.
void SubwordTokenizer::runValid(std::string_view text, std::uint32_t offset, Workspace& space) const
{
    m_added.findRaw(text, space.added);
    for (const TextPiece& piece : space.added) {
        if (space.tokens.size() >= m_room)
            return;
        const std::uint32_t begin = offset + piece.begin;
        if (piece.token != TextPiece::open)
            push({piece.token, begin, offset + piece.end}, space);
        else if (m_scanner)
            runQuickly(text.substr(piece.begin, piece.end - piece.begin), begin, space);
        else
            runPlain(text.substr(piece.begin, piece.end - piece.begin), begin, space);
    }
}

void SubwordTokenizer::runQuickly(std::string_view text, std::uint32_t offset, Workspace& space) const
{
    std::size_t mark = 0;
    m_scanner->scan(
        text, space.kinds, space.word,
        [&](std::string_view piece, std::size_t begin, std::size_t) { return addPlain(piece, offset + static_cast<std::uint32_t>(begin), space); },
        [&](std::size_t begin, std::size_t end) {
            space.tokens.resize(mark);
            runPlain(text.substr(begin, end - begin), offset + static_cast<std::uint32_t>(begin), space);
            return space.tokens.size() < m_room;
        },
        [&] { mark = space.tokens.size(); });
}

/// Normalises and cuts @p text into the workspace's pieces.
void SubwordTokenizer::prepare(std::string_view text, std::uint32_t offset, Workspace& space) const
{
    PreTokenized& work = space.work;
    work.clear();
    work.text.appendOriginal(text, offset);
    if (m_normalizer)
        m_normalizer->apply(work);
    m_added.findNormalized(work.text.view(), work.pieces);
    if (m_preTokenizer)
        m_preTokenizer->apply(work);
}

void SubwordTokenizer::runPlain(std::string_view text, std::uint32_t offset, Workspace& space) const
{
    prepare(text, offset, space);
    for (const TextPiece& piece : space.work.pieces)
        if (piece.begin < piece.end && !addTracked(piece, space))
            return;
}

/// Adds the tokens of a piece whose bytes come from anywhere. False when there is no more room.
bool SubwordTokenizer::addTracked(const TextPiece& piece, Workspace& space) const
{
    const TrackedText& text = space.work.text;
    if (piece.token != TextPiece::open) {
        const ByteSpan origin = text.originOf(piece.begin, piece.end);
        return push({piece.token, origin.begin, origin.end}, space);
    }
    const std::string_view view = space.work.viewOf(piece);
    const std::uint64_t hash = WordCache::hashOf(view);
    space.sub.clear();
    if (const WordCache::Slot* slot = space.cache.find(view, hash)) {
        for (std::uint32_t i = 0, begin = 0; i < slot->count; begin = slot->ends[i++])
            space.sub.push_back({slot->ids[i], begin, slot->ends[i]});
    } else {
        m_model->tokenize(view, space.scratch, space.sub);
        space.cache.remember(view, hash, space.sub);
    }
    for (const SubToken& token : space.sub) {
        const ByteSpan origin = text.originOf(piece.begin + token.begin, piece.begin + token.end);
        if (!push({token.id, origin.begin, origin.end}, space))
            return false;
    }
    return true;
}

/// Adds the tokens of a piece whose bytes stand side by side in the original, from @p begin on. False when there is no more room.
bool SubwordTokenizer::addPlain(std::string_view piece, std::uint32_t begin, Workspace& space) const
{
    const std::uint64_t hash = WordCache::hashOf(piece);
    if (const WordCache::Slot* slot = space.cache.find(piece, hash)) {
        for (std::uint32_t i = 0, from = 0; i < slot->count; from = slot->ends[i++])
            if (!push({slot->ids[i], begin + from, begin + slot->ends[i]}, space))
                return false;
        return true;
    }
    space.sub.clear();
    m_model->tokenize(piece, space.scratch, space.sub);
    space.cache.remember(piece, hash, space.sub);
    for (const SubToken& token : space.sub)
        if (!push({token.id, begin + token.begin, begin + token.end}, space))
            return false;
    return true;
}

} // namespace espalier
