// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/SshConnection.h"

#include "engine/deployment/ConfigFolder.h"
#include "engine/deployment/TcpConnector.h"

#include <libssh/server.h>

#include <poll.h>

namespace espalier {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto connectLimit = 15s;
constexpr auto handshakeLimit = 30s;
constexpr auto askAfter = 10s;     ///< of silence
constexpr auto askEvery = 5s;
constexpr auto giveUpAfter = 45s;  ///< of silence, although asked

} // namespace

Result<std::unique_ptr<SshConnection>> SshConnection::open(const SshHostConfig& config, const std::filesystem::path& knownHosts,
                                                           const RunContext& context)
{
    ESPALIER_TRY(FileDescriptor socket, connectTcp(config.hostName, config.port, connectLimit, context));
    std::unique_ptr<SshConnection> connection(new SshConnection(config));
    ESPALIER_CHECK(connection->configure(std::move(socket), knownHosts));
    ssh_session session = connection->m_session;
    const auto connect = [&] {
        connection->m_socketInUse = true;
        return ssh_connect(session);
    };
    ESPALIER_TRY(const int status, connection->repeat(SSH_AGAIN, connect, handshakeLimit, context));
    if (status != SSH_OK)
        return connection->networkError("Agreeing on a connection with " + config.hostName);
    connection->m_event = ssh_event_new();
    if (!connection->m_event || ssh_event_add_session(connection->m_event, session) != SSH_OK)
        return Error{ErrorCode::Internal, "libssh could not make an event loop.", {}, {}};
    return connection;
}

SshConnection::~SshConnection()
{
    if (m_event) {
        ssh_event_remove_session(m_event, m_session);
        ssh_event_free(m_event);
    }
    if (!m_session)
        return;
    // libssh closes a socket that it was given only when the other side ends.
    if (m_socketInUse && ssh_get_fd(m_session) != m_socket.get())
        m_socket.release();
    ssh_disconnect(m_session);
    ssh_free(m_session);
}

Result<void> SshConnection::configure(FileDescriptor socket, const std::filesystem::path& knownHosts)
{
    m_session = ssh_new();
    if (!m_session)
        return Error{ErrorCode::Internal, "libssh could not make a session.", {}, {}};
    // The socket is connected already: host and port serve only to look up the host key.
    const bool aliased = !m_config.hostKeyAlias.empty();
    const std::string& host = aliased ? m_config.hostKeyAlias : m_config.hostName;
    const int port = aliased ? 22 : m_config.port;
    const bool readConfiguration = false;
    const int verbosity = SSH_LOG_NOLOG;
    const auto set = [this](ssh_options_e option, const void* value) { return ssh_options_set(m_session, option, value) == SSH_OK; };
    bool fine = set(SSH_OPTIONS_PROCESS_CONFIG, &readConfiguration) && set(SSH_OPTIONS_LOG_VERBOSITY, &verbosity) && set(SSH_OPTIONS_HOST, host.c_str())
        && set(SSH_OPTIONS_PORT, &port) && set(SSH_OPTIONS_USER, m_config.user.c_str()) && set(SSH_OPTIONS_KNOWNHOSTS, knownHosts.c_str())
        && set(SSH_OPTIONS_GLOBAL_KNOWNHOSTS, (homeFolder() / ".ssh" / "known_hosts").c_str());
    if (!m_config.agentSocket.empty() && m_config.agentSocket != "none")
        fine = fine && set(SSH_OPTIONS_IDENTITY_AGENT, m_config.agentSocket.c_str());
    m_socket = std::move(socket);
    const int descriptor = m_socket.get();
    if (!fine || !set(SSH_OPTIONS_FD, &descriptor))
        return Error{ErrorCode::InvalidArgument, std::string("libssh refuses the connection's settings: ") + ssh_get_error(m_session), "Check host, port and user of the device.", {}};
    ssh_set_blocking(m_session, 0);
    ssh_set_counters(m_session, &m_socketCounter, nullptr);
    return {};
}

bool SshConnection::alive() const
{
    return ssh_is_connected(m_session) != 0 && (ssh_get_status(m_session) & (SSH_CLOSED | SSH_CLOSED_ERROR)) == 0;
}

void SshConnection::waitForSocket() const
{
    const bool writing = (ssh_get_poll_flags(m_session) & SSH_WRITE_PENDING) != 0;
    pollfd polled{ssh_get_fd(m_session), static_cast<short>(POLLIN | (writing ? POLLOUT : 0)), 0};
    (void)::poll(&polled, 1, 50);
}

Result<int> SshConnection::repeat(int again, const std::function<int()>& step, std::chrono::seconds timeLimit, const RunContext& context)
{
    const auto deadline = Clock::now() + timeLimit;
    for (;;) {
        if (context.cancelled())
            return cancelledError();
        const int status = step();
        if (status != again)
            return status;
        if (Clock::now() > deadline)
            return Error{ErrorCode::Network, m_config.hostName + " did not answer within " + std::to_string(timeLimit.count()) + " s.",
                         "Check the network and whether the port belongs to an SSH server.", {}};
        waitForSocket();
    }
}

Result<void> SshConnection::pump(int milliseconds)
{
    if (ssh_event_dopoll(m_event, milliseconds) == SSH_ERROR || !alive())
        return networkError("Talking to " + m_config.hostName);
    return watchSilence();
}

Result<void> SshConnection::watchSilence()
{
    const auto now = Clock::now();
    if (m_socketCounter.in_bytes != m_seenBytes) {
        m_seenBytes = m_socketCounter.in_bytes;
        m_lastSign = now;
        return {};
    }
    if (now - m_lastSign > giveUpAfter)
        return Error{ErrorCode::Network, m_config.hostName + " has not answered for " + std::to_string(giveUpAfter.count()) + " s.",
                     "Check the network; the push can be repeated and goes on where it stopped.", {}};
    if (now - m_lastSign > askAfter && now - m_lastAsked > askEvery) {
        m_lastAsked = now;
        ssh_send_keepalive(m_session);
    }
    return {};
}

Error SshConnection::networkError(const std::string& purpose) const
{
    const std::string reason = ssh_get_error(m_session);
    return {ErrorCode::Network, purpose + " failed: " + (reason.empty() ? "the connection was closed." : reason),
            "Check the device and the network; the push can be repeated and goes on where it stopped.", {}};
}

} // namespace espalier
