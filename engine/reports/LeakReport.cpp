// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reports/LeakReport.h"

namespace espalier {
namespace {

Json toJson(const Leak& leak)
{
    return {{"row", leak.row},   {"train_row", leak.trainRow}, {"exact", leak.exact},
            {"agrees", leak.agrees}, {"text", leak.text},          {"labels", leak.labels}, {"train_labels", leak.trainLabels}};
}

Json toJson(const PartLeaks& part)
{
    Json first = Json::array();
    for (const Leak& leak : part.first)
        first.push_back(toJson(leak));
    Json json{{"part", part.part}, {"rows", part.rows}, {"exact", part.exact}, {"normalized", part.normalized}, {"disagreeing", part.disagreeing}};
    json["first"] = std::move(first);
    return json;
}

Result<Leak> leakFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "leaks.parts.first"));
    Leak leak;
    ESPALIER_TRY(leak.row, fields.integer("row"));
    ESPALIER_TRY(leak.trainRow, fields.integer("train_row"));
    ESPALIER_TRY(leak.exact, fields.boolean("exact"));
    ESPALIER_TRY(leak.agrees, fields.boolean("agrees"));
    ESPALIER_TRY(leak.text, fields.text("text"));
    ESPALIER_TRY(leak.labels, fields.texts("labels"));
    ESPALIER_TRY(leak.trainLabels, fields.texts("train_labels"));
    return leak;
}

Result<PartLeaks> partFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "leaks.parts"));
    PartLeaks part;
    ESPALIER_TRY(part.part, fields.text("part"));
    ESPALIER_TRY(part.rows, fields.integer("rows"));
    ESPALIER_TRY(part.exact, fields.integer("exact"));
    ESPALIER_TRY(part.normalized, fields.integer("normalized"));
    ESPALIER_TRY(part.disagreeing, fields.integer("disagreeing"));
    ESPALIER_TRY(part.first, fields.list("first", leakFromJson));
    return part;
}

} // namespace

std::int64_t LeakReport::total() const
{
    std::int64_t sum = 0;
    for (const PartLeaks& part : parts)
        sum += part.normalized;
    return sum;
}

Json toJson(const LeakReport& report)
{
    Json parts = Json::array();
    for (const PartLeaks& part : report.parts)
        parts.push_back(toJson(part));
    Json json{{"removed", report.removed}};
    json["parts"] = std::move(parts);
    return json;
}

Result<LeakReport> leakReportFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "leaks"));
    LeakReport report;
    ESPALIER_TRY(report.removed, fields.integer("removed"));
    ESPALIER_TRY(report.parts, fields.list("parts", partFromJson));
    return report;
}

} // namespace espalier
