// SPDX-License-Identifier: GPL-3.0-or-later
// Which column of a file is what: whether its first row names the columns, and which ones hold text and label.
#pragma once

#include "engine/data/formats/DataFormat.h"

#include <optional>

namespace espalier {

/// Rows from the beginning of a file.
struct RowSample {
    std::vector<std::vector<std::string>> rows; ///< at least one
    std::size_t width = 0; ///< fields that most rows have
};

/// @p text without white space at its ends.
inline std::string_view trimmed(std::string_view text)
{
    const auto blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && blank(text.back()))
        text.remove_suffix(1);
    return text;
}
/// @p text without white space at its ends, A to Z in lower case.
std::string lowered(std::string_view text);

/// @p given as a column's number, where it is one.
std::optional<std::size_t> columnNumber(const std::string& given);

/// Whether the first row names the columns: it holds known names or those asked for; or its label is unlike the others, which repeat.
bool firstRowIsHeader(const RowSample& sample, const ReaderOptions& options);

/// The position of the column that @p given names or numbers. Errors: there is none; @p what says for what it was wanted.
Result<std::size_t> namedColumn(const std::filesystem::path& file, const FileLayout& layout, const std::string& what, const std::string& given);

/// The first of @p names that is called as columns of texts, or of labels, usually are.
std::optional<std::size_t> usualTextColumn(const std::vector<std::string>& names);
std::optional<std::size_t> usualLabelColumn(const std::vector<std::string>& names);

/// Sets @p layout's two columns, whose names and header are known. Text: the one asked for, the known name, else the first; label: the same,
/// else the second; never the same column by default. Errors: no such column, both the same.
Result<void> chooseColumns(const std::filesystem::path& file, const ReaderOptions& options, FileLayout& layout);

} // namespace espalier
