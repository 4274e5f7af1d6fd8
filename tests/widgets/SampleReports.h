// SPDX-License-Identifier: GPL-3.0-or-later
// Reports as an engine would send them, for the panels' tests: a small TextCNN under pruning, an evaluation, a training run.
#pragma once

#include "engine/core/RunContext.h"
#include "engine/reports/CompressionReport.h"
#include "engine/reports/EvaluationReport.h"
#include "engine/reports/TrainingHistory.h"

#include <cmath>

namespace espalier::samples {

inline SparsityProfile profile()
{
    SparsityProfile profile;
    profile.layers = {{"embedding.weight", {4813, 128}, 616064, 616064, true, 600'000},
                      {"conv.0.weight", {100, 128, 3}, 38400, 38400, true, 38'000},
                      {"conv.1.weight", {100, 128, 4}, 51200, 51200, true, 51'000},
                      {"conv.2.weight", {100, 128, 5}, 64000, 64000, true, 63'000},
                      {"output.weight", {150, 300}, 45000, 45000, true, 44'000},
                      {"output.bias", {150}, 150, 150, false, 600}};
    profile.denseFp32Bytes = 3'312'400;
    profile.pools = {0, 1, 2, 3, 4, -1};
    profile.alone.resize(profile.layers.size());
    for (int number = 0; number < sparsityStepCount; ++number) {
        const double percent = 100 * sparsityOfStep(number);
        SparsityProfile::Step step;
        for (const LayerSparsity& layer : profile.layers) {
            const bool crowdedOut = layer.name == "conv.0.weight" && percent > 90;
            const double kept = !layer.prunable ? 1 : crowdedOut ? 0.004 : 1 - percent / 100.0;
            step.kept.push_back(std::llround(static_cast<double>(layer.weights) * kept));
            step.bytes.push_back(std::llround(static_cast<double>(layer.bytes) * kept));
        }
        step.estimatedBytes = 68'000 + std::llround(790'000 * (1 - percent / 101.0));
        profile.steps.push_back(step);
    }
    return profile;
}

/// The point that profile()'s model would measure; some bytes off its estimate, as real ones are.
inline SparsityPoint pointAt(double sparsity, bool fineTuned = false)
{
    const SparsityProfile all = profile();
    SparsityPoint point;
    point.sparsity = sparsity;
    point.fineTuned = fineTuned;
    point.accuracy = 0.884 - std::pow(sparsity, 8) * (fineTuned ? 0.05 : 0.6);
    point.accuracyLow = point.accuracy - 0.011;
    point.accuracyHigh = point.accuracy + 0.011;
    point.macroF1 = point.accuracy - 0.004;
    point.examples = 3100;
    const auto& step = all.steps.at(static_cast<std::size_t>(stepOfSparsity(point.sparsity)));
    point.packageBytes = step.estimatedBytes + 1234;
    point.layers = all.layers;
    for (std::size_t i = 0; i < point.layers.size(); ++i) {
        point.layers[i].kept = step.kept[i];
        point.layers[i].bytes = step.bytes[i] + 12;
    }
    return point;
}
inline SparsityPoint point(int percent, bool fineTuned = false)
{
    return pointAt(percent / 100.0, fineTuned);
}

/// @p classes labels; most sentences right, some mistaken for the next class, one large mistake from class 0 to the last.
inline EvaluationReport evaluation(int classes)
{
    std::vector<std::string> labels;
    std::vector<std::int64_t> truth;
    std::vector<std::int64_t> predicted;
    for (int label = 0; label < classes; ++label) {
        labels.push_back("intent_number_" + std::to_string(label));
        for (int i = 0; i < 30; ++i) {
            truth.push_back(label);
            const bool wrong = i < (label * 7) % 9;
            predicted.push_back(label == 0 && i < 10 ? classes - 1 : wrong ? (label + 1) % classes : label);
        }
    }
    return evaluatePredictions("test", labels, truth, predicted);
}

/// One epoch of @p batches batches and its validation, as the trainer sends them. Best at epoch 6.
inline std::vector<MetricPoint> epoch(int epoch, int batches)
{
    std::vector<MetricPoint> points;
    for (int batch = 1; batch <= batches; ++batch) {
        const double x = epoch - 1 + static_cast<double>(batch) / batches;
        points.push_back({"train_loss", x, 3.2 * std::exp(-x / 2.5) + 0.05 + 0.25 * std::exp(-x / 3) * std::sin(batch * 12.9898 + epoch * 78.233)});
    }
    const double past = epoch > 6 ? (epoch - 6) * 0.002 : 0;
    points.push_back({"train_accuracy", static_cast<double>(epoch), 0.995 - 0.75 * std::exp(-epoch / 1.8)});
    points.push_back({"validation_loss", static_cast<double>(epoch), 3.0 * std::exp(-epoch / 2.0) + 0.42 + past * 6});
    points.push_back({"validation_accuracy", static_cast<double>(epoch), 0.89 - 0.65 * std::exp(-epoch / 1.9) - past * 10});
    return points;
}

inline TrainingHistory history(int epochs, int best)
{
    TrainingHistory history;
    for (int number = 1; number <= epochs; ++number) {
        const auto last = epoch(number, 1);
        history.epochs.push_back({number, last[0].y, last[1].y, last[2].y, last[3].y, 2.5});
    }
    history.bestEpoch = best;
    return history;
}

} // namespace espalier::samples
