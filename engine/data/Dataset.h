// SPDX-License-Identifier: GPL-3.0-or-later
// Dataset: labelled texts as they were read, with the rows that could not be used set aside; Splits: the same divided into train,
// validation and test. Plain values, immutable once made, and cheap to copy.
#pragma once

#include "engine/core/RunContext.h"
#include "engine/core/Task.h"
#include "engine/data/ExampleTable.h"
#include "engine/data/LabelMap.h"
#include "engine/data/RejectedRows.h"
#include "engine/reports/LeakReport.h"

#include <optional>

namespace espalier {

/// The rows of one dataset; @c validation and @c test are empty when the user gave no such file.
struct Dataset {
    ExampleTable train;
    ExampleTable validation;
    ExampleTable test;
    RejectedRows rejected = {};
    Task task = Task::SingleLabel;
};

/// Train, validation and test, none of which shares a row with another; labels are those of train. Token tags: every tag of the entity
/// types in train, in BIO, and O.
struct Splits {
    LabelMap labels;
    ExampleTable train;
    ExampleTable validation;
    ExampleTable test;
    RejectedRows rejected = {}; ///< also rows of validation and test whose label train does not have
    Task task = Task::SingleLabel;
    std::optional<LeakReport> leaks = {}; ///< what Check found out about these parts; none: not checked
};

} // namespace espalier
