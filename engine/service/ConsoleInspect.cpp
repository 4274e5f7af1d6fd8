// SPDX-License-Identifier: GPL-3.0-or-later
// `espalier-engine inspect`: what the import dialog shows of a data file, as text or JSON.
#include "engine/data/Inspection.h"
#include "engine/graph/NodeCatalog.h"
#include "engine/pipeline/DataParameters.h"
#include "engine/service/CommandLine.h"
#include "engine/service/Console.h"

#include <cstdio>
#include <iostream>

namespace espalier {
namespace {

constexpr std::size_t rowsPrinted = 10;

/// "format=tsv" as the Dataset node's parameter.
Result<ReaderOptions> optionsOf(const std::vector<std::string>& settings)
{
    Json given = Json::object();
    for (const std::string& setting : settings) {
        const auto equals = setting.find('=');
        const std::string id = setting.substr(0, equals);
        const ParameterSpec* spec = nodeCatalog().find("dataset")->parameter(id);
        if (equals == std::string::npos || !spec)
            return Error{ErrorCode::InvalidArgument, "'--set " + setting + "' cannot be read.",
                         "Write it as --set parameter=value; `espalier-engine catalog` lists the parameters of the Dataset node.", {}};
        ESPALIER_TRY(given[id], parseParameter(*spec, setting.substr(equals + 1)));
    }
    return readerOptionsFromJson(given, "--set");
}

std::string joined(const std::vector<std::string>& parts, const char* between)
{
    std::string text;
    for (const std::string& part : parts)
        text += (text.empty() ? "" : between) + part;
    return text;
}

void printReport(const DataFileReport& report)
{
    std::printf("file      %s, %lld bytes\n", report.file.c_str(), static_cast<long long>(report.bytes));
    std::printf("format    %s (%.0f %% sure): %s\n", report.format.c_str(), 100 * report.confidence, report.dialect.c_str());
    std::printf("encoding  %s, compression %s\n", report.encoding.c_str(), report.compression.c_str());
    std::printf("task      %s\n", std::string(taskName(report.task)).c_str());
    for (const DataColumn& column : report.columns)
        std::printf("column    %s%s\n", column.name.c_str(), column.role.empty() ? "" : (" = " + column.role).c_str());
    for (std::size_t i = 0; i < std::min(rowsPrinted, report.rows.size()); ++i) {
        const PreviewRow& row = report.rows[i];
        std::printf("line %-4lld %s\n", static_cast<long long>(row.line),
                    row.problem.empty() ? (joined(row.labels, " ") + " | " + row.text).c_str() : ("set aside: " + row.problem).c_str());
    }
    for (const RejectedRow& problem : report.problems)
        std::printf("set aside %s:%lld: %s\n", problem.file.c_str(), static_cast<long long>(problem.line), problem.reason.c_str());
    for (const std::string& remark : report.remarks)
        std::printf("note      %s\n", remark.c_str());
}

Result<void> inspect(const InspectArguments& arguments)
{
    ESPALIER_TRY(const ReaderOptions options, optionsOf(arguments.settings));
    RunContext context = console::context();
    ESPALIER_TRY(const DataFileReport report, inspectDataFile(arguments.file, options, context));
    if (arguments.json)
        std::cout << dumpJsonPretty(toJson(report));
    else
        printReport(report);
    return {};
}

} // namespace

int inspectCommand(const InspectArguments& arguments)
{
    const auto done = inspect(arguments);
    return done ? 0 : console::fail(done.error());
}

} // namespace espalier
