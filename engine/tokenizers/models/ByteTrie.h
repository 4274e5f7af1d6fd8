// SPDX-License-Identifier: Apache-2.0
// ByteTrie: a set of byte strings, each with a value, that can be walked a byte at a time: finds the longest entry at a place in
// a text in one pass, and every entry that begins there. Built in time and memory linear in the bytes of its entries.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace espalier {

class ByteTrie {
public:
    static constexpr std::uint32_t root = 0;
    static constexpr std::uint32_t nowhere = UINT32_MAX;
    static constexpr std::int32_t none = -1;

    ByteTrie() = default;
    /// @p entries must be distinct and not empty; values are not negative.
    explicit ByteTrie(std::vector<std::pair<std::string_view, std::int32_t>> entries);

    /// The node behind @p node by way of @p byte, or nowhere.
    [[nodiscard]] std::uint32_t step(std::uint32_t node, char byte) const
    {
        const Node& from = m_nodes[node];
        const auto label = static_cast<unsigned char>(byte);
        if (node == root)
            return m_first[label];
        std::uint32_t low = from.children;
        std::uint32_t high = low + from.count;
        while (low < high) {
            const std::uint32_t middle = (low + high) / 2;
            if (m_nodes[middle].label < label)
                low = middle + 1;
            else
                high = middle;
        }
        return low < from.children + from.count && m_nodes[low].label == label ? low : nowhere;
    }
    [[nodiscard]] std::int32_t valueAt(std::uint32_t node) const { return m_nodes[node].value; }
    /// The node that @p text leads to from @p node, or nowhere.
    [[nodiscard]] std::uint32_t walk(std::string_view text, std::uint32_t node = root) const;
    /// The value of @p text, or none.
    [[nodiscard]] std::int32_t find(std::string_view text) const;

private:
    struct Node {
        std::uint32_t children = 0; ///< the first; they stand side by side, sorted by label
        std::uint16_t count = 0;
        std::uint8_t label = 0;
        std::int32_t value = none;
    };
    std::vector<Node> m_nodes{Node{}};
    std::vector<std::uint32_t> m_first = std::vector<std::uint32_t>(256, nowhere); ///< the root's children by label
};

} // namespace espalier
