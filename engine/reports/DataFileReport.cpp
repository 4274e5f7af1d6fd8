// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reports/DataFileReport.h"

#include "engine/reports/Spans.h"

namespace espalier {
namespace {

Json toJson(const PreviewRow& row)
{
    return {{"line", row.line},     {"cells", row.cells},          {"text", row.text},
            {"labels", row.labels}, {"words", spansToJson(row.words)}, {"problem", row.problem}};
}

Result<PreviewRow> previewRowFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "data_file.rows"));
    PreviewRow row;
    ESPALIER_TRY(row.line, fields.integer("line"));
    ESPALIER_TRY(row.cells, fields.texts("cells"));
    ESPALIER_TRY(row.text, fields.text("text"));
    ESPALIER_TRY(row.labels, fields.texts("labels"));
    ESPALIER_TRY(row.words, spansFromJson(fields, "words"));
    ESPALIER_TRY(row.problem, fields.text("problem"));
    return row;
}

Result<void> readLists(const Fields& fields, DataFileReport& report)
{
    ESPALIER_TRY(const auto columns, fields.array("columns"));
    for (const Json* item : columns) {
        ESPALIER_TRY(const Fields column, Fields::of(*item, "data_file.columns"));
        DataColumn& added = report.columns.emplace_back();
        ESPALIER_TRY(added.name, column.text("name"));
        ESPALIER_TRY(added.role, column.text("role"));
    }
    ESPALIER_TRY(report.rows, fields.list("rows", previewRowFromJson));
    ESPALIER_TRY(const auto problems, fields.array("problems"));
    ESPALIER_TRY(report.problems, rejectedFromJson(problems, "data_file.problems"));
    ESPALIER_TRY(report.remarks, fields.texts("remarks"));
    return {};
}

} // namespace

Json toJson(const DataFileReport& report)
{
    Json columns = Json::array();
    for (const DataColumn& column : report.columns)
        columns.push_back({{"name", column.name}, {"role", column.role}});
    Json rows = Json::array();
    for (const PreviewRow& row : report.rows)
        rows.push_back(toJson(row));
    Json json{{"file", report.file},         {"bytes", report.bytes},     {"format", report.format},         {"compression", report.compression},
              {"encoding", report.encoding}, {"dialect", report.dialect}, {"header", report.header},         {"confidence", report.confidence},
              {"task", taskName(report.task)}, {"row_count", report.rowCount}, {"parameters", report.parameters}, {"remarks", report.remarks}};
    json["columns"] = std::move(columns);
    json["rows"] = std::move(rows);
    json["problems"] = rejectedToJson(report.problems, report.problems.size());
    return json;
}

Result<DataFileReport> dataFileReportFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "data_file"));
    DataFileReport report;
    ESPALIER_TRY(report.file, fields.text("file"));
    ESPALIER_TRY(report.bytes, fields.integer("bytes"));
    ESPALIER_TRY(report.format, fields.text("format"));
    ESPALIER_TRY(report.compression, fields.text("compression"));
    ESPALIER_TRY(report.encoding, fields.text("encoding"));
    ESPALIER_TRY(report.dialect, fields.text("dialect"));
    ESPALIER_TRY(report.header, fields.boolean("header"));
    ESPALIER_TRY(report.confidence, fields.number("confidence"));
    ESPALIER_TRY(const std::string task, fields.text("task"));
    ESPALIER_TRY(report.task, taskFromName(task));
    ESPALIER_TRY(report.rowCount, fields.integer("row_count"));
    ESPALIER_CHECK(fields.object("parameters"));
    for (const auto& [id, value] : json.at("parameters").items())
        report.parameters[id] = value;
    ESPALIER_CHECK(readLists(fields, report));
    return report;
}

} // namespace espalier
