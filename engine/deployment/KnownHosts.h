// SPDX-License-Identifier: GPL-3.0-or-later
// KnownHosts: decides whether the machine at the other end is the one it was. Espalier keeps the keys the user accepted in a
// file of its own and also believes the user's ~/.ssh/known_hosts, which it never writes.
#pragma once

#include "engine/deployment/Credentials.h"
#include "engine/deployment/SshConnection.h"

#include <filesystem>

namespace espalier {

class KnownHosts {
public:
    explicit KnownHosts(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    [[nodiscard]] std::filesystem::path path() const { return m_folder / "known_hosts"; }
    /// Must succeed before any credential is offered. HostKeyChanged; HostKeyUnknown with the fingerprint in the detail when
    /// the user does not accept it; an accepted key is recorded.
    Result<void> verify(const SshConnection& connection, const DeploymentPrompts& prompts) const;

private:
    Result<void> record(const SshConnection& connection) const;

    std::filesystem::path m_folder;
};

} // namespace espalier
