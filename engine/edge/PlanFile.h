// SPDX-License-Identifier: Apache-2.0
// PlanFile: what was measured on this device (Calibration.h), kept beside the package as PACKAGE.plan, so that it is measured once. It counts only for the same bytes of
// package, processor, kernels and version of the runtime; a file that is anything else, or damaged, is passed over. It holds nothing but costs, and what they decide is how
// matrices are laid out: no file can change an answer.
#pragma once

#include "engine/core/Result.h"
#include "engine/edge/PackageReader.h"
#include "engine/edge/kernels/Kernels.h"

namespace espalier::edge {

/// What may be done to know the costs.
enum class Planning {
    Cached, ///< a valid file is read, else the costs in the table stay
    Needed, ///< where there is no valid file the costs are measured, and written where the folder allows it
    Anew,   ///< they are measured whatever there is
};

struct PlannedKernels {
    Kernels kernels; ///< the chosen ones, with the costs that count here
    std::string file; ///< "read", "written", "absent" (or not valid), or "unwritable"
    double milliseconds = 0; ///< that measuring took
};

PlannedKernels planKernels(const PackageReader& reader, const std::string& package, Planning planning);

/// What a file must begin with to be read: package, processor and version.
std::string planHead(const PackageReader& reader, const Kernels& kernels);
/// The whole file for the costs of @p kernels.
std::string planText(const std::string& head, const Kernels& kernels);
/// Takes the costs of @p text over, or leaves @p kernels as they are and returns false: where it is not exactly what planText() makes of some costs and @p head.
bool readPlan(const std::string& text, const std::string& head, Kernels& kernels);

} // namespace espalier::edge
