// SPDX-License-Identifier: GPL-3.0-or-later
// DifferingOp: finds where the edge runtime's computation of a sentence parts from the reference: the first op whose output
// differs although its inputs did not.
#pragma once

#include "engine/edge/PackageReader.h"
#include "engine/training/Checkpoint.h"

#include <optional>

namespace espalier {

struct DifferingOp {
    std::string description; ///< English: the op, its output and its tensors
    double difference = 0;   ///< largest, of an element of the output
};

/// Runs @p sentence through the edge runtime and through the reference over @p checkpoint's weights as the package should hold them
/// (rounded to 8 bits where it says so). Nothing when every op agrees.
Result<std::optional<DifferingOp>> findDifferingOp(const Checkpoint& checkpoint, const edge::PackageReader& package, const std::string& sentence);

} // namespace espalier
