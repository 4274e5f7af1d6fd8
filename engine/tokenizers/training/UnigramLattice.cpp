// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/training/UnigramLattice.h"

#include "engine/tokenizers/unicode/Utf8.h"

#include <algorithm>
#include <cmath>

namespace espalier {
namespace {

double logAdd(double a, double b)
{
    if (a < b)
        std::swap(a, b);
    return std::isinf(b) ? a : a + std::log1p(std::exp(b - a));
}

ByteTrie trieOf(const std::vector<UnigramEntry>& entries)
{
    std::vector<std::pair<std::string_view, std::int32_t>> list;
    list.reserve(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i)
        list.emplace_back(entries[i].text, static_cast<std::int32_t>(i));
    return ByteTrie(std::move(list));
}

} // namespace

UnigramLattice::UnigramLattice(const std::vector<UnigramEntry>& entries) : m_entries(entries), m_trie(trieOf(entries)) {}

void UnigramLattice::addExpectations(std::string_view piece, double weight, std::vector<double>& expected) const
{
    // Logarithms of the probability of all divisions up to a byte, and from it on.
    std::vector<double> before(piece.size() + 1, -INFINITY);
    std::vector<double> behind(piece.size() + 1, -INFINITY);
    before[0] = 0;
    behind[piece.size()] = 0;
    for (std::size_t begin = 0; begin < piece.size(); ++begin)
        if (!unicode::isContinuation(piece[begin]))
            forEachAt(piece, begin, [&](std::size_t end, std::int32_t, double score) { before[end] = logAdd(before[end], before[begin] + score); });
    for (std::size_t begin = piece.size(); begin-- > 0;)
        if (!unicode::isContinuation(piece[begin]))
            forEachAt(piece, begin, [&](std::size_t end, std::int32_t, double score) { behind[begin] = logAdd(behind[begin], behind[end] + score); });
    const double all = before[piece.size()];
    for (std::size_t begin = 0; begin < piece.size(); ++begin)
        if (!unicode::isContinuation(piece[begin]))
            forEachAt(piece, begin, [&](std::size_t end, std::int32_t id, double score) {
                expected[static_cast<std::size_t>(id)] += weight * std::exp(before[begin] + score + behind[end] - all);
            });
}

bool UnigramLattice::bestPath(std::string_view piece, std::int32_t banned, std::vector<std::int32_t>& path) const
{
    struct Best {
        double score = -INFINITY;
        std::size_t begin = 0;
        std::int32_t id = nothing;
    };
    std::vector<Best> best(piece.size() + 1);
    best[0].score = 0;
    for (std::size_t begin = 0; begin < piece.size(); ++begin) {
        if (std::isinf(best[begin].score))
            continue;
        forEachAt(piece, begin, [&](std::size_t end, std::int32_t id, double score) {
            if (id != banned && best[begin].score + score > best[end].score)
                best[end] = {best[begin].score + score, begin, id};
        });
    }
    path.clear();
    if (best[piece.size()].id == nothing)
        return false;
    for (std::size_t end = piece.size(); end > 0; end = best[end].begin)
        path.push_back(best[end].id);
    std::reverse(path.begin(), path.end());
    return true;
}

} // namespace espalier
