// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/TokenSelection.h"

#include "engine/tokenizers/TokenNeeds.h"

#include <algorithm>
#include <unordered_map>

namespace espalier {
namespace {

/// Appends tokens to a ranking, each behind what it is merged from.
class Ranker {
public:
    Ranker(const TokenNeeds& needs, std::size_t tokens, TokenRanking& ranking) : m_needs(needs), m_state(tokens), m_ranking(ranking) {}

    void place(std::int32_t id, std::int64_t worth)
    {
        for (std::vector<std::int32_t> open{id}; !open.empty();) {
            const std::int32_t next = open.back();
            State& state = m_state[static_cast<std::size_t>(next)];
            const std::size_t before = open.size();
            if (state == State::New)
                for (const std::int32_t part : m_needs.parts(next))
                    if (m_state[static_cast<std::size_t>(part)] == State::New)
                        open.push_back(part);
            state = state == State::New ? State::Open : state;
            if (open.size() > before)
                continue;
            open.pop_back();
            if (state == State::Placed)
                continue;
            state = State::Placed;
            m_ranking.ids.push_back(next);
            m_ranking.worth.push_back(worth);
        }
    }

private:
    enum class State : std::uint8_t { New, Open, Placed };
    const TokenNeeds& m_needs;
    std::vector<State> m_state;
    TokenRanking& m_ranking;
};

/// Replaces the ids in @p list by the new ones; those that went go.
Json renumbered(const Json& list, const std::vector<std::int32_t>& newIds)
{
    Json kept = Json::array();
    for (const Json& id : list)
        if (const std::int32_t now = newIds[id.get<std::size_t>()]; now >= 0)
            kept.push_back(now);
    return kept;
}

Json keptMerges(const Json& merges, const std::vector<std::string>& tokens, const std::string& prefix, const std::vector<std::int32_t>& newIds)
{
    std::unordered_map<std::string_view, std::int32_t> ids;
    for (std::size_t id = 0; id < tokens.size(); ++id)
        ids.emplace(tokens[id], static_cast<std::int32_t>(id));
    Json kept = Json::array();
    for (std::size_t i = 0; i + 1 < merges.size(); i += 2) {
        const auto left = merges[i].get<std::size_t>();
        const auto right = merges[i + 1].get<std::size_t>();
        const auto made = ids.find(tokens[left] + tokens[right].substr(std::min(prefix.size(), tokens[right].size())));
        if (made == ids.end() || newIds[left] < 0 || newIds[right] < 0 || newIds[static_cast<std::size_t>(made->second)] < 0)
            continue;
        kept.push_back(newIds[left]);
        kept.push_back(newIds[right]);
    }
    return kept;
}

void keepInModel(Json& model, const std::vector<std::string>& tokens, std::span<const std::int32_t> ids, const std::vector<std::int32_t>& newIds)
{
    if (model.contains("merges"))
        model["merges"] = keptMerges(model["merges"], tokens, model.at("continuing_subword_prefix").get<std::string>(), newIds);
    if (!model.contains("scores"))
        return;
    Json scores = Json::array();
    for (const std::int32_t id : ids)
        scores.push_back(model["scores"][static_cast<std::size_t>(id)]);
    model["scores"] = std::move(scores);
}

} // namespace

TokenRanking rankTokens(const Tokenizer& tokenizer, std::span<const std::int64_t> counts)
{
    const TokenNeeds needs(tokenizer, counts);
    TokenRanking ranking;
    Ranker ranker(needs, counts.size(), ranking);
    std::vector<std::int32_t> rest;
    for (std::int32_t id = 0; id < static_cast<std::int32_t>(counts.size()); ++id)
        if (needs.required(id))
            ranker.place(id, INT64_MAX);
        else
            rest.push_back(id);
    ranking.required = ranking.ids.size();
    std::stable_sort(rest.begin(), rest.end(), [&](auto a, auto b) { return counts[static_cast<std::size_t>(a)] > counts[static_cast<std::size_t>(b)]; });
    for (const std::int32_t id : rest)
        ranker.place(id, counts[static_cast<std::size_t>(id)]);
    return ranking;
}

Result<Tokenizer> withTokensOnly(const Tokenizer& tokenizer, std::span<const std::int32_t> ids)
{
    const std::vector<std::string>& tokens = tokenizer.vocabulary();
    std::vector<std::int32_t> newIds(tokens.size(), -1);
    Json vocabulary = Json::array();
    Json fileIds = Json::array();
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto id = static_cast<std::size_t>(ids[i]);
        newIds[id] = static_cast<std::int32_t>(i);
        vocabulary.push_back(tokens[id]);
        if (!tokenizer.fileIds().empty())
            fileIds.push_back({i, tokenizer.fileIds()[id]});
    }
    Json json = tokenizer.toJson();
    json["vocabulary"] = std::move(vocabulary);
    if (!isSubword(tokenizer))
        return Tokenizer::fromJson(json);
    json["file_ids"] = std::move(fileIds);
    json["outside"] = renumbered(json.at("outside"), newIds);
    for (Json& token : json["added_tokens"])
        token["id"] = newIds[token.at("id").get<std::size_t>()];
    if (Json& post = json["post_processor"]; post.is_object())
        for (const char* side : {"before", "after"})
            post[side] = renumbered(post.at(side), newIds);
    keepInModel(json["model"], tokens, ids, newIds);
    return Tokenizer::fromJson(json);
}

} // namespace espalier
