// SPDX-License-Identifier: GPL-3.0-or-later
// Statistics: counts over all rows of a dataset or its splits, for the data view.
#pragma once

#include "engine/core/RunContext.h"
#include "engine/data/Dataset.h"
#include "engine/reports/DatasetSummary.h"

namespace espalier {

/// Errors: cancelled.
Result<DatasetSummary> summariseDataset(const Dataset& dataset, RunContext& context);
Result<DatasetSummary> summariseSplits(const Splits& splits, RunContext& context);

/// The entity types of a sentence's BIO tags, one for each entity in it.
std::vector<std::string> entityTypes(const std::vector<std::string>& tags);

} // namespace espalier
