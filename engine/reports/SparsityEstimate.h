// SPDX-License-Identifier: GPL-3.0-or-later
// SparsityEstimate: what a position of the slider comes to when layers have a sparsity of their own or are left out. Arithmetic on a
// profile: it follows a hand. The masks would be the engine's: layers alone are looked up, and those that stay ranked together keep
// their order without the ones that left, so that their budget says how far down it goes.
#pragma once

#include "engine/reports/CompressionReport.h"

#include <map>

namespace espalier {

struct LayerChoices {
    std::map<std::string, double> sparsities; ///< layers with a sparsity of their own, 0 to 1
    std::vector<std::string> excluded;        ///< layers that stay dense

    bool operator==(const LayerChoices&) const = default;
};

struct SparsityEstimate {
    std::vector<LayerSparsity> layers;
    std::int64_t packageBytes = 0;
    /// Between which it lies: those of the two steps that a shared budget falls between. As packageBytes where nothing had to be interpolated.
    std::int64_t leastBytes = 0;
    std::int64_t mostBytes = 0;
};

/// At sparsityOfStep(@p step); the profile must have that step, and be one without layers of their own. Layers that are not the model's change nothing.
SparsityEstimate estimateSparsity(const SparsityProfile& profile, int step, const LayerChoices& choices = {});

} // namespace espalier
