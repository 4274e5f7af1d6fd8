// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/Deployer.h"

#include "engine/deployment/Push.h"

namespace espalier {

const std::vector<DeployStep>& deploySteps()
{
    static const std::vector<DeployStep> steps{
        {"probe", "Testing the device"},
        {"choose", "Choosing the executable"},
        {"lock", "Locking the device"},
        {"upload", "Uploading the release"},
        {"verify", "Verifying the upload on the device"},
        {"store", "Storing the release"},
        {"selftest", "Running the self-test on the device"},
        {"bench", "Measuring the latency on the device"},
        {"evaluate", "Classifying the test set on the device"},
        {"activate", "Activating the release"},
        {"health", "Checking the active release"},
        {"prune", "Removing old releases"},
    };
    return steps;
}

Result<Receipt> deploy(Transport& transport, const Device& device, const DeployRequest& request, const RunContext& context)
{
    auto receipt = Push(transport, device, request, context).run();
    if (!receipt)
        return receipt.error().within("deploying to " + device.name);
    return receipt;
}

} // namespace espalier
