// SPDX-License-Identifier: GPL-3.0-or-later
// DataFileReport: what the engine found out about a data file, for the user to look at before it is imported: how it is written,
// what its columns are, its first rows, and the same as parameters of a Dataset node.
#pragma once

#include "engine/core/ParameterSpec.h"
#include "engine/core/Task.h"
#include "engine/reports/RejectedRow.h"

#include <utility>

namespace espalier {

struct DataColumn {
    std::string name = {}; ///< the header's or the field's; "column 1"... where the file has no names
    std::string role = {}; ///< "text", "label", "group", or empty: not used
};

/// One of the first rows, as it stands in the file and as it was understood.
struct PreviewRow {
    std::int64_t line = 0;           ///< from 1, where the row begins
    std::vector<std::string> cells = {};  ///< by column
    std::string text = {};                ///< empty where there is a problem
    std::vector<std::string> labels = {}; ///< by task: the class, the classes, a BIO tag a word
    std::vector<std::pair<std::uint32_t, std::uint32_t>> words = {}; ///< token tags: bytes of @c text, begin and end
    std::string problem = {};        ///< why the row would be set aside; empty: it is used
};

struct DataFileReport {
    std::string file = {};
    std::int64_t bytes = 0;      ///< on disk; of a folder, of all its files
    std::string format = {};          ///< "csv", "tsv", "jsonl", "conll", "fasttext", "folder"
    std::string compression = {};     ///< "none", "gzip", "zstd"
    std::string encoding = {};        ///< "utf8", "gb18030"...
    std::string dialect = {};         ///< English, one line: "comma, quotes enclose fields, header line"
    bool header = false;         ///< whether the first row names the columns
    double confidence = 0;       ///< 0 to 1: how sure the format is
    Task task = Task::SingleLabel;
    std::vector<DataColumn> columns = {};
    std::vector<PreviewRow> rows = {}; ///< the first 100
    std::int64_t rowCount = -1;   ///< rows of the whole file; -1: only its beginning was read
    std::vector<RejectedRow> problems = {}; ///< the first 100 within what was read
    std::vector<std::string> remarks = {};  ///< English: what the user should look at
    /// What was found out, as parameters of a Dataset node, nothing left to "auto".
    Parameters parameters = {};
};

Json toJson(const DataFileReport& report);
Result<DataFileReport> dataFileReportFromJson(const Json& json);

} // namespace espalier
