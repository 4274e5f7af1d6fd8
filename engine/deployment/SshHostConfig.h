// SPDX-License-Identifier: GPL-3.0-or-later
// What the user's ssh configuration says about a host. libssh reads only part of it, so the ssh client itself is asked
// (`ssh -G`) where it is installed; without it the device's own fields and the usual keys are used.
#pragma once

#include "engine/core/RunContext.h"
#include "engine/deployment/Device.h"

#include <filesystem>
#include <string>
#include <vector>

namespace espalier {

struct SshHostConfig {
    std::string hostName; ///< where to connect
    std::string hostKeyAlias; ///< the name host keys are kept under, when it is another one
    int port = 22;
    std::string user;
    std::vector<std::filesystem::path> identityFiles; ///< those that exist
    bool identitiesOnly = false; ///< the agent's other keys must not be offered
    std::string agentSocket; ///< empty: $SSH_AUTH_SOCK; "none": no agent
    std::string proxy; ///< ProxyJump or ProxyCommand, which Espalier cannot follow
};

/// The device's own fields win over the configuration. Unsupported when the host is behind a proxy.
Result<SshHostConfig> resolveSshHost(const Device& device, const RunContext& context);

/// The configuration from what `ssh -G` printed.
SshHostConfig parseSshConfig(const std::string& text);

} // namespace espalier
