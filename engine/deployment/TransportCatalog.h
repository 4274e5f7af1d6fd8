// SPDX-License-Identifier: GPL-3.0-or-later
// The kinds of transport, a line a member, and the one way to open one.
#pragma once

#include "engine/core/Catalog.h"
#include "engine/deployment/Credentials.h"
#include "engine/deployment/Device.h"
#include "engine/deployment/Transport.h"

#include <functional>
#include <memory>
#include <string>

namespace espalier {

struct TransportKind {
    using Open = Result<std::unique_ptr<Transport>> (*)(const Device&, const Credentials&, const DeploymentPrompts&, const RunContext&);

    std::string id;    ///< Device::kind
    std::string label; ///< English: "SSH"
    bool needsHost = false;
    Open open = nullptr;
};

const Catalog<TransportKind>& transportCatalog();

/// Connects to @p device. Errors: Network, HostKeyUnknown (fingerprint in the detail), HostKeyChanged (no credential was
/// offered), Authentication, Cancelled, InvalidArgument naming the device's field.
Result<std::unique_ptr<Transport>> openTransport(const Device& device, const Credentials& credentials, const DeploymentPrompts& prompts,
                                                 const RunContext& context);

} // namespace espalier
