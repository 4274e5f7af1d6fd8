// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/Inspection.h"

#include "engine/data/ColumnChoice.h"
#include "engine/data/FileLayouts.h"
#include "engine/data/RowChecks.h"
#include "engine/data/Utf8.h"

#include <algorithm>

namespace espalier {
namespace {

constexpr std::size_t rowsShown = 100;
constexpr std::size_t problemsShown = 100;
constexpr std::int64_t mostRowsRead = 20000;

/// How the parameters name a column: by its name where that is clear, else by its number from 1.
std::string columnValue(const FileLayout& layout, std::size_t column)
{
    const std::string& name = layout.columns[column];
    const bool byName = layout.header && !name.empty() && !columnNumber(name) && std::count(layout.columns.begin(), layout.columns.end(), name) == 1;
    return byName ? name : std::to_string(column + 1);
}

Parameters parametersOf(const FileLayout& layout)
{
    const bool delimited = layout.format == "csv" || layout.format == "tsv";
    const bool columns = layout.format != "fasttext" && layout.format != "folder";
    return {{"format", layout.format},
            {"compression", layout.format == "folder" ? "auto" : layout.compression},
            {"encoding", layout.encoding},
            {"header", !delimited ? "auto" : layout.header ? "present" : "absent"},
            {"quoting", !delimited ? "auto" : layout.quotes ? "standard" : "none"},
            {"text_column", columns ? columnValue(layout, layout.textColumn) : ""},
            {"label_column", columns ? columnValue(layout, layout.labelColumn) : ""},
            {"group_column", layout.groupColumn ? columnValue(layout, *layout.groupColumn) : ""},
            {"label_separator", layout.labelSeparator},
            {"task", taskName(layout.task)}};
}

std::vector<DataColumn> columnsOf(const FileLayout& layout)
{
    std::vector<DataColumn> columns;
    for (std::size_t i = 0; i < layout.columns.size(); ++i) {
        const char* role = i == layout.textColumn ? "text" : i == layout.labelColumn ? "label" : layout.groupColumn == i ? "group" : "";
        columns.push_back({layout.columns[i], role});
    }
    return columns;
}

/// Cells are shown whatever their bytes are.
std::string shown(std::string_view text)
{
    std::string result;
    while (!text.empty()) {
        const std::size_t good = utf8PrefixLength(text);
        result += text.substr(0, good);
        text.remove_prefix(good);
        if (!text.empty()) {
            result += "\xef\xbf\xbd";
            text.remove_prefix(1);
        }
    }
    return result;
}

PreviewRow previewOf(const ReadRow& row, std::string problem)
{
    PreviewRow preview{.line = row.line};
    for (const std::string_view cell : row.cells)
        preview.cells.push_back(shown(cell));
    preview.problem = std::move(problem);
    if (!preview.problem.empty())
        return preview;
    preview.text = row.text;
    preview.labels.assign(row.labels.begin(), row.labels.end());
    for (const TextSpan& word : row.words)
        preview.words.emplace_back(word.begin, word.end);
    return preview;
}

std::int64_t bytesOf(const std::filesystem::path& path)
{
    std::error_code ignored;
    if (!std::filesystem::is_directory(path, ignored))
        return static_cast<std::int64_t>(std::filesystem::file_size(path, ignored));
    std::int64_t bytes = 0;
    for (auto it = std::filesystem::recursive_directory_iterator(path, ignored); it != std::filesystem::recursive_directory_iterator(); it.increment(ignored))
        bytes += it->is_regular_file(ignored) ? static_cast<std::int64_t>(it->file_size(ignored)) : 0;
    return bytes;
}

Result<void> readRows(const std::filesystem::path& file, const FileLayout& layout, const std::stop_token& stop, DataFileReport& report)
{
    ESPALIER_TRY(const auto reader, formatCatalog().find(layout.format)->open(file, layout));
    ReadRow row;
    for (std::int64_t rows = 0;; ++rows) {
        if (stop.stop_requested())
            return cancelledError();
        if (rows == mostRowsRead)
            return {};
        const auto more = reader->next(row);
        if (!more) {
            report.remarks.push_back(more.error().message());
            return rows > 0 ? Result<void>() : Result<void>(more.error());
        }
        if (!*more) {
            report.rowCount = rows;
            return {};
        }
        const std::string problem = problemOf(row, layout);
        if (!problem.empty() && report.problems.size() < problemsShown)
            report.problems.push_back({row.file.empty() ? file.string() : row.file, row.line, problem});
        if (report.rows.size() < rowsShown)
            report.rows.push_back(previewOf(row, problem));
    }
}

void addRemarks(const FileLayout& layout, DataFileReport& report)
{
    if (layout.confidence < 0.6)
        report.remarks.emplace_back("The format is a guess: check it against the rows below.");
    if (layout.encoding != "utf8")
        report.remarks.emplace_back("The file is not in UTF-8: check that the rows below read right.");
    const auto used = std::count_if(report.rows.begin(), report.rows.end(), [](const PreviewRow& row) { return row.problem.empty(); });
    if (used == 0)
        report.remarks.emplace_back("None of the first rows can be used: check format, quotes and columns.");
}

} // namespace

Result<DataFileReport> inspectDataFile(const std::filesystem::path& file, const ReaderOptions& options, RunContext& context)
{
    ESPALIER_TRY(const DataSample sample, takeSample(file, options));
    ESPALIER_TRY(const FileLayout layout, findFileLayout(sample, options));
    DataFileReport report{.file = file.string(), .bytes = bytesOf(file), .format = layout.format, .compression = layout.compression, .encoding = layout.encoding,
                          .dialect = layout.note, .header = layout.header, .confidence = layout.confidence, .task = layout.task};
    report.columns = columnsOf(layout);
    report.parameters = parametersOf(layout);
    ESPALIER_CHECK(readRows(file, layout, context.stop, report));
    addRemarks(layout, report);
    return report;
}

} // namespace espalier
