// SPDX-License-Identifier: GPL-3.0-or-later
// SshConnection: a libssh session over a socket of ours, never blocking: each libssh call is repeated until it is done, with
// a look at the stop token at least ten times a second. A peer that says nothing for long is asked for a sign of life, and
// given up as a Network error.
#pragma once

#include "engine/core/RunContext.h"
#include "engine/deployment/FileDescriptor.h"
#include "engine/deployment/SshHostConfig.h"

#include <libssh/callbacks.h>
#include <libssh/libssh.h>

#include <chrono>
#include <functional>
#include <memory>

namespace espalier {

class SshConnection {
public:
    /// Connects and agrees on keys. The host key is not verified and nothing is offered yet.
    static Result<std::unique_ptr<SshConnection>> open(const SshHostConfig& config, const std::filesystem::path& knownHosts,
                                                       const RunContext& context);
    SshConnection(const SshConnection&) = delete;
    SshConnection& operator=(const SshConnection&) = delete;
    ~SshConnection();

    [[nodiscard]] ssh_session session() const { return m_session; }
    [[nodiscard]] const SshHostConfig& config() const { return m_config; }
    [[nodiscard]] bool alive() const;

    /// Repeats @p step until it returns something other than @p again; that value, Cancelled, or Network after @p timeLimit.
    Result<int> repeat(int again, const std::function<int()>& step, std::chrono::seconds timeLimit, const RunContext& context);
    /// Lets libssh send and receive for at most @p milliseconds. Network when the connection broke or fell silent.
    Result<void> pump(int milliseconds);
    /// What libssh says went wrong, as a Network error.
    [[nodiscard]] Error networkError(const std::string& purpose) const;

private:
    explicit SshConnection(SshHostConfig config) : m_config(std::move(config)) {}
    Result<void> configure(FileDescriptor socket, const std::filesystem::path& knownHosts);
    void waitForSocket() const;
    Result<void> watchSilence();

    SshHostConfig m_config;
    FileDescriptor m_socket;
    bool m_socketInUse = false; ///< by libssh, which may have closed it since
    ssh_session m_session = nullptr;
    ssh_event m_event = nullptr;
    ssh_counter_struct m_socketCounter{};
    std::uint64_t m_seenBytes = 0;
    std::chrono::steady_clock::time_point m_lastSign = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point m_lastAsked = m_lastSign;
};

} // namespace espalier
