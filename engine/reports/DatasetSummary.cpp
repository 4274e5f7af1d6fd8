// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reports/DatasetSummary.h"

namespace espalier {
namespace {

constexpr std::size_t rejectedShown = 1000;

Json toJson(const LengthSummary& lengths)
{
    return {{"mean", lengths.mean},       {"median", lengths.median},      {"p95", lengths.p95},
            {"longest", lengths.longest}, {"bin_width", lengths.binWidth}, {"counts", lengths.counts}};
}

Json toJson(const PartSummary& part)
{
    return {{"name", part.name},
            {"rows", part.rows},
            {"duplicates", part.duplicates},
            {"normalized_duplicates", part.normalizedDuplicates},
            {"also_in_train", part.alsoInTrain},
            {"characters", toJson(part.characters)},
            {"words", toJson(part.words)}};
}

Result<LengthSummary> lengthsFromJson(const Fields& fields)
{
    LengthSummary lengths;
    ESPALIER_TRY(lengths.mean, fields.number("mean"));
    ESPALIER_TRY(lengths.median, fields.integer("median"));
    ESPALIER_TRY(lengths.p95, fields.integer("p95"));
    ESPALIER_TRY(lengths.longest, fields.integer("longest"));
    ESPALIER_TRY(lengths.binWidth, fields.integer("bin_width"));
    ESPALIER_TRY(lengths.counts, fields.integers("counts"));
    if (lengths.binWidth < 1)
        return Error{ErrorCode::InvalidFormat, "The field '" + fields.path() + ".bin_width' must be at least 1.", {}, {}};
    return lengths;
}

Result<PartSummary> partFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "dataset_summary.parts"));
    PartSummary part;
    ESPALIER_TRY(part.name, fields.text("name"));
    ESPALIER_TRY(part.rows, fields.integer("rows"));
    ESPALIER_TRY(part.duplicates, fields.integer("duplicates"));
    ESPALIER_TRY(part.normalizedDuplicates, fields.integer("normalized_duplicates"));
    ESPALIER_TRY(part.alsoInTrain, fields.integer("also_in_train"));
    ESPALIER_TRY(const Fields characters, fields.object("characters"));
    ESPALIER_TRY(part.characters, lengthsFromJson(characters));
    ESPALIER_TRY(const Fields words, fields.object("words"));
    ESPALIER_TRY(part.words, lengthsFromJson(words));
    return part;
}

Result<ClassCount> classFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "dataset_summary.classes"));
    ClassCount count;
    ESPALIER_TRY(count.label, fields.text("label"));
    ESPALIER_TRY(count.train, fields.integer("train"));
    ESPALIER_TRY(count.validation, fields.integer("validation"));
    ESPALIER_TRY(count.test, fields.integer("test"));
    return count;
}

Result<ScriptCount> scriptFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "dataset_summary.scripts"));
    ScriptCount count;
    ESPALIER_TRY(count.script, fields.text("script"));
    ESPALIER_TRY(count.rows, fields.integer("rows"));
    ESPALIER_TRY(count.characters, fields.integer("characters"));
    return count;
}

Result<DataRow> rowFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "rows_page.rows"));
    DataRow row;
    ESPALIER_TRY(row.row, fields.integer("row"));
    ESPALIER_TRY(row.text, fields.text("text"));
    ESPALIER_TRY(row.labels, fields.texts("labels"));
    ESPALIER_TRY(row.words, spansFromJson(fields, "words"));
    ESPALIER_TRY(row.group, fields.text("group"));
    return row;
}

} // namespace

Json toJson(const DatasetSummary& summary)
{
    Json parts = Json::array();
    for (const PartSummary& part : summary.parts)
        parts.push_back(toJson(part));
    Json classes = Json::array();
    for (const ClassCount& count : summary.classes)
        classes.push_back({{"label", count.label}, {"train", count.train}, {"validation", count.validation}, {"test", count.test}});
    Json scripts = Json::array();
    for (const ScriptCount& count : summary.scripts)
        scripts.push_back({{"script", count.script}, {"rows", count.rows}, {"characters", count.characters}});
    Json json{{"task", taskName(summary.task)}, {"unlabelled", summary.unlabelled}, {"rejected_count", summary.rejectedCount}};
    json["parts"] = std::move(parts);
    json["classes"] = std::move(classes);
    json["scripts"] = std::move(scripts);
    json["rejected"] = rejectedToJson(summary.rejected, rejectedShown);
    if (summary.leaks)
        json["leaks"] = toJson(*summary.leaks);
    return json;
}

Result<DatasetSummary> datasetSummaryFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "dataset_summary"));
    DatasetSummary summary;
    ESPALIER_TRY(const std::string task, fields.text("task"));
    ESPALIER_TRY(summary.task, taskFromName(task));
    ESPALIER_TRY(summary.parts, fields.list("parts", partFromJson));
    ESPALIER_TRY(summary.classes, fields.list("classes", classFromJson));
    ESPALIER_TRY(summary.scripts, fields.list("scripts", scriptFromJson));
    ESPALIER_TRY(summary.unlabelled, fields.integer("unlabelled"));
    ESPALIER_TRY(summary.rejectedCount, fields.integer("rejected_count"));
    ESPALIER_TRY(const auto rejected, fields.array("rejected"));
    ESPALIER_TRY(summary.rejected, rejectedFromJson(rejected, "dataset_summary.rejected"));
    if (fields.has("leaks")) {
        ESPALIER_TRY(summary.leaks, leakReportFromJson(fields.value("leaks")));
    }
    return summary;
}

Json toJson(const RowsPage& page)
{
    Json rows = Json::array();
    for (const DataRow& row : page.rows)
        rows.push_back({{"row", row.row}, {"text", row.text}, {"labels", row.labels}, {"words", spansToJson(row.words)}, {"group", row.group}});
    Json json{{"total", page.total}, {"matches", page.matches}, {"offset", page.offset}};
    json["rows"] = std::move(rows);
    return json;
}

Result<RowsPage> rowsPageFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "rows_page"));
    RowsPage page;
    ESPALIER_TRY(page.total, fields.integer("total"));
    ESPALIER_TRY(page.matches, fields.integer("matches"));
    ESPALIER_TRY(page.offset, fields.integer("offset"));
    ESPALIER_TRY(page.rows, fields.list("rows", rowFromJson));
    return page;
}

} // namespace espalier
