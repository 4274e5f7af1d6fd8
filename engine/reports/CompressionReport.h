// SPDX-License-Identifier: GPL-3.0-or-later
// What pruning does to a model: per layer and as a whole. A SparsityProfile predicts it for every position of the
// slider without the engine (estimates); a SparsityPoint is one position that was measured.
#pragma once

#include "engine/core/Json.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace espalier {

/// Positions of the sparsity slider, half a percent apart: 0 to 99.5 %.
inline constexpr int sparsityStepCount = 200;
inline double sparsityOfStep(int step)
{
    return static_cast<double>(step) / sparsityStepCount;
}
/// The position nearest to a sparsity of 0 to 1.
inline int stepOfSparsity(double sparsity)
{
    return std::clamp(static_cast<int>(std::lround(sparsity * sparsityStepCount)), 0, sparsityStepCount - 1);
}

/// What running a package takes on a device, in the edge runtime with one thread.
struct EdgeCost {
    double milliseconds = 0;      ///< median of a sentence
    std::int64_t memoryBytes = 0; ///< largest resident memory meanwhile
    std::int64_t runtime = 0;     ///< which runtime measured it: deployment/LocalRuntime.h
};

struct LayerSparsity {
    std::string name; ///< the parameter's name: "embedding.weight"
    std::vector<std::int64_t> shape;
    std::int64_t weights = 0; ///< elements in all
    std::int64_t kept = 0;    ///< elements that are not pruned
    bool prunable = false;    ///< whether the scope chosen lets it be pruned
    std::int64_t bytes = 0;   ///< in a package; 0: not known
};

/// One sparsity, measured: the model was pruned so, evaluated on the validation set and encoded as a package.
struct SparsityPoint {
    double sparsity = 0; ///< asked for, 0 to 1, over the prunable weights
    double accuracy = 0; ///< validation accuracy, 0 to 1
    double accuracyLow = 0;  ///< 95 % interval of accuracy, by bootstrap; both 0: not measured
    double accuracyHigh = 0;
    double macroF1 = 0;
    std::int64_t examples = 0;     ///< validation sentences it was measured on
    double milliseconds = 0;       ///< median of a sentence in the edge runtime on a device, one thread; 0: not measured
    std::int64_t memoryBytes = 0;  ///< largest resident memory of the edge runtime meanwhile; 0: not measured
    std::int64_t runtime = 0;      ///< which edge runtime measured these two, and on which device: deployment/LocalRuntime.h
    std::int64_t packageBytes = 0; ///< exact size of the package this model makes
    std::string precision = "int8"; ///< of that package, as the Package node has it: "checkpoint", "int8", "fp32"...
    bool fineTuned = false; ///< whether weights were trained after pruning; false for the slider's one-shot points
    std::vector<LayerSparsity> layers;
    std::vector<std::string> warnings; ///< English: a layer that is about to be emptied
};

/// Time and memory that another runtime than @p runtime took are not known any more.
void forgetCostOfOthers(SparsityPoint& point, std::int64_t runtime);

/// Predictions for the slider: entry i of @c steps is sparsityOfStep(i). SparsityEstimate.h makes of it what layers with a sparsity of
/// their own come to.
struct SparsityProfile {
    struct Step {
        std::vector<std::int64_t> kept;  ///< per layer, in the order of @c layers
        std::int64_t estimatedBytes = 0; ///< estimated package size
        std::vector<std::int64_t> bytes; ///< per layer, estimated
    };
    /// One layer at every step, were it ranked by itself.
    struct Curve {
        std::vector<std::int64_t> kept;
        std::vector<std::int64_t> bytes;
    };
    std::vector<LayerSparsity> layers; ///< as at sparsity 0, with all weights kept
    std::vector<Step> steps;
    std::vector<std::int64_t> pools; ///< per layer: those of one number are ranked together; -1: stays dense
    std::vector<Curve> alone;        ///< per layer; empty where @c steps say the same, since nothing is ranked with it
    std::int64_t denseFp32Bytes = 0; ///< exact size of the dense fp32 package
};

Json toJson(const LayerSparsity& layer);
Json toJson(const SparsityPoint& point);
Json toJson(const SparsityProfile& profile);
Json toJson(const EdgeCost& cost);
Result<EdgeCost> edgeCostFromJson(const Json& json);
Result<SparsityPoint> sparsityPointFromJson(const Json& json);
Result<SparsityProfile> sparsityProfileFromJson(const Json& json);

} // namespace espalier
