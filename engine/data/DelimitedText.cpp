// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/DelimitedText.h"

#include <algorithm>
#include <cstring>

namespace espalier {
namespace {

constexpr const char* quoteRemedy = "; inside quotes, write a quote twice; or set quoting to none";
constexpr std::size_t nowhere = std::string_view::npos;

/// Whether @p text has several lines and @p delimiter stands in each but the last, whose delimiter would come after the quote.
bool looksLikeRows(std::string_view text, char delimiter)
{
    bool severalLines = false;
    for (std::size_t end = text.find('\n'); end != nowhere; end = text.find('\n')) {
        if (text.substr(0, end).find(delimiter) == nowhere)
            return false;
        severalLines = true;
        text.remove_prefix(end + 1);
    }
    return severalLines;
}

std::size_t find(std::string_view text, char wanted)
{
    const void* found = text.empty() ? nullptr : std::memchr(text.data(), wanted, text.size());
    return found ? static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) : nowhere;
}

/// Bytes that end a line at @p position: 2 for "\r\n", 1 for "\n", 0 where none ends.
std::size_t lineEnd(std::string_view text, std::size_t position)
{
    if (text[position] == '\n')
        return 1;
    return text[position] == '\r' && position + 1 < text.size() && text[position + 1] == '\n' ? 2 : 0;
}

} // namespace

std::size_t DelimitedText::blankLines(std::string_view text, std::int64_t& lines)
{
    std::size_t position = 0;
    while (position < text.size()) {
        const std::size_t end = lineEnd(text, position);
        if (end == 0)
            break;
        position += end;
        ++lines;
    }
    return position;
}

/// The usual row: one line without quotes.
void DelimitedText::parseLine(std::string_view line, DelimitedRow& row) const
{
    for (std::size_t end = find(line, m_delimiter); end != nowhere; end = find(line, m_delimiter)) {
        row.fields.push_back(line.substr(0, end));
        line.remove_prefix(end + 1);
    }
    row.fields.push_back(line);
}

void DelimitedText::parse(std::string_view text, DelimitedRow& row) const
{
    row.fields.clear();
    row.problem.clear();
    row.quotedFields = 0;
    row.mayHaveSwallowed = false;
    const std::size_t end = find(text, '\n');
    std::string_view line = text.substr(0, end);
    row.bytes = end == nowhere ? text.size() : end + 1;
    row.lines = end == nowhere ? 0 : 1;
    if (end != nowhere && line.ends_with('\r'))
        line.remove_suffix(1);
    if (!m_quotes || find(line, '"') == nowhere)
        parseLine(line, row);
    else
        parseQuotedRow(text, row);
}

/// A row with quotes, which may go on over several lines. Where it has a problem, bytes and lines stay those of its first line.
void DelimitedText::parseQuotedRow(std::string_view text, DelimitedRow& row) const
{
    row.unescaped.clear();
    std::size_t position = 0;
    for (bool more = true; more;) {
        if (position < text.size() && text[position] == '"') {
            position = parseQuoted(text, position + 1, row);
            if (!row.problem.empty())
                return row.fields.clear();
        } else {
            const char stops[] = {m_delimiter, '\n'};
            const std::size_t end = std::min(text.find_first_of(std::string_view(stops, 2), position), text.size());
            const bool windows = end > position && end < text.size() && text[end] == '\n' && text[end - 1] == '\r';
            row.fields.push_back(text.substr(position, end - position - (windows ? 1 : 0)));
            position = end - (windows ? 1 : 0);
        }
        more = position < text.size() && text[position] == m_delimiter;
        position += position >= text.size() ? 0 : more ? 1 : lineEnd(text, position);
    }
    row.bytes = position;
    row.lines = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(position), '\n');
}

/// Reads the field whose opening quote stands before @p begin; returns the position after the closing one.
std::size_t DelimitedText::parseQuoted(std::string_view text, std::size_t begin, DelimitedRow& row) const
{
    const std::string column = std::to_string(row.fields.size() + 1);
    const std::string_view window = text.substr(0, std::min(text.size(), begin + maxQuotedBytes));
    std::string* unescaped = nullptr;
    std::size_t from = begin;
    for (;;) {
        const std::size_t quote = window.find('"', from);
        if (quote == nowhere) {
            row.problem = "the quote that opens column " + column + " is never closed; close it" + quoteRemedy;
            return from;
        }
        const bool doubled = quote + 1 < text.size() && text[quote + 1] == '"';
        if (doubled && !unescaped)
            unescaped = &row.unescaped.emplace_back();
        if (unescaped)
            unescaped->append(window.substr(from, quote - from + (doubled ? 1 : 0)));
        const std::size_t after = quote + 1;
        from = after + 1;
        if (doubled)
            continue;
        if (after < text.size() && text[after] != m_delimiter && lineEnd(text, after) == 0)
            row.problem = "text follows the closing quote of column " + column + quoteRemedy;
        row.fields.push_back(unescaped ? std::string_view(*unescaped) : text.substr(begin, quote - begin));
        row.mayHaveSwallowed |= looksLikeRows(row.fields.back(), m_delimiter);
        ++row.quotedFields;
        return after;
    }
}

} // namespace espalier
