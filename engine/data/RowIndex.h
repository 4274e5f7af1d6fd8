// SPDX-License-Identifier: GPL-3.0-or-later
// RowIndex: an ascending list of row numbers, repeats allowed, in about a byte each: which rows of a store a table shows.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace espalier {

class RowIndex {
public:
    static constexpr std::size_t perBlock = 64;

    RowIndex() = default;
    /// @p count rows from @p first on; takes no memory.
    RowIndex(std::uint32_t first, std::size_t count) : m_first(first), m_size(count) {}

    /// @p row is no smaller than the one added before.
    void add(std::uint32_t row);
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] std::uint32_t operator[](std::size_t position) const;

    /// Walks from a position on, quicker than by operator[].
    class Walk {
    public:
        Walk(const RowIndex& index, std::size_t position);
        /// The row at the position; then goes on. Must not be called at the end.
        std::uint32_t next();

    private:
        const RowIndex* m_index;
        std::size_t m_position;
        std::size_t m_byte = 0;
        std::uint32_t m_row = 0;
    };

private:
    [[nodiscard]] bool range() const { return m_blocks.empty(); }

    struct Block {
        std::uint32_t row = 0;   ///< the first one's number
        std::size_t byte = 0;    ///< where the distances of the others begin
    };
    std::uint32_t m_first = 0;
    std::size_t m_size = 0;
    std::uint32_t m_last = 0;
    std::vector<Block> m_blocks;
    std::string m_distances;
};

} // namespace espalier
