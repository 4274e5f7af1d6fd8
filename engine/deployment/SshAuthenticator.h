// SPDX-License-Identifier: GPL-3.0-or-later
// SshAuthenticator: proves who the user is, in the order that asks the least of them: the agent, private keys, then a
// password (or the questions of keyboard-interactive, answered with it). Only to be used once the host key was verified.
#pragma once

#include "engine/deployment/Credentials.h"
#include "engine/deployment/SshConnection.h"

#include <string>
#include <vector>

namespace espalier {

class SshAuthenticator {
public:
    SshAuthenticator(SshConnection& connection, const Credentials& credentials, const DeploymentPrompts& prompts, const RunContext& context)
        : m_connection(connection), m_credentials(credentials), m_prompts(prompts), m_context(context)
    {
    }

    /// Authentication, listing what was offered, when the device accepted none of it.
    Result<void> run();

private:
    /// Whether the device let us in; false goes on with the next method.
    Result<bool> tryAgent();
    Result<bool> tryKeyFile(const std::filesystem::path& file);
    Result<bool> tryPasswords(int methods);
    Result<bool> offerPassword(const std::string& password, int methods);
    Result<bool> answerQuestions(const std::string& password);
    Result<bool> publicHalfRefused(const std::filesystem::path& file);
    Result<ssh_key> loadKey(const std::filesystem::path& file);
    Result<int> step(const std::function<int()>& call);
    [[nodiscard]] Error refused() const;

    SshConnection& m_connection;
    const Credentials& m_credentials;
    const DeploymentPrompts& m_prompts;
    const RunContext& m_context;
    std::vector<std::string> m_offered; ///< what was tried and how it ended, for the error
};

} // namespace espalier
