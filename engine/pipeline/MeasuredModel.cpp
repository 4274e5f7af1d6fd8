// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/MeasuredModel.h"

#include "engine/compression/LayerReport.h"
#include "engine/evaluation/AccuracyInterval.h"
#include "engine/pipeline/CostMeter.h"
#include "engine/pipeline/TestSet.h"

namespace espalier {
namespace {

constexpr std::size_t packageSentences = 256;

/// What the package costs here; where there is no runtime to ask, that stays unknown.
Result<void> addCost(MeasuredModel& measured, RunContext& context)
{
    const auto cost = CostMeter().measure(measured.package.bytes, context);
    if (!cost && cost.error().code == ErrorCode::Cancelled)
        return cost.error();
    if (!cost) {
        context.warn("Latency and memory were not measured: " + cost.error().message());
        return {};
    }
    measured.point.milliseconds = cost->milliseconds;
    measured.point.memoryBytes = cost->memoryBytes;
    measured.point.runtime = cost->runtime;
    return {};
}

} // namespace

Result<MeasuredModel> measureModel(Classifier& classifier, const Checkpoint& checkpoint, const MeasuringOptions& options, RunContext& context)
{
    ESPALIER_TRY(const Predictions predictions, classifier.predict(options.validation, context));
    const EvaluationReport report = reportOf(predictions, options.validation, checkpoint, "validation");
    MeasuredModel measured;
    measured.point.accuracy = report.accuracy;
    measured.point.macroF1 = report.macroF1;
    measured.point.examples = report.examples;
    ESPALIER_TRY(const Interval interval, accuracyInterval(predictions, options.validation, checkpoint, context));
    measured.point.accuracyLow = interval.low;
    measured.point.accuracyHigh = interval.high;
    measured.point.precision = options.precision;
    ESPALIER_TRY(measured.package, encodePackage(checkpoint, options.sentences, {.precision = options.precision}, context));
    measured.point.packageBytes = measured.package.report.bytes;
    return measured;
}

void addLayers(MeasuredModel& measured, std::vector<LayerSparsity> layers)
{
    measured.point.layers = std::move(layers);
    addPackagedBytes(measured.point.layers, measured.package.report);
}

Result<Checkpoint> asPackaged(Checkpoint checkpoint, const std::string& precision)
{
    ESPALIER_TRY(const QuantizationScheme scheme, checkpoint.schemeFor(precision));
    TensorPrecisions(scheme, checkpoint.model).round(checkpoint.weights);
    return checkpoint;
}

Result<SparsityPoint> measureCheckpoint(const Checkpoint& made, const Splits& splits, RunContext& context)
{
    ESPALIER_TRY(const Checkpoint checkpoint, asPackaged(made, "checkpoint"));
    ESPALIER_TRY(const EncodedExamples validation, encodeKnownExamples(checkpoint, splits.validation, "validation"));
    ESPALIER_TRY(Classifier classifier, Classifier::create(checkpoint));
    ESPALIER_TRY(MeasuredModel measured,
                 measureModel(classifier, checkpoint, {.validation = validation, .sentences = paritySentences(splits, packageSentences), .precision = "checkpoint"}, context));
    measured.point.sparsity = made.masks.empty() ? 0 : made.sparsity(); // zeros that rounding or padding makes are not pruned
    addLayers(measured, layerSparsities(made));
    ESPALIER_CHECK(addCost(measured, context));
    return std::move(measured.point);
}

} // namespace espalier
