// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/SshExec.h"

#include <algorithm>
#include <string_view>

namespace espalier {
namespace {

constexpr std::chrono::seconds openLimit{60};
constexpr int pollMilliseconds = 100;

int statusOfSignal(std::string_view name)
{
    constexpr std::pair<std::string_view, int> known[] = {{"HUP", 1}, {"INT", 2}, {"QUIT", 3}, {"ILL", 4}, {"ABRT", 6}, {"FPE", 8},
                                                          {"KILL", 9}, {"SEGV", 11}, {"PIPE", 13}, {"ALRM", 14}, {"TERM", 15}};
    for (const auto& [each, number] : known)
        if (each == name)
            return 128 + number;
    return 255;
}

} // namespace

SshExec::SshExec(SshConnection& connection, ByteSource* input, std::size_t maxOutputBytes, const RunContext& context)
    : m_connection(connection), m_input(input), m_maxOutputBytes(maxOutputBytes), m_context(context)
{
}

SshExec::~SshExec()
{
    if (!m_channel)
        return;
    if (m_connection.alive() && !finished()) {
        // Cancelled or failed half-way: the command must not go on by itself.
        ssh_channel_request_send_signal(m_channel, "TERM");
        ssh_channel_close(m_channel);
    }
    ssh_remove_channel_callbacks(m_channel, &m_callbacks);
    ssh_channel_free(m_channel);
}

int SshExec::onData(ssh_session, ssh_channel, void* data, std::uint32_t length, int isErrors, void* self)
{
    auto* exec = static_cast<SshExec*>(self);
    std::string& into = isErrors ? exec->m_result.errors : exec->m_result.output;
    // Past the limit the rest is dropped; checkLimits() ends the command.
    if (into.size() <= exec->m_maxOutputBytes)
        into.append(static_cast<const char*>(data), length);
    return static_cast<int>(length);
}

void SshExec::onEnd(ssh_session, ssh_channel, void* self)
{
    static_cast<SshExec*>(self)->m_ended = true;
}

void SshExec::onStatus(ssh_session, ssh_channel, int status, void* self)
{
    auto* exec = static_cast<SshExec*>(self);
    exec->m_result.exitStatus = status;
    exec->m_hasStatus = true;
}

void SshExec::onSignal(ssh_session session, ssh_channel channel, const char* signal, int, const char*, const char*, void* self)
{
    onStatus(session, channel, statusOfSignal(signal ? signal : ""), self);
}

bool SshExec::finished() const
{
    return m_ended && m_hasStatus;
}

Result<CommandResult> SshExec::run(const std::string& line)
{
    ESPALIER_CHECK(start(line));
    while (!finished()) {
        ESPALIER_CHECK(checkLimits());
        ESPALIER_CHECK(exchange());
    }
    return std::move(m_result);
}

Result<void> SshExec::start(const std::string& line)
{
    m_channel = ssh_channel_new(m_connection.session());
    if (!m_channel)
        return m_connection.networkError("Opening a channel");
    ssh_callbacks_init(&m_callbacks);
    m_callbacks.userdata = this;
    m_callbacks.channel_data_function = onData;
    m_callbacks.channel_eof_function = onEnd;
    m_callbacks.channel_close_function = onEnd;
    m_callbacks.channel_exit_status_function = onStatus;
    m_callbacks.channel_exit_signal_function = onSignal;
    ssh_set_channel_callbacks(m_channel, &m_callbacks);
    ESPALIER_TRY(const int opened, m_connection.repeat(SSH_AGAIN, [this] { return ssh_channel_open_session(m_channel); }, openLimit, m_context));
    if (opened != SSH_OK)
        return m_connection.networkError("Opening a channel");
    ESPALIER_TRY(const int asked, m_connection.repeat(SSH_AGAIN, [&] { return ssh_channel_request_exec(m_channel, line.c_str()); }, openLimit, m_context));
    if (asked != SSH_OK)
        return m_connection.networkError("Starting a command");
    return {};
}

Result<void> SshExec::checkLimits() const
{
    if (m_context.cancelled())
        return cancelledError();
    if (std::max(m_result.output.size(), m_result.errors.size()) > m_maxOutputBytes)
        return Error{ErrorCode::Remote, "The command printed more than " + std::to_string(m_maxOutputBytes) + " bytes.",
                     "Send fewer sentences at a time.", {}};
    return {};
}

Result<void> SshExec::exchange()
{
    ESPALIER_TRY(const bool wrote, feed());
    if (auto pumped = m_connection.pump(wrote ? 0 : pollMilliseconds); !pumped && !finished())
        return pumped.error();
    // A channel closed without a status: the program that ran it is gone.
    if (!m_hasStatus && ssh_channel_is_closed(m_channel))
        return Error{ErrorCode::Network, "The device closed the channel before the command ended.", "Try again.", {}};
    return {};
}

/// Sends what the device takes now; whether anything was sent.
Result<bool> SshExec::feed()
{
    // What libssh holds must leave first: the device's window is no limit to our memory, or to the truth of the progress.
    if (m_inputEnded || (ssh_get_poll_flags(m_connection.session()) & SSH_WRITE_PENDING))
        return false;
    ESPALIER_TRY(const auto bytes, m_input.next());
    if (bytes.empty()) {
        m_inputEnded = true;
        if (ssh_channel_send_eof(m_channel) == SSH_ERROR && !m_connection.alive())
            return m_connection.networkError("Sending");
        return true;
    }
    const std::size_t room = std::min<std::size_t>(bytes.size(), ssh_channel_window_size(m_channel));
    if (room == 0)
        return false;
    const int sent = ssh_channel_write(m_channel, bytes.data(), static_cast<std::uint32_t>(room));
    if (sent == SSH_ERROR) {
        if (!m_connection.alive())
            return m_connection.networkError("Sending");
        m_inputEnded = true; // the command closed its stdin; its status says why
        return true;
    }
    m_input.taken(static_cast<std::size_t>(std::max(sent, 0)));
    return sent > 0;
}

} // namespace espalier
