// SPDX-License-Identifier: GPL-3.0-or-later
// SshExec: one command on an exec channel: its stdin is streamed as the device takes it, its output collected, its status
// kept. Used for one command and thrown away.
#pragma once

#include "engine/deployment/PendingInput.h"
#include "engine/deployment/SshConnection.h"
#include "engine/deployment/Transport.h"

namespace espalier {

class SshExec {
public:
    SshExec(SshConnection& connection, ByteSource* input, std::size_t maxOutputBytes, const RunContext& context);
    SshExec(const SshExec&) = delete;
    SshExec& operator=(const SshExec&) = delete;
    ~SshExec();

    Result<CommandResult> run(const std::string& line);

private:
    Result<void> start(const std::string& line);
    Result<void> exchange();
    Result<bool> feed();
    Result<void> checkLimits() const;
    [[nodiscard]] bool finished() const;

    static int onData(ssh_session session, ssh_channel channel, void* data, std::uint32_t length, int isErrors, void* self);
    static void onEnd(ssh_session session, ssh_channel channel, void* self);
    static void onStatus(ssh_session session, ssh_channel channel, int status, void* self);
    static void onSignal(ssh_session session, ssh_channel channel, const char* signal, int core, const char* message, const char* language,
                         void* self);

    SshConnection& m_connection;
    PendingInput m_input;
    std::size_t m_maxOutputBytes;
    const RunContext& m_context;
    ssh_channel m_channel = nullptr;
    ssh_channel_callbacks_struct m_callbacks{};
    CommandResult m_result;
    bool m_inputEnded = false;
    bool m_ended = false;
    bool m_hasStatus = false;
};

} // namespace espalier
