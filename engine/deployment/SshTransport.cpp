// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/SshTransport.h"

#include "engine/deployment/ConfigFolder.h"
#include "engine/deployment/KnownHosts.h"
#include "engine/deployment/ShellText.h"
#include "engine/deployment/SshAuthenticator.h"
#include "engine/deployment/SshExec.h"

namespace espalier {

Result<std::unique_ptr<SshTransport>> SshTransport::open(const Device& device, const Credentials& credentials, const DeploymentPrompts& prompts,
                                                         const RunContext& context)
{
    if (!device.keyFile.empty() && !std::filesystem::is_regular_file(expandHome(device.keyFile)))
        return Error{ErrorCode::NotFound, "The key file " + device.keyFile + " of device '" + device.name + "' does not exist.",
                     "Choose the private key, or leave the field empty to use the agent.", {}};
    ESPALIER_TRY(const SshHostConfig config, resolveSshHost(device, context));
    const KnownHosts knownHosts(configFolder());
    ESPALIER_TRY(auto connection, SshConnection::open(config, knownHosts.path(), context));
    ESPALIER_CHECK(knownHosts.verify(*connection, prompts));
    ESPALIER_CHECK(SshAuthenticator(*connection, credentials, prompts, context).run());
    return std::unique_ptr<SshTransport>(new SshTransport(std::move(connection)));
}

Result<CommandResult> SshTransport::execute(const Command& command, ByteSource* input, const RunContext& context)
{
    if (context.cancelled())
        return cancelledError();
    if (!m_connection || !m_connection->alive())
        return Error{ErrorCode::Network, "The connection to the device is closed.", "Connect again; the push goes on where it stopped.", {}};
    return SshExec(*m_connection, input, command.maxOutputBytes, context).run(shellLine(command));
}

} // namespace espalier
