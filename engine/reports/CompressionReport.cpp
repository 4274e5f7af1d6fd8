// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reports/CompressionReport.h"

namespace espalier {
namespace {

Result<std::vector<LayerSparsity>> layersFrom(const Fields& fields)
{
    std::vector<LayerSparsity> layers;
    ESPALIER_TRY(const auto items, fields.array("layers"));
    for (const Json* item : items) {
        ESPALIER_TRY(const Fields f, Fields::of(*item, fields.path() + ".layers"));
        LayerSparsity layer;
        ESPALIER_TRY(layer.name, f.text("name"));
        ESPALIER_TRY(layer.shape, f.integers("shape"));
        ESPALIER_TRY(layer.weights, f.integer("weights"));
        ESPALIER_TRY(layer.kept, f.integer("kept"));
        ESPALIER_TRY(layer.bytes, f.integerOr("bytes", 0)); // reports kept from before have none
        ESPALIER_TRY(layer.prunable, f.boolean("prunable"));
        layers.push_back(std::move(layer));
    }
    return layers;
}

Result<std::vector<SparsityProfile::Curve>> curvesFrom(const Fields& fields, std::size_t steps)
{
    std::vector<SparsityProfile::Curve> curves;
    ESPALIER_TRY(const auto items, fields.array("alone"));
    for (const Json* item : items) {
        ESPALIER_TRY(const Fields f, Fields::of(*item, "profile.alone"));
        SparsityProfile::Curve curve;
        ESPALIER_TRY(curve.kept, f.integers("kept"));
        ESPALIER_TRY(curve.bytes, f.integers("bytes"));
        if (curve.bytes.size() != curve.kept.size() || (!curve.kept.empty() && curve.kept.size() != steps))
            return Error{ErrorCode::InvalidFormat, "'kept' and 'bytes' of 'profile.alone' must have an entry a step, or none.", {}, {}};
        curves.push_back(std::move(curve));
    }
    return curves;
}

Json layersToJson(const std::vector<LayerSparsity>& layers)
{
    Json list = Json::array();
    for (const auto& layer : layers)
        list.push_back(toJson(layer));
    return list;
}

} // namespace

Json toJson(const LayerSparsity& layer)
{
    return {{"name", layer.name}, {"shape", layer.shape}, {"weights", layer.weights}, {"kept", layer.kept}, {"bytes", layer.bytes}, {"prunable", layer.prunable}};
}

Json toJson(const SparsityPoint& point)
{
    return {{"sparsity", point.sparsity},
            {"accuracy", point.accuracy},
            {"accuracy_low", point.accuracyLow},
            {"accuracy_high", point.accuracyHigh},
            {"milliseconds", point.milliseconds},
            {"memory_bytes", point.memoryBytes},
            {"runtime", point.runtime},
            {"macro_f1", point.macroF1},
            {"examples", point.examples},
            {"package_bytes", point.packageBytes},
            {"precision", point.precision},
            {"fine_tuned", point.fineTuned},
            {"layers", layersToJson(point.layers)},
            {"warnings", point.warnings}};
}

void forgetCostOfOthers(SparsityPoint& point, std::int64_t runtime)
{
    if (point.runtime == runtime)
        return;
    point.milliseconds = 0;
    point.memoryBytes = 0;
    point.runtime = 0;
}

Json toJson(const SparsityProfile& profile)
{
    Json steps = Json::array();
    for (const auto& step : profile.steps)
        steps.push_back({{"kept", step.kept}, {"bytes", step.bytes}, {"estimated_bytes", step.estimatedBytes}});
    Json alone = Json::array();
    for (const auto& curve : profile.alone)
        alone.push_back({{"kept", curve.kept}, {"bytes", curve.bytes}});
    return {{"layers", layersToJson(profile.layers)}, {"steps", steps}, {"pools", profile.pools}, {"alone", alone}, {"dense_fp32_bytes", profile.denseFp32Bytes}};
}

Json toJson(const EdgeCost& cost)
{
    return {{"milliseconds", cost.milliseconds}, {"memory_bytes", cost.memoryBytes}, {"runtime", cost.runtime}};
}

Result<EdgeCost> edgeCostFromJson(const Json& json)
{
    EdgeCost cost;
    ESPALIER_TRY(const Fields fields, Fields::of(json, "cost"));
    ESPALIER_TRY(cost.milliseconds, fields.number("milliseconds"));
    ESPALIER_TRY(cost.memoryBytes, fields.integer("memory_bytes"));
    ESPALIER_TRY(cost.runtime, fields.integerOr("runtime", 0));
    return cost;
}

Result<SparsityPoint> sparsityPointFromJson(const Json& json)
{
    SparsityPoint point;
    ESPALIER_TRY(const Fields fields, Fields::of(json, "sparsity"));
    ESPALIER_TRY(point.sparsity, fields.number("sparsity"));
    ESPALIER_TRY(point.accuracy, fields.number("accuracy"));
    ESPALIER_TRY(point.accuracyLow, fields.numberOr("accuracy_low", 0)); // points kept from before have neither interval nor cost
    ESPALIER_TRY(point.accuracyHigh, fields.numberOr("accuracy_high", 0));
    ESPALIER_TRY(point.milliseconds, fields.numberOr("milliseconds", 0));
    ESPALIER_TRY(point.memoryBytes, fields.integerOr("memory_bytes", 0));
    ESPALIER_TRY(point.runtime, fields.integerOr("runtime", 0));
    ESPALIER_TRY(point.macroF1, fields.number("macro_f1"));
    ESPALIER_TRY(point.examples, fields.integer("examples"));
    ESPALIER_TRY(point.packageBytes, fields.integer("package_bytes"));
    ESPALIER_TRY(point.precision, fields.text("precision"));
    ESPALIER_TRY(point.fineTuned, fields.boolean("fine_tuned"));
    ESPALIER_TRY(point.layers, layersFrom(fields));
    ESPALIER_TRY(point.warnings, fields.texts("warnings"));
    return point;
}

Result<SparsityProfile> sparsityProfileFromJson(const Json& json)
{
    SparsityProfile profile;
    ESPALIER_TRY(const Fields fields, Fields::of(json, "profile"));
    ESPALIER_TRY(profile.layers, layersFrom(fields));
    ESPALIER_TRY(profile.denseFp32Bytes, fields.integer("dense_fp32_bytes"));
    ESPALIER_TRY(const auto steps, fields.array("steps"));
    for (const Json* item : steps) {
        ESPALIER_TRY(const Fields f, Fields::of(*item, "profile.steps"));
        SparsityProfile::Step step;
        ESPALIER_TRY(step.kept, f.integers("kept"));
        ESPALIER_TRY(step.bytes, f.integers("bytes"));
        ESPALIER_TRY(step.estimatedBytes, f.integer("estimated_bytes"));
        if (step.kept.size() != profile.layers.size() || step.bytes.size() != profile.layers.size())
            return Error{ErrorCode::InvalidFormat, "'kept' and 'bytes' of 'profile.steps' must have an entry a layer.", {}, {}};
        profile.steps.push_back(std::move(step));
    }
    ESPALIER_TRY(profile.pools, fields.integers("pools"));
    ESPALIER_TRY(profile.alone, curvesFrom(fields, profile.steps.size()));
    if (profile.pools.size() != profile.layers.size() || profile.alone.size() != profile.layers.size())
        return Error{ErrorCode::InvalidFormat, "'pools' and 'alone' of 'profile' must have an entry a layer.", {}, {}};
    return profile;
}

} // namespace espalier
