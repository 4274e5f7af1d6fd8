// SPDX-License-Identifier: Apache-2.0
// PairMerger: words as rows of symbols, and the pair of neighbours that is seen most often in them, kept up to date while pairs are
// joined. Private to the learners.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace espalier {

class PairMerger {
public:
    struct Pair {
        std::int32_t left = 0;
        std::int32_t right = 0;
        std::int64_t count = 0;
    };

    void addWord(std::vector<std::int32_t> symbols, std::int64_t count);
    /// The most frequent pair; of equals the one with the lowest ids. Nothing when there are no pairs.
    std::optional<Pair> mostFrequent();
    /// Replaces every occurrence of the pair, from left to right, by @p symbol.
    void join(const Pair& pair, std::int32_t symbol);

private:
    struct Word {
        std::vector<std::int32_t> symbols;
        std::int64_t count = 0;
    };
    struct Entry {
        std::int64_t count = 0;
        std::vector<std::uint32_t> words; ///< that hold the pair, or held it
    };
    /// May be out of date; mostFrequent() checks.
    struct Candidate {
        std::int64_t count = 0;
        std::uint64_t key = 0;
        bool operator<(const Candidate& other) const { return count != other.count ? count < other.count : key > other.key; }
    };

    static std::uint64_t keyOf(std::int32_t left, std::int32_t right) { return static_cast<std::uint64_t>(left) << 32 | static_cast<std::uint32_t>(right); }
    void change(std::int32_t left, std::int32_t right, std::int64_t by, std::uint32_t word);
    void joinIn(std::uint32_t index, const Pair& pair, std::int32_t symbol);
    void propose(std::uint64_t key);

    std::vector<Word> m_words;
    std::unordered_map<std::uint64_t, Entry> m_pairs;
    std::vector<Candidate> m_heap;
    std::vector<std::uint64_t> m_touched;
};

} // namespace espalier
