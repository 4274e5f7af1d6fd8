// SPDX-License-Identifier: GPL-3.0-or-later
// EdgeRuntime: espalier-edge in one release folder of a device, asked to do what it can. Each call changes into the folder
// first, so that a swap of `current` in the middle of it changes nothing for that call.
#pragma once

#include "engine/deployment/Releases.h"
#include "engine/deployment/Transport.h"
#include "engine/reports/Receipt.h"

#include <string>
#include <vector>

namespace espalier {

class EdgeRuntime {
public:
    /// @p folder is absolute, on the device: a release's folder, or `current`.
    EdgeRuntime(Transport& transport, std::string folder) : m_transport(transport), m_folder(std::move(folder)) {}

    /// One line: "espalier-edge 0.1.0".
    Result<std::string> version(const RunContext& context);
    /// Remote with the runtime's words when a self-test sentence is answered otherwise than at export.
    Result<void> selfTest(const RunContext& context);
    /// Over the package's self-test sentences for @p seconds, 0.01 to 3600.
    Result<LatencyReport> bench(double seconds, const RunContext& context);
    /// @p labelled is a file on the device, as `espalier-edge evaluate` takes it.
    Result<DeviceEvaluation> evaluate(const std::string& labelled, const RunContext& context);
    Result<std::vector<DeviceAnswer>> classify(const std::vector<std::string>& sentences, const RunContext& context);

private:
    Result<std::string> ask(const std::string& arguments, const std::string& purpose, const RunContext& context);

    Transport& m_transport;
    std::string m_folder;
};

} // namespace espalier
