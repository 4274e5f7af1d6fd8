// SPDX-License-Identifier: GPL-3.0-or-later
// PackageMeter: what packages cost to run on one device, measured there by the runtime for its processor. It works in a folder of its own beside
// the releases, which it takes away at the end; no release is touched. Not for two threads at once.
#pragma once

#include "engine/deployment/Credentials.h"
#include "engine/deployment/Device.h"
#include "engine/deployment/Transport.h"
#include "engine/reports/Receipt.h"

#include <memory>

namespace espalier {

class PackageMeter {
public:
    /// Connects, tests the device and puts the runtime there. Errors: as openTransport() and requireUsable(); NotFound (no executable for the
    /// device); Remote.
    static Result<std::unique_ptr<PackageMeter>> open(const Device& device, const Credentials& credentials, const DeploymentPrompts& prompts, const RunContext& context);
    PackageMeter(const PackageMeter&) = delete;
    PackageMeter& operator=(const PackageMeter&) = delete;
    ~PackageMeter();

    /// Runs @p package (the file's bytes) over its self-test sentences for @p seconds. Errors: Network, Remote, Io, Cancelled.
    Result<LatencyReport> measure(const std::string& package, double seconds, const RunContext& context);

private:
    explicit PackageMeter(std::unique_ptr<Transport> transport) : m_transport(std::move(transport)) {}
    Result<void> makeFolder(const std::string& root, const RunContext& context);
    Result<void> send(const std::filesystem::path& local, std::string_view name, const RunContext& context);

    std::unique_ptr<Transport> m_transport;
    std::string m_folder; ///< on the device, absolute; empty: not made
};

} // namespace espalier
