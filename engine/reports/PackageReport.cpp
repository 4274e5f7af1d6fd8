// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reports/PackageReport.h"

namespace espalier {

Json toJson(const PackageReport& report)
{
    Json tensors = Json::array();
    for (const auto& t : report.tensors)
        tensors.push_back({{"name", t.name}, {"shape", t.shape}, {"encoding", t.encoding}, {"bytes", t.bytes}, {"sparsity", t.sparsity}});
    Json json{{"sha256", report.sha256},
            {"bytes", report.bytes},
            {"precision", report.precision},
            {"tensors", tensors},
            {"parity",
             {{"sentences", report.parity.sentences},
              {"labels_equal", report.parity.labelsEqual},
              {"max_abs_difference", report.parity.maxAbsDifference}}}};
    if (report.flips)
        json["flips"] = toJson(*report.flips);
    return json;
}

Result<PackageReport> packageReportFromJson(const Json& json)
{
    PackageReport report;
    ESPALIER_TRY(const Fields fields, Fields::of(json, "package"));
    ESPALIER_TRY(report.sha256, fields.text("sha256"));
    ESPALIER_TRY(report.bytes, fields.integer("bytes"));
    ESPALIER_TRY(report.precision, fields.text("precision"));
    ESPALIER_TRY(const auto tensors, fields.array("tensors"));
    for (const Json* item : tensors) {
        ESPALIER_TRY(const Fields f, Fields::of(*item, "package.tensors"));
        PackagedTensor tensor;
        ESPALIER_TRY(tensor.name, f.text("name"));
        ESPALIER_TRY(tensor.shape, f.integers("shape"));
        ESPALIER_TRY(tensor.encoding, f.text("encoding"));
        ESPALIER_TRY(tensor.bytes, f.integer("bytes"));
        ESPALIER_TRY(tensor.sparsity, f.number("sparsity"));
        report.tensors.push_back(std::move(tensor));
    }
    ESPALIER_TRY(const Fields parity, fields.object("parity"));
    ESPALIER_TRY(report.parity.sentences, parity.integer("sentences"));
    ESPALIER_TRY(report.parity.labelsEqual, parity.integer("labels_equal"));
    ESPALIER_TRY(report.parity.maxAbsDifference, parity.number("max_abs_difference"));
    if (fields.has("flips")) {
        ESPALIER_TRY(report.flips, flipReportFromJson(fields.value("flips")));
    }
    return report;
}

} // namespace espalier
