// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/Inspection.h"

#include "engine/data/FileFindings.h"

namespace espalier {

Result<DataFileReport> inspectDataFile(const std::filesystem::path& file, const ReaderOptions& options, RunContext& context)
{
    ESPALIER_TRY(const ReaderFindings found, inspectFile(file, options));
    DataFileReport report{.file = file.string(), .format = found.options.format, .compression = "none", .encoding = "utf8"};
    std::error_code ignored;
    report.bytes = static_cast<std::int64_t>(std::filesystem::file_size(file, ignored));
    report.header = found.options.header == "present";
    report.dialect = std::string(report.format == "csv" ? "comma" : "tab") + (found.options.quoting == "standard" ? ", quotes enclose fields" : ", quotes are plain") +
                     (report.header ? ", header line" : ", no header line");
    report.confidence = 1;
    for (std::size_t i = 0; i < found.columns.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        const auto is = [&](const std::string& column) { return column == found.columns[i] || column == number; };
        report.columns.push_back({found.columns[i], is(found.options.textColumn) ? "text" : is(found.options.labelColumn) ? "label" : ""});
    }
    ESPALIER_TRY(const auto examples, readExamples(file, found.options, report.problems, context));
    for (std::size_t i = 0; i < std::min<std::size_t>(100, examples.size()); ++i)
        report.rows.push_back({.cells = {examples[i].text, examples[i].label()}, .text = examples[i].text, .labels = examples[i].labels});
    report.rowCount = static_cast<std::int64_t>(examples.size() + report.problems.size());
    report.parameters = {{"format", found.options.format},
                         {"header", found.options.header},
                         {"quoting", found.options.quoting},
                         {"text_column", found.options.textColumn},
                         {"label_column", found.options.labelColumn}};
    return report;
}

} // namespace espalier
