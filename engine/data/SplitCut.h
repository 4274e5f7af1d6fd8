// SPDX-License-Identifier: GPL-3.0-or-later
// Which row goes into which part, by class or by group. The same seed always gives the same parts.
#pragma once

#include "engine/core/Result.h"
#include "engine/core/Task.h"
#include "engine/data/ExampleTable.h"

namespace espalier {

enum class Part : std::uint8_t { Train, Validation, Test };

struct CutOptions {
    double validationFraction = 0;
    double testFraction = 0;
    std::uint64_t seed = 1;
};

using RowLists = std::vector<std::vector<std::uint32_t>>;

/// The rows of each class, in the order of the classes' names, a row with several classes under its rarest; rows without any class come last.
RowLists rowsByClass(const ExampleTable& rows, Task task);

/// Every row's part, in proportion within each class (largest remainder), at least one row of a class in train.
std::vector<Part> cutByClass(const ExampleTable& rows, Task task, const CutOptions& options);

/// Every row's part; rows with the same group have the same part. A row without a group is one of its own.
/// Errors: fewer groups than parts.
Result<std::vector<Part>> cutByGroup(const ExampleTable& rows, const CutOptions& options);

} // namespace espalier
