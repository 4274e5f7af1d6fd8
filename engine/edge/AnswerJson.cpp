// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/AnswerJson.h"

#include "engine/core/Entities.h"

#include <algorithm>
#include <cmath>

namespace espalier::edge {
namespace {

/// Six decimals: more than the arithmetic is good for, and short lines. Not a number becomes null.
double rounded(float probability) { return std::round(static_cast<double>(probability) * 1e6) / 1e6; }

/// Every label from the package's threshold on, the likeliest first.
Json labelList(const Session& session, const Classification& answer)
{
    std::vector<std::pair<float, std::size_t>> given;
    for (std::size_t i = 0; i < answer.probabilities.size(); ++i)
        if (static_cast<double>(answer.probabilities[i]) >= session.threshold())
            given.emplace_back(-answer.probabilities[i], i);
    std::sort(given.begin(), given.end());
    Json labels = Json::array();
    for (const auto& [negative, index] : given)
        labels.push_back({{"label", session.labels()[index]}, {"score", rounded(-negative)}});
    return labels;
}

/// The text's entities with their bytes in it; an entity's score is that of its least certain word.
Json entityList(const Session& session, std::string_view text, const Classification& answer)
{
    const std::size_t columns = session.labels().size();
    std::vector<std::string_view> tags;
    std::vector<float> scores;
    for (std::size_t w = 0; w < answer.words.size(); ++w) {
        const auto row = answer.probabilities.subspan(w * columns, columns);
        tags.push_back(session.labels()[bestOf(row)]);
        scores.push_back(row[bestOf(row)]);
    }
    Json entities = Json::array();
    for (const Entity& entity : entitiesOf(tags)) {
        const std::uint32_t begin = answer.words[entity.first].begin;
        const std::uint32_t end = answer.words[entity.last].end;
        const float score = *std::min_element(scores.begin() + static_cast<std::ptrdiff_t>(entity.first), scores.begin() + static_cast<std::ptrdiff_t>(entity.last) + 1);
        entities.push_back({{"type", entity.type}, {"begin", begin}, {"end", end}, {"text", std::string(text.substr(begin, end - begin))}, {"score", rounded(score)}});
    }
    return entities;
}

} // namespace

Json answerJson(const Session& session, std::string_view text, const Classification& answer, const AnswerOptions& options)
{
    Json line;
    if (session.task() == Task::SingleLabel)
        line = {{"label", session.labels()[answer.label]}, {"score", rounded(answer.probabilities[answer.label])}};
    else if (session.task() == Task::MultiLabel)
        line = {{"labels", labelList(session, answer)}};
    else
        line = {{"entities", entityList(session, text, answer)}};
    if (options.rejects && session.task() == Task::SingleLabel)
        line["in_scope"] = answer.inScope;
    if (options.text)
        line["text"] = std::string(text);
    if (options.all && session.task() != Task::TokenTags)
        for (std::size_t i = 0; i < answer.probabilities.size(); ++i)
            line["probabilities"][session.labels()[i]] = rounded(answer.probabilities[i]);
    if (options.all && session.task() == Task::TokenTags)
        line["tags"] = session.answerText(answer);
    return line;
}

} // namespace espalier::edge
