// SPDX-License-Identifier: GPL-3.0-or-later
// deploy(): pushes a package and the executable that runs it to a device, tries them there and makes them current. After
// any interruption at any step the device's `current` is a complete old or a complete new release, and the same call again
// goes on from there.
#pragma once

#include "engine/deployment/Device.h"
#include "engine/deployment/Transport.h"
#include "engine/reports/Receipt.h"

#include <filesystem>
#include <string>
#include <vector>

namespace espalier {

struct DeployRequest {
    std::filesystem::path package;            ///< .espkg on this machine
    std::filesystem::path runtimeFolder = {}; ///< where espalier-edge is; empty: RuntimeLocator's usual places
    std::filesystem::path testSet = {};       ///< labelled sentences to evaluate on the device, as `espalier-edge evaluate` takes them; empty: no evaluation
    double benchSeconds = 2; ///< how long the latency is measured on the device, 0.01 to 3600
    bool retryFailed = false; ///< push a release again that was rolled back on this device before
};

/// One step of a push. Progress names the step by its activity.
struct DeployStep {
    std::string id;       ///< "upload"
    std::string activity; ///< English: "Uploading the release"
};

/// The steps in their order; "evaluate" takes place only when a test set is given.
const std::vector<DeployStep>& deploySteps();

/// Returns what the device answered. Errors: InvalidFormat (the package), NotFound (no executable for the device),
/// Unsupported, Io, Remote (a step failed there; a release that failed its health check was rolled back), Network, Cancelled.
Result<Receipt> deploy(Transport& transport, const Device& device, const DeployRequest& request, const RunContext& context);

} // namespace espalier
