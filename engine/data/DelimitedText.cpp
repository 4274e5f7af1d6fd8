// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/DelimitedText.h"

#include "engine/data/ByteBlock.h"

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

/// Bytes that end a line at @p position: 2 for "\r\n", 1 for "\n", 0 where none ends.
std::size_t lineEnd(std::string_view text, std::size_t position)
{
    if (text[position] == '\n')
        return 1;
    return text[position] == '\r' && position + 1 < text.size() && text[position + 1] == '\n' ? 2 : 0;
}

std::int64_t countLines(std::string_view text)
{
    std::int64_t lines = 0;
    for (std::size_t end = text.find('\n'); end != nowhere; end = text.find('\n', end + 1))
        ++lines;
    return lines;
}

/// Bytes and lines of the first line, where a row with a problem ends.
void takeFirstLine(std::string_view text, DelimitedRow& row)
{
    const std::size_t end = text.find('\n');
    row.bytes = end == nowhere ? text.size() : end + 1;
    row.lines = end == nowhere ? 0 : 1;
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

/// The usual row: one line without quotes, in one pass over it. False where a quote stands in it.
bool DelimitedText::parseLine(std::string_view text, DelimitedRow& row) const
{
    const char quote = m_quotes ? '"' : '\n';
    std::size_t begin = 0; // of the field
    const auto closeRow = [&](std::size_t end, std::size_t bytes) {
        std::string_view last = text.substr(begin, end - begin);
        if (bytes > end && last.ends_with('\r'))
            last.remove_suffix(1);
        row.fields.push_back(last);
        row.bytes = bytes;
        row.lines = bytes > end ? 1 : 0;
    };
    ByteBlock odd; // beyond ASCII, or zero
    for (std::size_t position = 0; position < text.size(); position += ByteBlock::size) {
        char rest[ByteBlock::size] = {}; // the zero bytes after the text's end stop nothing
        const bool whole = position + ByteBlock::size <= text.size();
        if (!whole)
            std::memcpy(rest, text.data() + position, text.size() - position);
        const ByteBlock block(whole ? text.data() + position : rest);
        odd = odd | block | block.equal('\0');
        std::uint64_t stops = (block.equal(m_delimiter) | block.equal('\n') | block.equal(quote)).marks();
        for (; stops != 0; stops &= stops - 1) {
            const std::size_t at = position + ByteBlock::first(stops);
            if (text[at] == '\n') {
                closeRow(at, at + 1);
                row.plain = odd.marks() == 0;
                return true;
            }
            if (text[at] != m_delimiter)
                return false;
            row.fields.push_back(text.substr(begin, at - begin));
            begin = at + 1;
        }
    }
    closeRow(text.size(), text.size());
    return true;
}

void DelimitedText::parse(std::string_view text, DelimitedRow& row) const
{
    row.fields.clear();
    row.problem.clear();
    row.quotedFields = 0;
    row.mayHaveSwallowed = false;
    row.plain = false;
    if (parseLine(text, row))
        return;
    row.fields.clear();
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
            if (!row.problem.empty()) {
                row.fields.clear();
                return takeFirstLine(text, row);
            }
        } else {
            std::size_t end = position;
            while (end < text.size() && text[end] != m_delimiter && text[end] != '\n')
                ++end;
            const bool windows = end > position && end < text.size() && text[end] == '\n' && text[end - 1] == '\r';
            row.fields.push_back(text.substr(position, end - position - (windows ? 1 : 0)));
            position = end - (windows ? 1 : 0);
        }
        more = position < text.size() && text[position] == m_delimiter;
        position += position >= text.size() ? 0 : more ? 1 : lineEnd(text, position);
    }
    row.bytes = position;
    row.lines = countLines(text.substr(0, position));
}

/// Reads the field whose opening quote stands before @p begin; returns the position after the closing one.
std::size_t DelimitedText::parseQuoted(std::string_view text, std::size_t begin, DelimitedRow& row) const
{
    const auto column = [&] { return std::to_string(row.fields.size() + 1); };
    const std::string_view window = text.substr(0, std::min(text.size(), begin + maxQuotedBytes));
    std::string* unescaped = nullptr;
    std::size_t from = begin;
    for (;;) {
        const std::size_t quote = window.find('"', from);
        if (quote == nowhere) {
            row.problem = "the quote that opens column " + column() + " is never closed; close it" + quoteRemedy;
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
            row.problem = "text follows the closing quote of column " + column() + quoteRemedy;
        row.fields.push_back(unescaped ? std::string_view(*unescaped) : text.substr(begin, quote - begin));
        row.mayHaveSwallowed |= looksLikeRows(row.fields.back(), m_delimiter);
        ++row.quotedFields;
        return after;
    }
}

} // namespace espalier
