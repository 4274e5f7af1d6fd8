// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/text/PreTokenized.h"

#include <algorithm>
#include <array>

namespace espalier {
namespace {

constexpr std::array<std::string_view, 5> behaviorNames{"Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"};

} // namespace

std::optional<SplitBehavior> splitBehaviorFromName(std::string_view name)
{
    const auto it = std::find(behaviorNames.begin(), behaviorNames.end(), name);
    if (it == behaviorNames.end())
        return std::nullopt;
    return static_cast<SplitBehavior>(it - behaviorNames.begin());
}

std::string_view splitBehaviorName(SplitBehavior behavior)
{
    return behaviorNames[static_cast<std::size_t>(behavior)];
}

void PreTokenized::clear()
{
    text.clear();
    pieces.clear();
}

void PreTokenized::shrink(std::size_t bytes)
{
    text.shrink(bytes);
    spare.shrink(bytes);
    if (pieces.capacity() > bytes || m_matches.capacity() > bytes || units.capacity() > bytes) {
        pieces = {};
        m_pieces = {};
        m_matches = {};
        units = {};
    }
}

/// Joins neighbouring stretches as @p behavior asks; afterwards every stretch is a piece.
void PreTokenized::merge(SplitBehavior behavior)
{
    std::vector<PatternMatch>& m = m_matches;
    const bool backwards = behavior == SplitBehavior::MergedWithNext;
    if (backwards)
        std::reverse(m.begin(), m.end());
    std::size_t out = 0;
    bool previous = false;
    for (std::size_t i = 0; i < m.size(); ++i) {
        const PatternMatch match = m[i];
        const bool joins = behavior == SplitBehavior::Contiguous ? match.matches == previous : match.matches && !previous;
        previous = match.matches;
        if (!joins || out == 0)
            m[out++] = match;
        else if (backwards)
            m[out - 1].begin = match.begin;
        else
            m[out - 1].end = match.end;
    }
    m.resize(out);
    if (backwards)
        std::reverse(m.begin(), m.end());
}

void PreTokenized::cut(const TextPiece& piece, SplitBehavior behavior)
{
    if (behavior != SplitBehavior::Removed && behavior != SplitBehavior::Isolated)
        merge(behavior);
    for (const PatternMatch& match : m_matches)
        if (match.begin < match.end && !(match.matches && behavior == SplitBehavior::Removed))
            m_pieces.push_back({piece.begin + static_cast<std::uint32_t>(match.begin), piece.begin + static_cast<std::uint32_t>(match.end), TextPiece::open});
}

} // namespace espalier
