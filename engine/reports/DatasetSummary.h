// SPDX-License-Identifier: GPL-3.0-or-later
// DatasetSummary: what a dataset or its splits hold, counted over all rows: classes, lengths, duplicates, scripts, rows set aside.
// RowsPage: a page of the rows themselves, searched and filtered.
#pragma once

#include "engine/core/Task.h"
#include "engine/reports/LeakReport.h"
#include "engine/reports/RejectedRow.h"
#include "engine/reports/Spans.h"

#include <optional>

namespace espalier {

/// Lengths of a part's texts, in characters or in words.
struct LengthSummary {
    double mean = 0;
    std::int64_t median = 0;
    std::int64_t p95 = 0; ///< 95 % of the rows are no longer than this
    std::int64_t longest = 0;
    std::int64_t binWidth = 1;         ///< of @c counts
    std::vector<std::int64_t> counts = {};  ///< counts[i]: rows of i * binWidth to (i + 1) * binWidth - 1; the last: those and all longer ones
};

struct PartSummary {
    std::string name = {}; ///< "train", "validation", "test"
    std::int64_t rows = 0;
    std::int64_t duplicates = 0;           ///< rows whose text stands in an earlier row of the part, byte for byte
    std::int64_t normalizedDuplicates = 0; ///< the same after case folding, NFKC and collapsing white space; includes the exact ones
    std::int64_t alsoInTrain = 0;          ///< rows whose normalised text stands in train; 0 for train itself
    LengthSummary characters = {};
    LengthSummary words = {}; ///< separated by white space; a Han, Hiragana, Katakana, Thai, Lao or Khmer character is one
};

/// How often a class occurs. Token tags: entities of the type.
struct ClassCount {
    std::string label = {};
    std::int64_t train = 0;
    std::int64_t validation = 0;
    std::int64_t test = 0;
};

struct ScriptCount {
    std::string script = {}; ///< English: "Latin", "Han", "Cyrillic"...
    std::int64_t rows = 0; ///< rows in which most letters are of this script
    std::int64_t characters = 0;
};

struct DatasetSummary {
    Task task = Task::SingleLabel;
    std::vector<PartSummary> parts = {};   ///< train, validation, test
    std::vector<ClassCount> classes = {};  ///< most frequent in train first
    std::vector<ScriptCount> scripts = {}; ///< most rows first; over all parts
    std::int64_t unlabelled = 0;      ///< multi-label: rows without any class
    std::int64_t rejectedCount = 0;
    std::vector<RejectedRow> rejected = {}; ///< the first 1,000
    std::optional<LeakReport> leaks = {};   ///< of what a Check node makes
};

Json toJson(const DatasetSummary& summary);
Result<DatasetSummary> datasetSummaryFromJson(const Json& json);

struct DataRow {
    std::int64_t row = 0; ///< from 0, within its part
    std::string text = {};
    std::vector<std::string> labels = {};
    ByteSpans words = {}; ///< token tags: the words that carry them
    std::string group = {};
};

struct RowsPage {
    std::int64_t total = 0;   ///< rows of the part
    std::int64_t matches = 0; ///< rows that search and label let through
    std::int64_t offset = 0;  ///< of the first of @c rows among the matches
    std::vector<DataRow> rows = {};
};

Json toJson(const RowsPage& page);
Result<RowsPage> rowsPageFromJson(const Json& json);

} // namespace espalier
