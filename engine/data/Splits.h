// SPDX-License-Identifier: GPL-3.0-or-later
// Splitting a dataset into train, validation and test.
#pragma once

#include "engine/core/RunContext.h"
#include "engine/data/Dataset.h"

namespace espalier {

struct SplitOptions {
    /// "given": the files' own parts; what is missing is cut from train, stratified. "stratified": all rows together, cut anew.
    /// "grouped": the same, but rows of one group stay together, and classes fall as they may.
    std::string method = "given";
    double validationFraction = 0.1; ///< of the rows it is cut from
    double testFraction = 0.1;
    std::uint64_t seed = 1;
};

/// Stratified: every class is represented in each part in proportion (largest remainder), at least one row in train; a row with several
/// classes counts for its rarest, a sentence with tags for its rarest entity type. Errors: fewer than two classes (token tags: no
/// entity); fractions that leave train empty; "grouped" with fewer than two groups.
Result<Splits> splitDataset(const Dataset& dataset, const SplitOptions& options, RunContext& context);

} // namespace espalier
