// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/RowIndex.h"

#include "engine/data/Varint.h"

namespace espalier {

void RowIndex::add(std::uint32_t row)
{
    if (m_size % perBlock == 0)
        m_blocks.push_back({row, m_distances.size()});
    else
        putVarint(m_distances, row - m_last);
    m_last = row;
    ++m_size;
}

std::uint32_t RowIndex::operator[](std::size_t position) const
{
    return Walk(*this, position).next();
}

RowIndex::Walk::Walk(const RowIndex& index, std::size_t position) : m_index(&index), m_position(position)
{
    if (index.range() || position >= index.size())
        return;
    m_position = position - position % perBlock;
    while (m_position < position)
        next();
}

std::uint32_t RowIndex::Walk::next()
{
    const RowIndex& index = *m_index;
    if (index.range())
        return index.m_first + static_cast<std::uint32_t>(m_position++);
    if (m_position++ % perBlock == 0) {
        const Block& block = index.m_blocks[(m_position - 1) / perBlock];
        m_byte = block.byte;
        return m_row = block.row;
    }
    std::string_view rest = std::string_view(index.m_distances).substr(m_byte);
    const std::size_t before = rest.size();
    m_row += static_cast<std::uint32_t>(takeVarint(rest));
    m_byte += before - rest.size();
    return m_row;
}

} // namespace espalier
