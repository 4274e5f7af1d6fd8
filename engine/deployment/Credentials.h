// SPDX-License-Identifier: GPL-3.0-or-later
// What opening a connection may need from the user: secrets, which live in memory only and are never written, and answers
// to questions. The callbacks run on the thread that opens the transport and may block it until the user answers.
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace espalier {

struct Credentials {
    std::optional<std::string> password = {};
    std::optional<std::string> passphrase = {}; ///< of the private key

    bool operator==(const Credentials&) const = default;
};

struct HostKey {
    std::string host;
    int port = 22;
    std::string type;        ///< "ssh-ed25519"
    std::string fingerprint; ///< "SHA256:..." as ssh prints it
};

struct DeploymentPrompts {
    /// Whether the user trusts a host key never seen before. Absent or false: opening fails with HostKeyUnknown.
    std::function<bool(const HostKey&)> acceptUnknownHostKey = {};
    /// The password of @p user on @p host; nothing when the user declines. @p attempt counts from 1.
    std::function<std::optional<std::string>(const std::string& user, const std::string& host, int attempt)> askPassword = {};
    /// The passphrase of the private key in @p keyFile; nothing to go on without that key.
    std::function<std::optional<std::string>(const std::string& keyFile, int attempt)> askPassphrase = {};
};

} // namespace espalier
