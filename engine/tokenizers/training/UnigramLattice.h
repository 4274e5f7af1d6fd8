// SPDX-License-Identifier: Apache-2.0
// UnigramLattice: all divisions of a piece into entries of a unigram model, and what learning asks about them. Private to the learners.
#pragma once

#include "engine/tokenizers/models/ByteTrie.h"
#include "engine/tokenizers/training/SubwordLearners.h"

namespace espalier {

struct UnigramEntry {
    std::string text;
    double score = 0; ///< logarithm of the probability
    bool single = false; ///< one character
};

class UnigramLattice {
public:
    static constexpr std::int32_t nothing = -1;

    /// @p entries outlive the lattice and hold every single character of the pieces.
    explicit UnigramLattice(const std::vector<UnigramEntry>& entries);

    /// Adds to @p expected, for each entry, @p weight times the expected number of its uses in @p piece (forward-backward algorithm).
    void addExpectations(std::string_view piece, double weight, std::vector<double>& expected) const;
    /// The likeliest division of @p piece that does without the entry @p banned. False when there is none.
    bool bestPath(std::string_view piece, std::int32_t banned, std::vector<std::int32_t>& path) const;

private:
    /// Calls @p use(end, id, score) for each entry that begins at @p begin.
    template <typename Use>
    void forEachAt(std::string_view piece, std::size_t begin, Use use) const
    {
        std::uint32_t node = ByteTrie::root;
        for (std::size_t end = begin; end < piece.size();) {
            node = m_trie.step(node, piece[end++]);
            if (node == ByteTrie::nowhere)
                return;
            if (const std::int32_t id = m_trie.valueAt(node); id != ByteTrie::none)
                use(end, id, m_entries[static_cast<std::size_t>(id)].score);
        }
    }

    const std::vector<UnigramEntry>& m_entries;
    ByteTrie m_trie;
};

} // namespace espalier
