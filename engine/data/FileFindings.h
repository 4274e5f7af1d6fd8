// SPDX-License-Identifier: GPL-3.0-or-later
// FileLayout: how one data file is written, found out from its bytes and the user's options: delimiter, quoting, header, columns.
#pragma once

#include "engine/data/Dataset.h"

#include <string_view>

namespace espalier {

struct FileLayout {
    char delimiter = '\t';
    bool quotes = true;
    bool header = false;
    std::size_t textColumn = 0; ///< from 0
    std::size_t labelColumn = 1;
    std::vector<std::string> columns; ///< the header's names, or "column 1"...; as many as a row has fields
};

/// How many bytes of a file are looked at.
inline constexpr std::size_t layoutBytes = std::size_t{64} << 20;

/// @p bytes without its byte order mark. UTF-16 and UTF-32 are an InvalidFormat error that says how to convert the file.
Result<std::string_view> withoutByteOrderMark(std::string_view bytes, const std::filesystem::path& file);

/// Finds out what @p options leave to "auto". @p bytes is the beginning of @p file, without byte order mark; at most layoutBytes are
/// looked at. Errors: an unknown option value, no row, fewer than two columns, a column that does not exist.
Result<FileLayout> findLayout(std::string_view bytes, const std::filesystem::path& file, const ReaderOptions& options);

/// @p text without white space at its ends.
std::string_view trimmed(std::string_view text);

} // namespace espalier
