// SPDX-License-Identifier: GPL-3.0-or-later
// Reading data files: what may be said about how they are written, and their rows as examples. Files are streamed; rows are kept as
// ExampleTable keeps them.
#pragma once

#include "engine/core/RunContext.h"
#include "engine/data/Dataset.h"

#include <filesystem>

namespace espalier {

/// How the files are written. "auto" finds out from the content.
struct ReaderOptions {
    std::string format = "auto"; ///< "auto", or the id of a member of formatCatalog()
    std::string compression = "auto"; ///< "auto", "none", "gzip", "zstd"
    std::string encoding = "auto";    ///< "auto", or the id of one of textEncodings()
    std::string header = "auto"; ///< "auto", "present", "absent"
    std::string quoting = "auto"; ///< "auto", "standard" (RFC 4180), "none" (quotes are plain characters)
    std::string textColumn = "";  ///< name, or number from 1; empty: the column called "text", "sentence"... else the first
    std::string labelColumn = ""; ///< the same for "label", "intent", "class"...; else the second
    std::string groupColumn = "";    ///< name or number; empty: rows have no group
    std::string labelSeparator = ""; ///< csv, tsv: what stands between several labels of one field; empty: one label
    std::string task = "auto";       ///< "auto", "single_label", "multi_label", "token_tags"
    std::filesystem::path spillFolder = {}; ///< for rows that memory should not hold; empty: the system's for temporary files
};

struct DatasetFiles {
    std::filesystem::path train;
    std::filesystem::path validation; ///< empty: none
    std::filesystem::path test;       ///< empty: none
};

/// Reads one file, or a folder with a folder for each class. A row with the wrong number of fields, an empty text or label, or bytes
/// that are not of the encoding is set aside in @p rejected with file, line and reason, as is the end of a damaged file. Errors: the file is
/// absent or unreadable; a named column does not exist; no usable row.
Result<ExampleTable> readExamples(const std::filesystem::path& file, const ReaderOptions& options, RejectedRows& rejected, RunContext& context);
/// Reads all parts; what the task is, the training file says.
Result<Dataset> readDataset(const DatasetFiles& files, const ReaderOptions& options, RunContext& context);

} // namespace espalier
