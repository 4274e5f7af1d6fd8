// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/DelimitedText.h"

#include <algorithm>

namespace espalier {
namespace {

/// Whether @p text has several lines and @p delimiter stands in each but the last, whose delimiter would come after the quote.
bool looksLikeRows(std::string_view text, char delimiter)
{
    bool severalLines = false;
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        if (text.substr(0, end).find(delimiter) == std::string_view::npos)
            return false;
        severalLines = true;
        text.remove_prefix(end + 1);
    }
    return severalLines;
}

} // namespace

bool DelimitedText::next(DelimitedRow& row)
{
    skipBlankLines();
    if (m_position >= m_bytes.size())
        return false;
    const std::size_t rowBegin = m_position;
    row = {};
    row.line = m_line;
    while (readField(row)) {
    }
    if (!row.problem.empty()) {
        giveUp(row, rowBegin);
        return true;
    }
    const auto taken = m_bytes.substr(rowBegin, m_position - rowBegin);
    m_line += std::count(taken.begin(), taken.end(), '\n');
    return true;
}

void DelimitedText::skipBlankLines()
{
    for (; m_position < m_bytes.size() && atLineEnd(m_position); ++m_line)
        m_position += m_bytes[m_position] == '\r' ? 2 : 1;
}

/// Whether a line ends at @p position: "\n" or "\r\n".
bool DelimitedText::atLineEnd(std::size_t position) const
{
    return m_bytes[position] == '\n' || (m_bytes[position] == '\r' && position + 1 < m_bytes.size() && m_bytes[position + 1] == '\n');
}

/// Reads one field and what ends it. True when another field of the same row follows.
bool DelimitedText::readField(DelimitedRow& row)
{
    if (m_quotes && m_position < m_bytes.size() && m_bytes[m_position] == '"') {
        if (!readQuoted(row))
            return false;
    } else {
        readPlain(row);
    }
    if (m_position >= m_bytes.size())
        return false;
    const char end = m_bytes[m_position++];
    if (end == '\r')
        ++m_position;
    return end == m_delimiter;
}

void DelimitedText::readPlain(DelimitedRow& row)
{
    const char stops[] = {m_delimiter, '\n'};
    const std::size_t begin = m_position;
    m_position = std::min(m_bytes.find_first_of(std::string_view(stops, 2), begin), m_bytes.size());
    if (m_position > begin && m_position < m_bytes.size() && m_bytes[m_position] == '\n' && m_bytes[m_position - 1] == '\r')
        --m_position;
    row.fields.emplace_back(m_bytes.substr(begin, m_position - begin));
}

bool DelimitedText::readQuoted(DelimitedRow& row)
{
    const std::string column = std::to_string(row.fields.size() + 1);
    const std::size_t begin = m_position + 1;
    const std::string_view window = m_bytes.substr(0, std::min(m_bytes.size(), begin + maxQuotedBytes));
    std::string& field = row.fields.emplace_back();
    for (std::size_t position = begin;;) {
        const std::size_t quote = window.find('"', position);
        if (quote == std::string_view::npos) {
            row.problem = "the quote that opens column " + column + " is never closed";
            return false;
        }
        field.append(window.substr(position, quote - position));
        m_position = quote + 1;
        if (m_position >= m_bytes.size() || m_bytes[m_position] != '"')
            break;
        field += '"';
        position = m_position + 1;
    }
    if (m_position < m_bytes.size() && m_bytes[m_position] != m_delimiter && !atLineEnd(m_position)) {
        row.problem = "text follows the closing quote of column " + column;
        return false;
    }
    ++row.quotedFields;
    row.mayHaveSwallowed |= looksLikeRows(field, m_delimiter);
    return true;
}

/// Goes on at the line after the one where the row began.
void DelimitedText::giveUp(DelimitedRow& row, std::size_t rowBegin)
{
    row.fields.clear();
    const std::size_t end = m_bytes.find('\n', rowBegin);
    m_position = end == std::string_view::npos ? m_bytes.size() : end + 1;
    ++m_line;
}

} // namespace espalier
