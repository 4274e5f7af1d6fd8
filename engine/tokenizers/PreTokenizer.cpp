// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/PreTokenizer.h"

#include "engine/tokenizers/unicode/Utf8.h"

namespace espalier {

void PieceBuffer::append(std::int32_t codePoint, std::uint32_t begin, std::uint32_t end)
{
    if (m_empty)
        m_begin = begin;
    m_empty = false;
    m_end = end;
    if (m_size > maxBytes)
        return;
    if (codePoint < 0x80)
        m_text[m_size++] = static_cast<char>(codePoint);
    else
        m_size += unicode::encode(codePoint, m_text.data() + m_size);
}

bool PieceBuffer::flush(PieceSink& sink)
{
    if (m_empty)
        return true;
    const std::string_view text = m_size <= maxBytes ? std::string_view(m_text.data(), m_size) : std::string_view();
    m_empty = true;
    m_size = 0;
    return sink.take({text, m_begin, m_end});
}

} // namespace espalier
