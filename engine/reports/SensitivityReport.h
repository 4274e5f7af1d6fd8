// SPDX-License-Identifier: GPL-3.0-or-later
// SensitivityReport: what a model loses when one layer is pruned and all others are left as they are, for each layer at several sparsities.
#pragma once

#include "engine/core/Json.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace espalier {

struct SensitivityPoint {
    double sparsity = 0; ///< of the layer, 0 to 1
    double accuracy = 0; ///< on the validation part, 0 to 1
    double loss = 0;     ///< there, in nats: finer than the accuracy
    bool operator==(const SensitivityPoint&) const = default;
};

struct LayerSensitivity {
    std::string layer; ///< the parameter's name
    std::vector<SensitivityPoint> points; ///< sparsities ascending
    bool operator==(const LayerSensitivity&) const = default;
};

struct SensitivityReport {
    /// How far a layer's sparsity may be from the one asked for: it has whole weights.
    static constexpr double rounding = 0.002;

    std::string score;   ///< by which weights were chosen
    std::string pattern;
    double accuracy = 0; ///< of the model as it is
    double loss = 0;
    std::int64_t examples = 0; ///< validation sentences
    std::vector<LayerSensitivity> layers;

    [[nodiscard]] const LayerSensitivity* find(const std::string& layer) const;
    /// What pruning @p layer to @p sparsity costs in accuracy, 0 to 1, below 0 where it gains: measured, or on the line between two measurements; of the
    /// model as it is for none. Nothing beyond the highest sparsity measured, and for a layer that was not.
    [[nodiscard]] std::optional<double> lost(const std::string& layer, double sparsity) const;
    bool operator==(const SensitivityReport&) const = default;
};

Json toJson(const SensitivityReport& report);
Result<SensitivityReport> sensitivityReportFromJson(const Json& json);

} // namespace espalier
