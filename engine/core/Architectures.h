// SPDX-License-Identifier: Apache-2.0
// The model families as data: what each is called, which tasks it can answer, and its hyperparameters. The pipeline's Model node and the
// modules themselves (engine/models) both read it, so that a parameter is described once. One member a line in Architectures.cpp.
#pragma once

#include "engine/core/Catalog.h"
#include "engine/core/ParameterSpec.h"
#include "engine/core/Task.h"

namespace espalier {

struct Architecture {
    std::string id;    ///< stable, in files
    std::string label; ///< English
    std::vector<Task> tasks;
    std::vector<ParameterSpec> parameters; ///< an id that several architectures have means the same in all: their specs are equal

    [[nodiscard]] bool supports(Task task) const;
};

const Catalog<Architecture>& architectures();

/// The choice "architecture", then each parameter once, shown for the architectures that have it.
std::vector<ParameterSpec> architectureParameters();

} // namespace espalier
