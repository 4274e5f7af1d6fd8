// SPDX-License-Identifier: GPL-3.0-or-later
// CostMeter: what a package costs to run, measured with the runtime that devices get, on this computer or on a device of the user's list. Sparsity is
// no speed: only a measurement says whether fewer weights are quicker or need less memory.
#pragma once

#include "engine/core/RunContext.h"
#include "engine/deployment/Credentials.h"
#include "engine/deployment/Device.h"
#include "engine/reports/CompressionReport.h"

#include <memory>
#include <mutex>
#include <string>

namespace espalier {

class PackageMeter;

/// Measurements of several threads wait for each other. The connection to a device stays open in between.
class CostMeter {
public:
    /// Without @p prompts it asks nobody: what it would have to ask is an error.
    explicit CostMeter(Device device = thisComputer(), Credentials credentials = {}, DeploymentPrompts prompts = {});
    ~CostMeter();

    [[nodiscard]] const Device& device() const { return m_device; }
    [[nodiscard]] bool isFor(const Device& device, const Credentials& credentials) const { return m_device == device && m_credentials == credentials; }
    /// EdgeCost::runtime of what it measures.
    [[nodiscard]] std::int64_t runtime() const;
    /// Runs espalier-edge for a moment over the self-test sentences in @p package (the file's bytes), in a folder of its own that is gone
    /// afterwards. NotFound: there is no runtime for the processor. Else as PackageMeter. Cancelled within 200 ms.
    Result<EdgeCost> measure(const std::string& package, const RunContext& context);

private:
    Result<EdgeCost> measureOnDevice(const std::string& package, const RunContext& context);

    Device m_device;
    Credentials m_credentials;
    DeploymentPrompts m_prompts;
    std::mutex m_mutex;
    std::unique_ptr<PackageMeter> m_meter; ///< open; none on this computer
};

} // namespace espalier
