// SPDX-License-Identifier: Apache-2.0
// Merges: the pairs of tokens that byte-pair encoding joins, in the order in which they were learnt. Looked up by binary search, so that
// no choice of pairs makes it slow.
#pragma once

#include "engine/tokenizers/SubwordVocabulary.h"

namespace espalier {

struct Merge {
    std::int32_t left = 0;
    std::int32_t right = 0;
    std::uint32_t rank = 0;
    std::int32_t result = 0;
};

class Merges {
public:
    /// @p pairs: left and right ids by turns, first merge first. The result of each is the entry that both spell together, without the
    /// @p prefixBytes at the front of the right one. InvalidFormat when an id or a result is not in the vocabulary.
    static Result<Merges> create(const std::vector<std::int64_t>& pairs, const SubwordVocabulary& vocabulary, std::size_t prefixBytes);

    [[nodiscard]] const Merge* find(std::int32_t left, std::int32_t right) const;
    [[nodiscard]] Json toJson() const;

private:
    std::vector<Merge> m_merges;         ///< by left, then right
    std::vector<std::uint32_t> m_firstOf; ///< by left id: where its merges begin; one more at the end
};

} // namespace espalier
