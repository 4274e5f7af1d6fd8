// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/training/TokenizerLearner.h"

#include "engine/tokenizers/SubwordTokenizer.h"
#include "engine/tokenizers/training/SubwordLearners.h"
#include "engine/tokenizers/training/SubwordRecipes.h"

#include <algorithm>
#include <unordered_map>

namespace espalier {

class TokenizerLearner::Impl {
public:
    virtual ~Impl() = default;
    virtual void add(std::string_view sentence) = 0;
    virtual Result<Tokenizer> finish(const RunContext& context) = 0;
};

class TokenizerLearner::Words final : public Impl {
public:
    Words(const TokenizerSpec& spec, const LearnerOptions& options, VocabularyBuilder builder) : m_spec(spec), m_options(options), m_builder(std::move(builder)) {}
    void add(std::string_view sentence) override { m_builder.add(sentence); }
    Result<Tokenizer> finish(const RunContext&) override
    {
        return Tokenizer::create(m_spec, m_builder.build(m_options.minFrequency, m_options.maxVocabulary));
    }

private:
    TokenizerSpec m_spec;
    LearnerOptions m_options;
    VocabularyBuilder m_builder;
};

/// Counts what the normaliser and pre-tokeniser hand to the model, then lets the recipe learn from it.
class TokenizerLearner::Subwords final : public Impl {
public:
    Subwords(const SubwordRecipe& recipe, Json frame, SubwordOptions options, std::shared_ptr<const SubwordTokenizer> cutter)
        : m_recipe(recipe), m_frame(std::move(frame)), m_options(options), m_cutter(std::move(cutter))
    {
    }

    void add(std::string_view sentence) override
    {
        m_cutter->pieces(sentence, [this](std::string_view piece) { ++m_counts[std::string(piece)]; });
    }

    Result<Tokenizer> finish(const RunContext& context) override
    {
        std::vector<CountedPiece> pieces;
        for (const auto& [text, count] : m_counts)
            pieces.push_back({text, count});
        std::sort(pieces.begin(), pieces.end(), [](const CountedPiece& a, const CountedPiece& b) { return a.text < b.text; });
        if (pieces.empty())
            return Error{ErrorCode::InvalidArgument, "There is no text to learn a vocabulary from.", "Check the training part.", {}};
        ESPALIER_TRY(LearntSubwords learnt, m_recipe.learn(pieces, m_options, context));
        Json json = m_frame;
        json["vocabulary"] = std::move(learnt.vocabulary);
        json["outside"] = std::move(learnt.outside);
        json["model"] = std::move(learnt.model);
        return Tokenizer::fromJson(json);
    }

private:
    const SubwordRecipe& m_recipe;
    Json m_frame;
    SubwordOptions m_options;
    std::shared_ptr<const SubwordTokenizer> m_cutter;
    std::unordered_map<std::string, std::int64_t> m_counts;
};

TokenizerLearner::TokenizerLearner(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
TokenizerLearner::TokenizerLearner(TokenizerLearner&&) noexcept = default;
TokenizerLearner& TokenizerLearner::operator=(TokenizerLearner&&) noexcept = default;
TokenizerLearner::~TokenizerLearner() = default;

Result<TokenizerLearner> TokenizerLearner::create(const TokenizerSpec& spec, const LearnerOptions& options)
{
    const SubwordRecipe* recipe = subwordRecipes().find(spec.kind);
    if (!recipe) {
        ESPALIER_TRY(VocabularyBuilder builder, VocabularyBuilder::create(spec));
        return TokenizerLearner(std::make_unique<Words>(spec, options, std::move(builder)));
    }
    if (options.maxVocabulary < leastSubwords || options.maxVocabulary > INT32_MAX)
        return Error{ErrorCode::InvalidArgument, "A vocabulary of subwords needs a size of at least " + std::to_string(leastSubwords) + ".", {}, {}};
    ESPALIER_TRY(Json frame, frameOf(*recipe, spec));
    ESPALIER_TRY(auto cutter, SubwordTokenizer::fromJson(cutterOf(frame)));
    const SubwordOptions learning{options.minFrequency, static_cast<std::size_t>(options.maxVocabulary)};
    return TokenizerLearner(std::make_unique<Subwords>(*recipe, std::move(frame), learning, std::static_pointer_cast<const SubwordTokenizer>(cutter)));
}

void TokenizerLearner::add(std::string_view sentence)
{
    m_impl->add(sentence);
}

Result<Tokenizer> TokenizerLearner::finish(const RunContext& context)
{
    return m_impl->finish(context);
}

} // namespace espalier
