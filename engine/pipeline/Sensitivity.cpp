// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/Sensitivity.h"

#include "engine/compression/PruneScope.h"
#include "engine/core/Fingerprint.h"
#include "engine/core/SafeFile.h"
#include "engine/pipeline/CompressionLab.h"

namespace espalier {
namespace {

/// In the checkpoint's folder, named by all that decides which weights of a layer go.
std::filesystem::path fileOf(const Pipeline& pipeline, const std::string& node, const PruneOptions& options)
{
    Fingerprint print;
    print.add("score", options.score).add("pattern", options.pattern).add("seed", std::to_string(options.seed));
    print.add("calibration", std::to_string(options.calibrationExamples));
    print.add("fisher", Json{options.fisherBlock, options.fisherGradients, options.fisherDamping}.dump());
    print.add("sparsities", Json(sensitivitySparsities).dump());
    return pipeline.store().folder(pipeline.fingerprint(node)) / ("sensitivity-" + print.hex().substr(0, 16) + ".json");
}

Result<SensitivityReport> stored(const std::filesystem::path& file)
{
    ESPALIER_TRY(const Json json, readJsonFile(file));
    return sensitivityReportFromJson(json);
}

} // namespace

std::optional<SensitivityReport> keptSensitivity(const Pipeline& pipeline, const std::string& node, const PruneOptions& options)
{
    if (pipeline.state(node) != ResultState::Done)
        return std::nullopt;
    const auto report = stored(fileOf(pipeline, node, options));
    return report ? std::optional(*report) : std::nullopt;
}

Result<SensitivityReport> measureSensitivity(Pipeline& pipeline, const std::string& node, const PruneOptions& options, RunContext& context)
{
    ESPALIER_TRY(CompressionLab lab, CompressionLab::open(pipeline, node, context));
    ESPALIER_TRY(SensitivityReport report, lab.sensitivity(options, sensitivitySparsities, context));
    if (const auto kept = writeFileSafely(fileOf(pipeline, node, options), dumpJsonPretty(toJson(report))); !kept)
        context.warn("The layers' sensitivity could not be kept and will have to be measured again: " + kept.error().message());
    return report;
}

/// @p weights in place of the checkpoint's, for this once.
Result<SensitivityPoint> CompressionLab::accuracyWith(const Weights& weights, double sparsity, RunContext& context)
{
    ESPALIER_CHECK(m_classifier.setWeights(weights));
    RunContext quiet{.stop = context.stop}; // its progress is not the whole's
    const auto predictions = m_classifier.predict(m_validation, quiet);
    ESPALIER_CHECK(m_classifier.setWeights(checkpoint().weights));
    if (!predictions)
        return predictions.error();
    return SensitivityPoint{sparsity, reportOf(*predictions, m_validation, checkpoint(), "validation").accuracy, predictions->meanLoss};
}

Result<SensitivityReport> CompressionLab::sensitivity(PruneOptions options, const std::vector<double>& sparsities, RunContext& context)
{
    ESPALIER_TRY(const auto tensors, prunableTensors(checkpoint().model));
    PruneOptions alone{.score = options.score, .pattern = options.pattern, .seed = options.seed, .allowEmptied = true, .calibrationExamples = options.calibrationExamples,
                       .fisherBlock = options.fisherBlock, .fisherGradients = options.fisherGradients, .fisherDamping = options.fisherDamping};
    ESPALIER_CHECK(measureScore(alone, context));
    SensitivityReport report;
    report.score = options.score;
    report.pattern = options.pattern;
    report.examples = static_cast<std::int64_t>(m_validation.ids.size());
    ESPALIER_TRY(const SensitivityPoint whole, accuracyWith({}, 0, context));
    report.accuracy = whole.accuracy;
    report.loss = whole.loss;
    const auto total = static_cast<std::int64_t>(tensors.size() * sparsities.size());
    std::int64_t done = 0;
    for (const auto& tensor : tensors) {
        LayerSensitivity& layer = report.layers.emplace_back(LayerSensitivity{tensor.name, {}});
        for (const double sparsity : sparsities) {
            context.progress({"Measuring layers", done++, total, "measurements"});
            alone.sparsity = sparsity;
            ESPALIER_TRY(const PruneOutcome outcome, computeMasks(checkpoint().weights, checkpoint().masks, {tensor}, alone));
            Weights changed{{tensor.name, checkpoint().weights.at(tensor.name)}};
            ESPALIER_CHECK(pruneWeights(changed, {{tensor.name, outcome.masks.at(tensor.name)}}, alone));
            ESPALIER_TRY(layer.points.emplace_back(), accuracyWith(changed, sparsity, context));
        }
    }
    return report;
}

} // namespace espalier
