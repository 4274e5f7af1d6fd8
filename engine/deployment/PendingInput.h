// SPDX-License-Identifier: GPL-3.0-or-later
// PendingInput: the part of a ByteSource that was read but not yet taken by a pipe or a channel that accepts what it can.
#pragma once

#include "engine/deployment/ByteSource.h"

#include <span>
#include <vector>

namespace espalier {

class PendingInput {
public:
    /// @p source may be null: then there is no input. It must outlive this.
    explicit PendingInput(ByteSource* source) : m_source(source) {}

    /// The bytes to send next, at most 256 KiB; none at the end of the input.
    Result<std::span<const char>> next()
    {
        if (m_begin == m_end && m_source) {
            m_buffer.resize(chunkBytes);
            ESPALIER_TRY(m_end, m_source->read(m_buffer));
            m_begin = 0;
            if (m_end == 0)
                m_source = nullptr;
        }
        return std::span<const char>(m_buffer.data() + m_begin, m_end - m_begin);
    }
    void taken(std::size_t count) { m_begin += count; }

private:
    static constexpr std::size_t chunkBytes = std::size_t{256} << 10;

    ByteSource* m_source;
    std::vector<char> m_buffer;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
};

} // namespace espalier
