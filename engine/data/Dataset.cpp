// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/Dataset.h"

#include "engine/core/SafeFile.h"
#include "engine/data/DelimitedText.h"
#include "engine/data/FileFindings.h"
#include "engine/data/Utf8.h"

#include <algorithm>

namespace espalier {
namespace {

constexpr std::int64_t rowsBetweenReports = 4096;

/// Why @p row cannot be used, or nothing.
std::string problemOf(const DelimitedRow& row, const FileLayout& layout)
{
    if (!row.problem.empty())
        return row.problem;
    if (row.fields.size() != layout.columns.size())
        return "it has " + std::to_string(row.fields.size()) + " fields where " + std::to_string(layout.columns.size()) + " are expected";
    const std::string& text = row.fields[layout.textColumn];
    const std::string& label = row.fields[layout.labelColumn];
    if (!isUtf8(text) || !isUtf8(label))
        return "its bytes are not UTF-8";
    if (text.find('\0') != std::string::npos || label.find('\0') != std::string::npos)
        return "it holds a zero byte";
    if (trimmed(text).empty())
        return "its text is empty";
    return trimmed(label).empty() ? "its label is empty" : "";
}

Error noUsableRow(const std::filesystem::path& file, const std::vector<RejectedRow>& rejected, std::size_t before)
{
    Error error{ErrorCode::InvalidFormat, "'" + file.string() + "' holds no usable row.", "Check format, quoting and columns of the file.", {}};
    if (rejected.size() > before)
        error.detail += " The first one, line " + std::to_string(rejected[before].line) + ", is not used because " + rejected[before].reason + ".";
    return error;
}

Result<std::vector<Example>> readRows(std::string_view bytes, const FileLayout& layout, const std::filesystem::path& file,
                                      std::vector<RejectedRow>& rejected, RunContext& context)
{
    std::vector<Example> examples;
    DelimitedText text(bytes, layout.delimiter, layout.quotes);
    DelimitedRow row;
    bool header = layout.header;
    for (std::int64_t rows = 0; text.next(row); ++rows) {
        if (rows % rowsBetweenReports == 0) {
            if (context.cancelled())
                return cancelledError();
            context.progress({"Reading " + file.filename().string(), static_cast<std::int64_t>(text.position()),
                              static_cast<std::int64_t>(bytes.size()), "bytes"});
        }
        if (std::exchange(header, false))
            continue;
        if (std::string problem = problemOf(row, layout); !problem.empty())
            rejected.push_back({file.string(), row.line, std::move(problem)});
        else
            examples.push_back({std::string(trimmed(row.fields[layout.textColumn])), {std::string(trimmed(row.fields[layout.labelColumn]))}});
    }
    return examples;
}

} // namespace

LabelMap::LabelMap(std::vector<std::string> labels) : m_labels(std::move(labels))
{
    std::sort(m_labels.begin(), m_labels.end());
    m_labels.erase(std::unique(m_labels.begin(), m_labels.end()), m_labels.end());
}

std::int64_t LabelMap::indexOf(std::string_view label) const
{
    const auto it = std::lower_bound(m_labels.begin(), m_labels.end(), label);
    return it == m_labels.end() || *it != label ? -1 : it - m_labels.begin();
}

Result<std::vector<Example>> readExamples(const std::filesystem::path& file, const ReaderOptions& options, std::vector<RejectedRow>& rejected,
                                          RunContext& context)
{
    ESPALIER_TRY(const std::string bytes, readFile(file));
    ESPALIER_TRY(const std::string_view text, withoutByteOrderMark(bytes, file));
    ESPALIER_TRY(const FileLayout layout, findLayout(text, file, options));
    const std::size_t before = rejected.size();
    ESPALIER_TRY(auto examples, readRows(text, layout, file, rejected, context));
    if (examples.empty())
        return noUsableRow(file, rejected, before);
    if (rejected.size() > before)
        context.warn("'" + file.filename().string() + "': " + std::to_string(rejected.size() - before) + " rows were set aside; the first is line " +
                     std::to_string(rejected[before].line) + ": " + rejected[before].reason + ".");
    return examples;
}

Result<Dataset> readDataset(const DatasetFiles& files, const ReaderOptions& options, RunContext& context)
{
    Dataset dataset;
    ESPALIER_TRY(dataset.train, readExamples(files.train, options, dataset.rejected, context));
    if (!files.validation.empty()) {
        ESPALIER_TRY(dataset.validation, readExamples(files.validation, options, dataset.rejected, context));
    }
    if (!files.test.empty()) {
        ESPALIER_TRY(dataset.test, readExamples(files.test, options, dataset.rejected, context));
    }
    return dataset;
}

} // namespace espalier
