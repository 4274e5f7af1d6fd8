// SPDX-License-Identifier: GPL-3.0-or-later
// Dataset: labelled sentences as they were read, with the rows that could not be used set aside; Splits: the same
// divided into train, validation and test; LabelMap: the classes and their order. Plain values, immutable once made.
#pragma once

#include "engine/core/Json.h"
#include "engine/core/Result.h"
#include "engine/core/RunContext.h"
#include "engine/core/Task.h"
#include "engine/reports/RejectedRow.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace espalier {

/// A stretch of a text, in bytes.
struct TextSpan {
    std::uint32_t begin = 0;
    std::uint32_t end = 0; ///< one past the last byte
    bool operator==(const TextSpan&) const = default;
};

struct Example {
    std::string text;                 ///< UTF-8
    std::vector<std::string> labels;  ///< by task: the one class; any number of classes; a BIO tag for each of @c words
    std::vector<TextSpan> words = {}; ///< TokenTags: the words of @c text that carry tags, in order and apart; else empty

    /// The class of a SingleLabel example.
    [[nodiscard]] const std::string& label() const { return labels.front(); }
    bool operator==(const Example&) const = default;
};

/// The rows of one dataset; @c validation and @c test are empty when the user gave no such file.
struct Dataset {
    std::vector<Example> train;
    std::vector<Example> validation;
    std::vector<Example> test;
    std::vector<RejectedRow> rejected;
    Task task = Task::SingleLabel;
};

/// The classes, sorted by their bytes, so that the order does not depend on the order of rows.
class LabelMap {
public:
    LabelMap() = default;
    /// Sorts and removes duplicates.
    explicit LabelMap(std::vector<std::string> labels);

    [[nodiscard]] const std::vector<std::string>& labels() const { return m_labels; }
    [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(m_labels.size()); }
    /// -1 when unknown.
    [[nodiscard]] std::int64_t indexOf(std::string_view label) const;
    bool operator==(const LabelMap&) const = default;

private:
    std::vector<std::string> m_labels;
};

/// Train, validation and test, none of which shares a row with another; labels are those of train.
struct Splits {
    LabelMap labels;
    std::vector<Example> train;
    std::vector<Example> validation;
    std::vector<Example> test;
    std::vector<RejectedRow> rejected; ///< also rows of validation and test whose label train does not have
    Task task = Task::SingleLabel;
};

/// How the files are written. "auto" finds out from the content.
struct ReaderOptions {
    std::string format = "auto"; ///< "auto", "csv", "tsv"
    std::string header = "auto"; ///< "auto", "present", "absent"
    std::string quoting = "auto"; ///< "auto", "standard" (RFC 4180), "none" (quotes are plain characters)
    std::string textColumn = "";  ///< name, or number from 1; empty: the column called "text", "sentence"... else the first
    std::string labelColumn = ""; ///< the same for "label", "intent", "class"...; else the second
};

struct DatasetFiles {
    std::filesystem::path train;
    std::filesystem::path validation; ///< empty: none
    std::filesystem::path test;       ///< empty: none
};

/// What the reader found out about a file: shown to the user, and usable as explicit options.
struct ReaderFindings {
    ReaderOptions options; ///< nothing "auto" left
    std::vector<std::string> columns;
};

/// Reads one file. A row with the wrong number of fields, an empty text or label, or bytes that are not UTF-8 is set aside in
/// @p rejected with file, line and reason. Errors: the file is absent or unreadable; a named column does not exist; no usable row.
Result<std::vector<Example>> readExamples(const std::filesystem::path& file, const ReaderOptions& options, std::vector<RejectedRow>& rejected,
                                          RunContext& context);
/// Looks at the beginning of @p file.
Result<ReaderFindings> inspectFile(const std::filesystem::path& file, const ReaderOptions& options);
Result<Dataset> readDataset(const DatasetFiles& files, const ReaderOptions& options, RunContext& context);

struct SplitOptions {
    std::string method = "given"; ///< "given": the files' own parts; what is missing is cut from train. "stratified": all rows together, cut anew
    double validationFraction = 0.1; ///< of the rows it is cut from
    double testFraction = 0.1;
    std::uint64_t seed = 1;
};

/// Stratified: every class is represented in each part in proportion (largest remainder), at least one row in train.
/// Errors: fewer than two classes; fractions that leave train empty.
Result<Splits> splitDataset(const Dataset& dataset, const SplitOptions& options, RunContext& context);

} // namespace espalier
