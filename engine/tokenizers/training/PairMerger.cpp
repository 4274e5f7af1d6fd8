// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/training/PairMerger.h"

#include <algorithm>

namespace espalier {

void PairMerger::addWord(std::vector<std::int32_t> symbols, std::int64_t count)
{
    const auto index = static_cast<std::uint32_t>(m_words.size());
    for (std::size_t i = 0; i + 1 < symbols.size(); ++i)
        change(symbols[i], symbols[i + 1], count, index);
    m_words.push_back({std::move(symbols), count});
}

void PairMerger::change(std::int32_t left, std::int32_t right, std::int64_t by, std::uint32_t word)
{
    const std::uint64_t key = keyOf(left, right);
    Entry& entry = m_pairs[key];
    entry.count += by;
    if (by > 0 && (entry.words.empty() || entry.words.back() != word))
        entry.words.push_back(word);
    if (by > 0)
        m_touched.push_back(key);
}

void PairMerger::propose(std::uint64_t key)
{
    const std::int64_t count = m_pairs[key].count;
    if (count <= 0)
        return;
    m_heap.push_back({count, key});
    std::push_heap(m_heap.begin(), m_heap.end());
}

std::optional<PairMerger::Pair> PairMerger::mostFrequent()
{
    std::sort(m_touched.begin(), m_touched.end());
    m_touched.erase(std::unique(m_touched.begin(), m_touched.end()), m_touched.end());
    for (const std::uint64_t key : m_touched)
        propose(key);
    m_touched.clear();
    while (!m_heap.empty()) {
        std::pop_heap(m_heap.begin(), m_heap.end());
        const Candidate best = m_heap.back();
        m_heap.pop_back();
        const std::int64_t now = m_pairs[best.key].count;
        if (now == best.count)
            return Pair{static_cast<std::int32_t>(best.key >> 32), static_cast<std::int32_t>(best.key & UINT32_MAX), now};
        if (now < best.count) // it lost occurrences to another pair; a gain was proposed anew
            propose(best.key);
    }
    return std::nullopt;
}

void PairMerger::join(const Pair& pair, std::int32_t symbol)
{
    const std::vector<std::uint32_t> words = std::move(m_pairs[keyOf(pair.left, pair.right)].words);
    m_pairs[keyOf(pair.left, pair.right)].words.clear();
    for (const std::uint32_t index : words)
        joinIn(index, pair, symbol);
    m_pairs.erase(keyOf(pair.left, pair.right));
}

void PairMerger::joinIn(std::uint32_t index, const Pair& pair, std::int32_t symbol)
{
    auto& symbols = m_words[index].symbols;
    const std::int64_t count = m_words[index].count;
    std::size_t out = 0;
    for (std::size_t i = 0; i < symbols.size(); ++out) {
        const bool found = symbols[i] == pair.left && i + 1 < symbols.size() && symbols[i + 1] == pair.right;
        if (!found) {
            symbols[out] = symbols[i++];
            continue;
        }
        if (out > 0) {
            change(symbols[out - 1], pair.left, -count, index);
            change(symbols[out - 1], symbol, count, index);
        }
        if (i + 2 < symbols.size()) {
            change(pair.right, symbols[i + 2], -count, index);
            change(symbol, symbols[i + 2], count, index);
        }
        symbols[out] = symbol;
        i += 2;
    }
    symbols.resize(out);
}

} // namespace espalier
