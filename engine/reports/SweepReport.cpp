// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reports/SweepReport.h"

namespace espalier {
namespace {

Result<Parameters> choiceFrom(const Fields& fields)
{
    ESPALIER_CHECK(fields.object("choice"));
    return fields.value("choice").get<Parameters>();
}

template <typename T>
Json listOf(const std::vector<T>& items)
{
    Json list = Json::array();
    for (const T& item : items)
        list.push_back(toJson(item));
    return list;
}

} // namespace

Json toJson(const SweepPoint& point)
{
    return {{"choice", point.choice}, {"point", toJson(point.point)}};
}

Json toJson(const SweepFailure& failure)
{
    return {{"choice", failure.choice}, {"reason", failure.reason}};
}

Json toJson(const SweepReport& report)
{
    return {{"points", listOf(report.points)}, {"failures", listOf(report.failures)}, {"known", report.known}, {"asked", report.asked}};
}

Result<SweepPoint> sweepPointFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "sweep.points"));
    SweepPoint point;
    ESPALIER_TRY(point.choice, choiceFrom(fields));
    ESPALIER_TRY(point.point, sparsityPointFromJson(fields.value("point")));
    return point;
}

Result<SweepFailure> sweepFailureFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "sweep.failures"));
    SweepFailure failure;
    ESPALIER_TRY(failure.choice, choiceFrom(fields));
    ESPALIER_TRY(failure.reason, fields.text("reason"));
    return failure;
}

Result<SweepReport> sweepReportFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "sweep"));
    SweepReport report;
    ESPALIER_TRY(report.points, fields.list("points", sweepPointFromJson));
    ESPALIER_TRY(report.failures, fields.list("failures", sweepFailureFromJson));
    ESPALIER_TRY(report.known, fields.integer("known"));
    ESPALIER_TRY(report.asked, fields.integer("asked"));
    return report;
}

} // namespace espalier
