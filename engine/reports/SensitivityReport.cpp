// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reports/SensitivityReport.h"

#include <algorithm>

namespace espalier {
namespace {

Json toJson(const LayerSensitivity& layer)
{
    Json points = Json::array();
    for (const SensitivityPoint& point : layer.points)
        points.push_back({{"sparsity", point.sparsity}, {"accuracy", point.accuracy}, {"loss", point.loss}});
    return {{"layer", layer.layer}, {"points", points}};
}

Result<SensitivityPoint> pointFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "sensitivity.points"));
    SensitivityPoint point;
    ESPALIER_TRY(point.sparsity, fields.number("sparsity"));
    ESPALIER_TRY(point.accuracy, fields.number("accuracy"));
    ESPALIER_TRY(point.loss, fields.number("loss"));
    return point;
}

Result<LayerSensitivity> layerFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "sensitivity.layers"));
    LayerSensitivity layer;
    ESPALIER_TRY(layer.layer, fields.text("layer"));
    ESPALIER_TRY(layer.points, fields.list("points", pointFromJson));
    return layer;
}

} // namespace

const LayerSensitivity* SensitivityReport::find(const std::string& layer) const
{
    const auto found = std::find_if(layers.begin(), layers.end(), [&](const LayerSensitivity& l) { return l.layer == layer; });
    return found == layers.end() ? nullptr : &*found;
}

std::optional<double> SensitivityReport::lost(const std::string& layer, double sparsity) const
{
    const LayerSensitivity* known = find(layer);
    if (known == nullptr)
        return std::nullopt;
    SensitivityPoint before{0, accuracy, loss};
    for (const SensitivityPoint& point : known->points) {
        const bool last = &point == &known->points.back();
        if (point.sparsity < sparsity - (last ? rounding : 0)) {
            before = point;
            continue;
        }
        const double width = point.sparsity - before.sparsity;
        const double share = width <= 0 ? 1 : std::clamp((sparsity - before.sparsity) / width, 0.0, 1.0);
        return accuracy - before.accuracy - share * (point.accuracy - before.accuracy);
    }
    return std::nullopt;
}

Json toJson(const SensitivityReport& report)
{
    Json layers = Json::array();
    for (const LayerSensitivity& layer : report.layers)
        layers.push_back(toJson(layer));
    return {{"score", report.score}, {"pattern", report.pattern}, {"accuracy", report.accuracy}, {"loss", report.loss}, {"examples", report.examples}, {"layers", layers}};
}

Result<SensitivityReport> sensitivityReportFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "sensitivity"));
    SensitivityReport report;
    ESPALIER_TRY(report.score, fields.text("score"));
    ESPALIER_TRY(report.pattern, fields.text("pattern"));
    ESPALIER_TRY(report.accuracy, fields.number("accuracy"));
    ESPALIER_TRY(report.loss, fields.number("loss"));
    ESPALIER_TRY(report.examples, fields.integer("examples"));
    ESPALIER_TRY(report.layers, fields.list("layers", layerFromJson));
    return report;
}

} // namespace espalier
