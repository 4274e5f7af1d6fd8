// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/models/ByteTrie.h"

#include <algorithm>

namespace espalier {

ByteTrie::ByteTrie(std::vector<std::pair<std::string_view, std::int32_t>> entries)
{
    if (!std::is_sorted(entries.begin(), entries.end()))
        std::sort(entries.begin(), entries.end());
    /// The entries below a node, which share the node's path.
    struct Range {
        std::uint32_t node;
        std::size_t begin;
        std::size_t end;
    };
    std::vector<Range> level{{root, 0, entries.size()}};
    for (std::size_t depth = 0; !level.empty(); ++depth) {
        std::vector<Range> next;
        for (const auto& [node, begin, end] : level) {
            std::size_t at = begin;
            if (at < end && entries[at].first.size() == depth)
                m_nodes[node].value = entries[at++].second;
            m_nodes[node].children = static_cast<std::uint32_t>(m_nodes.size());
            while (at < end) {
                const char label = entries[at].first[depth];
                const std::size_t from = at;
                while (at < end && entries[at].first[depth] == label)
                    ++at;
                next.push_back({static_cast<std::uint32_t>(m_nodes.size()), from, at});
                m_nodes.push_back({0, 0, static_cast<std::uint8_t>(label), none});
                ++m_nodes[node].count;
            }
        }
        level = std::move(next);
    }
    for (std::uint32_t i = 0; i < m_nodes[root].count; ++i)
        m_first[m_nodes[m_nodes[root].children + i].label] = m_nodes[root].children + i;
}

std::uint32_t ByteTrie::walk(std::string_view text, std::uint32_t node) const
{
    for (std::size_t i = 0; i < text.size() && node != nowhere; ++i)
        node = step(node, text[i]);
    return node;
}

std::int32_t ByteTrie::find(std::string_view text) const
{
    const std::uint32_t node = walk(text);
    return node == nowhere ? none : valueAt(node);
}

} // namespace espalier
