// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/models/Merges.h"

#include <algorithm>

namespace espalier {
namespace {

Error badMerge(std::size_t number, const std::string& why)
{
    return {ErrorCode::InvalidFormat, "Merge " + std::to_string(number) + " of the tokenizer cannot be used: " + why + ".", {}, {}};
}

bool before(const Merge& a, const Merge& b)
{
    return a.left != b.left ? a.left < b.left : a.right < b.right;
}

} // namespace

Result<Merges> Merges::create(const std::vector<std::int64_t>& pairs, const SubwordVocabulary& vocabulary, std::size_t prefixBytes)
{
    const auto size = static_cast<std::int64_t>(vocabulary.tokens().size());
    Merges merges;
    std::string joined;
    for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) {
        const std::size_t number = i / 2 + 1;
        for (const std::int64_t id : {pairs[i], pairs[i + 1]})
            if (id < 0 || id >= size || !vocabulary.isInModel(static_cast<std::int32_t>(id)))
                return badMerge(number, "the id " + std::to_string(id) + " is not in the model's vocabulary");
        const std::string& left = vocabulary.tokens()[static_cast<std::size_t>(pairs[i])];
        const std::string& right = vocabulary.tokens()[static_cast<std::size_t>(pairs[i + 1])];
        joined = left;
        joined.append(right, std::min(prefixBytes, right.size()));
        const std::int32_t result = vocabulary.trie().find(joined);
        if (result == ByteTrie::none)
            return badMerge(number, "'" + joined + "' is not in the model's vocabulary");
        merges.m_merges.push_back({static_cast<std::int32_t>(pairs[i]), static_cast<std::int32_t>(pairs[i + 1]), static_cast<std::uint32_t>(number - 1), result});
    }
    // Of a pair that stands twice the later one counts.
    auto& list = merges.m_merges;
    std::sort(list.begin(), list.end(), [](const Merge& a, const Merge& b) { return before(a, b) || (!before(b, a) && a.rank > b.rank); });
    list.erase(std::unique(list.begin(), list.end(), [](const Merge& a, const Merge& b) { return a.left == b.left && a.right == b.right; }), list.end());
    merges.m_firstOf.assign(vocabulary.tokens().size() + 1, 0);
    for (const Merge& merge : list)
        ++merges.m_firstOf[static_cast<std::size_t>(merge.left) + 1];
    for (std::size_t i = 1; i < merges.m_firstOf.size(); ++i)
        merges.m_firstOf[i] += merges.m_firstOf[i - 1];
    return merges;
}

const Merge* Merges::find(std::int32_t left, std::int32_t right) const
{
    const auto begin = m_merges.begin() + m_firstOf[static_cast<std::size_t>(left)];
    const auto end = m_merges.begin() + m_firstOf[static_cast<std::size_t>(left) + 1];
    const auto it = std::lower_bound(begin, end, right, [](const Merge& merge, std::int32_t id) { return merge.right < id; });
    return it != end && it->right == right ? &*it : nullptr;
}

Json Merges::toJson() const
{
    std::vector<const Merge*> order;
    for (const Merge& merge : m_merges)
        order.push_back(&merge);
    std::sort(order.begin(), order.end(), [](const Merge* a, const Merge* b) { return a->rank < b->rank; });
    Json pairs = Json::array();
    for (const Merge* merge : order) {
        pairs.push_back(merge->left);
        pairs.push_back(merge->right);
    }
    return pairs;
}

} // namespace espalier
