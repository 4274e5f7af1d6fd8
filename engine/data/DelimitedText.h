// SPDX-License-Identifier: GPL-3.0-or-later
// DelimitedText: walks over the rows of CSV or TSV text, with quotes as in RFC 4180 or as plain characters. A row whose quoted field
// does not close properly is reported with its problem, and reading goes on at the next line, so that a stray quote costs one row.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace espalier {

/// One row as it was read. Without a @c problem, @c fields is complete.
struct DelimitedRow {
    std::vector<std::string> fields;
    std::int64_t line = 0; ///< from 1, where the row begins
    std::string problem;   ///< English; empty when the row could be read
    int quotedFields = 0;  ///< fields that were quoted and closed properly
    /// A quoted field has several lines with a delimiter in each but the last: it may have swallowed rows.
    bool mayHaveSwallowed = false;
};

class DelimitedText {
public:
    /// A quoted field longer than this counts as not closed.
    static constexpr std::size_t maxQuotedBytes = std::size_t{1} << 20;

    /// Holds a reference: @p bytes must outlive it. @p quotes: whether a field may be quoted.
    DelimitedText(std::string_view bytes, char delimiter, bool quotes) : m_bytes(bytes), m_delimiter(delimiter), m_quotes(quotes) {}

    /// Reads the next row that is not a blank line into @p row; false at the end.
    bool next(DelimitedRow& row);
    /// Bytes walked over so far.
    [[nodiscard]] std::size_t position() const { return m_position; }

private:
    void skipBlankLines();
    bool readField(DelimitedRow& row);
    bool readQuoted(DelimitedRow& row);
    void readPlain(DelimitedRow& row);
    void giveUp(DelimitedRow& row, std::size_t rowBegin);
    [[nodiscard]] bool atLineEnd(std::size_t position) const;

    std::string_view m_bytes;
    char m_delimiter;
    bool m_quotes;
    std::size_t m_position = 0;
    std::int64_t m_line = 1;
};

} // namespace espalier
