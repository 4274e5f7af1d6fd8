// SPDX-License-Identifier: GPL-3.0-or-later
// PrunableGroups: what a model can lose whole, so that a smaller dense model remains: heads, feed-forward columns, filters, hidden units, layers, positions.
// Models publish them (ModelType::groups); those who score, choose and cut (engine/compression/Shrinking.h) know tensors and axes, never an architecture.
#pragma once

#include "engine/core/ParameterSpec.h"

#include <cstdint>
#include <string>
#include <vector>

namespace espalier {

/// Where the groups of a set lie along one axis of a tensor: group g has the @c width places from first + g * width on.
struct GroupSlice {
    std::string tensor;
    std::size_t axis = 0;
    std::int64_t first = 0;
    std::int64_t width = 1;
    bool outgoing = false; ///< what the groups compute is multiplied by these weights, and goes nowhere else
};

/// Groups that compete for the places that stay: those of one layer. A group whose slices are all zero adds nothing to what the model computes.
struct GroupSet {
    std::int64_t count = 0;
    std::vector<GroupSlice> slices;
};

/// The sets of one kind. Each has as many groups as the model's parameter says, before and after.
struct GroupKind {
    std::string parameter; ///< "heads"
    std::vector<GroupSet> sets;
    bool inOrder = false;  ///< the first ones stay, whatever the others are worth
    Parameters fixed = {}; ///< parameters whose values followed from the number; they stay as they are when it changes
};

/// Layers one above the other, of which the lowest stay: the upper ones of a trained encoder are those it misses least (Sajjad et al., "On the effect of dropping
/// layers of pre-trained transformer models", 2023).
struct LayerStack {
    std::string parameter;                        ///< counts them; empty: the model has no stack
    std::vector<std::vector<std::string>> layers; ///< the tensors of each
    std::vector<std::string> after;               ///< tensors after the last layer that are named by its number
};

struct PrunableGroups {
    std::vector<GroupKind> kinds;
    LayerStack stack;
};

} // namespace espalier
