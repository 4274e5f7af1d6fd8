// SPDX-License-Identifier: Apache-2.0
// Repeats a package's self-test sentences on this machine and compares with what the engine answered at export.
#pragma once

#include "engine/edge/PackageFormat.h"
#include "engine/edge/Session.h"

#include <cstdint>
#include <string>
#include <vector>

namespace espalier::edge {

struct SelfTestOutcome {
    std::int64_t sentences = 0;
    std::int64_t labelsEqual = 0;
    double maxAbsDifference = 0; ///< of a probability
    bool passed = false;
    /// English: the first sentence whose label or probabilities disagree, and how; empty when none does.
    std::string firstDisagreement;
};

/// Passed when at least selfTestAgreement of the labels are equal and no probability differs by more than
/// selfTestTolerance. A package without self-tests passes.
SelfTestOutcome runSelfTest(Session& session, const PackageHeader& header);

} // namespace espalier::edge
