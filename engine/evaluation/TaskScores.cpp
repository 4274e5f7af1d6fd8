// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/TaskScores.h"

#include "engine/core/Entities.h"

#include <algorithm>
#include <map>

namespace espalier {
namespace {

struct Counts {
    std::int64_t actual = 0;
    std::int64_t predicted = 0;
    std::int64_t hits = 0;
};

ClassScore scoreOf(const std::string& label, const Counts& counts)
{
    const auto share = [&](std::int64_t of) { return of > 0 ? static_cast<double>(counts.hits) / static_cast<double>(of) : 0.0; };
    ClassScore score{label, share(counts.predicted), share(counts.actual), 0, counts.actual};
    if (counts.actual + counts.predicted > 0)
        score.f1 = 2 * static_cast<double>(counts.hits) / static_cast<double>(counts.actual + counts.predicted);
    return score;
}

std::string_view tagOf(std::int64_t index, const std::vector<std::string>& tags)
{
    return index >= 0 && index < static_cast<std::int64_t>(tags.size()) ? std::string_view(tags[static_cast<std::size_t>(index)]) : std::string_view("O");
}

/// Adds one sentence's entities to @p counts.
void countEntities(const std::vector<std::string_view>& truth, const std::vector<std::string_view>& found, std::map<std::string, Counts>& counts)
{
    const auto expected = entitiesOf(truth);
    for (const Entity& entity : expected)
        ++counts[std::string(entity.type)].actual;
    for (const Entity& entity : entitiesOf(found)) {
        Counts& type = counts[std::string(entity.type)];
        ++type.predicted;
        type.hits += std::find(expected.begin(), expected.end(), entity) != expected.end() ? 1 : 0;
    }
}

} // namespace

LabelScores labelScores(const Predictions& predictions, const EncodedExamples& examples, const std::vector<std::string>& labels, double threshold)
{
    std::vector<Counts> counts(labels.size());
    std::vector<std::int32_t> buffer;
    LabelScores scores;
    std::size_t exact = 0;
    for (std::size_t i = 0; i < examples.targets.size(); ++i) {
        const auto truth = examples.targets.read(i, buffer);
        bool same = true;
        for (std::size_t k = 0; k < labels.size(); ++k) {
            const bool actual = std::find(truth.begin(), truth.end(), static_cast<std::int32_t>(k)) != truth.end();
            const bool given = static_cast<double>(predictions.probabilities[i * labels.size() + k]) >= threshold;
            counts[k].actual += actual;
            counts[k].predicted += given;
            counts[k].hits += actual && given;
            same = same && actual == given;
        }
        exact += same;
        scores.hits.push_back({same ? 1 : 0, 1});
    }
    Counts all;
    std::size_t seen = 0;
    for (std::size_t k = 0; k < labels.size(); ++k) {
        scores.classes.push_back(scoreOf(labels[k], counts[k]));
        all = {all.actual + counts[k].actual, all.predicted + counts[k].predicted, all.hits + counts[k].hits};
        scores.macroF1 += scores.classes.back().f1;
        seen += counts[k].actual + counts[k].predicted > 0 ? 1 : 0;
    }
    scores.microF1 = scoreOf({}, all).f1;
    scores.macroF1 = seen > 0 ? scores.macroF1 / static_cast<double>(seen) : 0;
    scores.subsetAccuracy = examples.targets.empty() ? 0 : static_cast<double>(exact) / static_cast<double>(examples.targets.size());
    return scores;
}

double bestThreshold(const Predictions& predictions, const EncodedExamples& examples, std::size_t classes)
{
    std::vector<std::pair<float, bool>> decisions; ///< probability, and whether the label is true
    decisions.reserve(predictions.probabilities.size());
    for (const float probability : predictions.probabilities)
        decisions.emplace_back(probability, false);
    std::vector<std::int32_t> buffer;
    std::int64_t actual = 0;
    for (std::size_t i = 0; i < examples.targets.size(); ++i)
        for (const std::int32_t label : examples.targets.read(i, buffer)) {
            decisions[i * classes + static_cast<std::size_t>(label)].second = true;
            ++actual;
        }
    std::sort(decisions.begin(), decisions.end(), std::greater<>());
    double best = 0;
    double threshold = 0.5;
    Counts counts{.actual = actual};
    for (std::size_t i = 0; i < decisions.size(); ++i) {
        ++counts.predicted;
        counts.hits += decisions[i].second;
        const float next = i + 1 < decisions.size() ? decisions[i + 1].first : 0.0F;
        if (const double f1 = scoreOf({}, counts).f1; f1 > best && next < decisions[i].first) {
            best = f1;
            threshold = (static_cast<double>(decisions[i].first) + static_cast<double>(next)) / 2;
        }
    }
    return threshold;
}

EntityScores entityScores(const Predictions& predictions, const EncodedExamples& examples, const std::vector<std::string>& tags)
{
    std::map<std::string, Counts> counts;
    std::vector<std::int32_t> buffer;
    std::size_t word = 0;
    std::size_t right = 0;
    EntityScores scores;
    for (std::size_t i = 0; i < examples.targets.size(); ++i) {
        std::vector<std::string_view> truth;
        std::vector<std::string_view> found;
        const std::size_t rightBefore = right;
        for (const std::int32_t tag : examples.targets.read(i, buffer)) {
            truth.push_back(tagOf(tag, tags));
            found.push_back(tagOf(predictions.classes[word++], tags));
            right += truth.back() == found.back();
        }
        countEntities(truth, found, counts);
        scores.hits.push_back({static_cast<std::int64_t>(right - rightBefore), static_cast<std::int64_t>(truth.size())});
    }
    Counts all;
    for (const auto& [type, own] : counts) {
        scores.types.push_back(scoreOf(type, own));
        all = {all.actual + own.actual, all.predicted + own.predicted, all.hits + own.hits};
    }
    scores.total = scoreOf({}, all);
    scores.wordAccuracy = word > 0 ? static_cast<double>(right) / static_cast<double>(word) : 0;
    return scores;
}

} // namespace espalier
