// SPDX-License-Identifier: GPL-3.0-or-later
// SshTransport: a device reached by SSH. Opening resolves the user's ssh configuration, connects, verifies the host key and
// only then offers credentials.
#pragma once

#include "engine/deployment/Credentials.h"
#include "engine/deployment/Device.h"
#include "engine/deployment/SshConnection.h"
#include "engine/deployment/Transport.h"

#include <memory>

namespace espalier {

class SshTransport : public Transport {
public:
    static Result<std::unique_ptr<SshTransport>> open(const Device& device, const Credentials& credentials, const DeploymentPrompts& prompts,
                                                      const RunContext& context);

    Result<CommandResult> execute(const Command& command, ByteSource* input, const RunContext& context) override;
    void close() override { m_connection.reset(); }

private:
    explicit SshTransport(std::unique_ptr<SshConnection> connection) : m_connection(std::move(connection)) {}

    std::unique_ptr<SshConnection> m_connection;
};

} // namespace espalier
