// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/VocabularyCutter.h"

#include "engine/training/TokenRows.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace espalier {

namespace {

constexpr std::size_t curvePoints = 60;
constexpr std::size_t cancelEvery = 256; ///< rows

Error refused(std::string why, std::string remedy)
{
    return {ErrorCode::InvalidArgument, std::move(why), std::move(remedy), {}};
}

Result<std::vector<std::int64_t>> countTokens(const Tokenizer& tokenizer, const ExampleTable& examples, const RunContext& context)
{
    std::vector<std::int64_t> counts(tokenizer.vocabulary().size());
    std::vector<std::int32_t> ids;
    std::size_t rows = 0;
    auto reader = examples.reader();
    while (const RowView* row = reader.next()) {
        if (++rows % cancelEvery == 0 && context.cancelled())
            return cancelledError();
        tokenizer.encode(row->text, ids);
        for (const std::int32_t id : ids)
            ++counts[static_cast<std::size_t>(id)];
    }
    return counts;
}

double shareOf(std::int64_t part, std::int64_t whole)
{
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::int64_t sumOf(const std::vector<std::int64_t>& counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

/// Sizes to say what goes at: all the way, closer together where they are small, and where the lowest frequencies end.
std::set<std::size_t> sizesToShow(const TokenRanking& ranking)
{
    std::set<std::size_t> sizes;
    const std::size_t most = ranking.ids.size();
    for (std::size_t i = 0; i <= curvePoints; ++i) {
        const double part = static_cast<double>(i) / curvePoints;
        sizes.insert(ranking.required + static_cast<std::size_t>(part * part * static_cast<double>(most - ranking.required)));
    }
    std::size_t ends = 0;
    for (std::size_t size = most; size > ranking.required + 1 && ends < curvePoints; --size)
        if (ranking.worth[size - 1] != ranking.worth[size - 2]) {
            sizes.insert(size - 1);
            ++ends;
        }
    return sizes;
}

} // namespace

Result<VocabularyCutter> VocabularyCutter::create(const Checkpoint& checkpoint, const Splits& splits, const RunContext& context)
{
    if (!tokenTable(checkpoint.model))
        return refused("The vocabulary of hashed n-grams cannot be cut: their buckets are computed from token ids, which a cut would change.",
                       "Give the Tokenizer node a least frequency or a largest vocabulary, and train again.");
    Counts counts;
    ESPALIER_TRY(counts.train, countTokens(checkpoint.tokenizer, splits.train, context));
    ESPALIER_TRY(counts.validation, countTokens(checkpoint.tokenizer, splits.validation, context));
    if (sumOf(counts.train) == 0)
        return refused("The training part has no text to cut the vocabulary to.", "Connect the splits that the model was trained on.");
    TokenRanking ranking = rankTokens(checkpoint.tokenizer, counts.train);
    return VocabularyCutter(checkpoint, std::move(counts), std::move(ranking));
}

VocabularyProfile VocabularyCutter::profile() const
{
    const auto& tokens = m_checkpoint->tokenizer.vocabulary();
    VocabularyProfile profile{.kind = m_checkpoint->tokenizer.spec().kind,
                              .tokens = static_cast<std::int64_t>(tokens.size()),
                              .required = static_cast<std::int64_t>(m_ranking.required),
                              .curve = {},
                              .vanishing = {}};
    const std::int64_t train = sumOf(m_counts.train);
    const std::int64_t validation = sumOf(m_counts.validation);
    std::int64_t keptTrain = -m_counts.train[Tokenizer::unknownId]; // it is kept, and yet unknown
    std::int64_t keptValidation = -m_counts.validation[Tokenizer::unknownId];
    std::size_t kept = 0;
    for (const std::size_t size : sizesToShow(m_ranking)) {
        for (; kept < size; ++kept) {
            keptTrain += m_counts.train[static_cast<std::size_t>(m_ranking.ids[kept])];
            keptValidation += m_counts.validation[static_cast<std::size_t>(m_ranking.ids[kept])];
        }
        profile.curve.push_back({static_cast<std::int64_t>(size), shareOf(train - keptTrain, train), shareOf(validation - keptValidation, validation)});
    }
    for (std::size_t i = m_ranking.ids.size(); i > m_ranking.required && profile.vanishing.size() < VocabularyProfile::shown; --i)
        profile.vanishing.push_back({tokens[static_cast<std::size_t>(m_ranking.ids[i - 1])], m_ranking.worth[i - 1]});
    return profile;
}

Result<std::size_t> VocabularyCutter::keptWithin(const VocabularyLimits& limits) const
{
    if (limits.minFrequency < 1 || limits.maxVocabulary < 0)
        return refused("The least frequency must be at least 1, and the largest vocabulary 0 or more.", {});
    const auto rare = std::find_if(m_ranking.worth.begin(), m_ranking.worth.end(), [&](std::int64_t worth) { return worth < limits.minFrequency; });
    auto kept = static_cast<std::size_t>(rare - m_ranking.worth.begin());
    const auto most = m_ranking.required < m_ranking.worth.size() ? m_ranking.worth[m_ranking.required] : 0;
    if (kept == m_ranking.required && kept < m_ranking.ids.size())
        return refused("No token would be left but the " + std::to_string(kept) + " that must stay: the most frequent one is seen " + std::to_string(most) +
                           " times in the training part.",
                       "Lower the least frequency, " + std::to_string(limits.minFrequency) + ".");
    if (limits.maxVocabulary > 0 && limits.maxVocabulary <= static_cast<std::int64_t>(m_ranking.required))
        return refused("A vocabulary of " + std::to_string(limits.maxVocabulary) + " tokens has no room beside the " + std::to_string(m_ranking.required) +
                           " that must stay: special tokens, and what others are spelt with.",
                       "Raise the largest vocabulary above that, or take 0 for no limit.");
    if (limits.maxVocabulary > 0)
        kept = std::min(kept, static_cast<std::size_t>(limits.maxVocabulary));
    return kept;
}

Result<Checkpoint> VocabularyCutter::cut(const VocabularyLimits& limits) const
{
    ESPALIER_TRY(const std::size_t kept, keptWithin(limits));
    std::vector<std::int32_t> ids(m_ranking.ids.begin(), m_ranking.ids.begin() + static_cast<std::ptrdiff_t>(kept));
    std::sort(ids.begin(), ids.end());
    ESPALIER_TRY(Tokenizer tokenizer, withTokensOnly(m_checkpoint->tokenizer, ids));
    Checkpoint made = withTokens(*m_checkpoint, ids, std::move(tokenizer));
    made.requantize();
    return made;
}

Result<double> unknownShare(const Tokenizer& tokenizer, const ExampleTable& examples, const RunContext& context)
{
    ESPALIER_TRY(const auto counts, countTokens(tokenizer, examples, context));
    return shareOf(counts[Tokenizer::unknownId], sumOf(counts));
}

} // namespace espalier
