// SPDX-License-Identifier: GPL-3.0-or-later
// DelimitedText: takes rows of CSV or TSV text apart, with quotes as in RFC 4180 or as plain characters. A row whose quoted field
// does not close properly is reported with its problem, and reading goes on at the next line, so that a stray quote costs one row.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace espalier {

/// One row as it was read. Without a @c problem, @c fields is complete; its views point into the text or into @c unescaped.
struct DelimitedRow {
    std::vector<std::string_view> fields = {};
    std::string problem = {};  ///< English; empty when the row could be read
    std::size_t bytes = 0;     ///< that the row takes, with its end
    std::int64_t lines = 0;    ///< ends of lines among them
    int quotedFields = 0;      ///< fields that were quoted and closed properly
    /// A quoted field has several lines with a delimiter in each but the last: it may have swallowed rows.
    bool mayHaveSwallowed = false;
    bool plain = false;        ///< known to be ASCII without a zero byte; false says nothing
    std::deque<std::string> unescaped = {}; ///< fields with doubled quotes, without the doubling
};

class DelimitedText {
public:
    /// A quoted field longer than this counts as not closed.
    static constexpr std::size_t maxQuotedBytes = std::size_t{1} << 20;

    /// @p quotes: whether a field may be quoted.
    DelimitedText(char delimiter, bool quotes) : m_delimiter(delimiter), m_quotes(quotes) {}

    /// Takes the row at the front of @p text apart, which is not empty.
    void parse(std::string_view text, DelimitedRow& row) const;
    /// Bytes of the blank lines at the front of @p text; adds their number to @p lines.
    static std::size_t blankLines(std::string_view text, std::int64_t& lines);

private:
    bool parseLine(std::string_view text, DelimitedRow& row) const;
    void parseQuotedRow(std::string_view text, DelimitedRow& row) const;
    std::size_t parseQuoted(std::string_view text, std::size_t begin, DelimitedRow& row) const;

    char m_delimiter;
    bool m_quotes;
};

} // namespace espalier
