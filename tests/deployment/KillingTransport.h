// SPDX-License-Identifier: GPL-3.0-or-later
// KillingTransport: a real transport whose connection is killed right after the n-th command was done on the device, so that
// the device has changed and this side does not know.
#pragma once

#include "engine/deployment/Transport.h"

#include <functional>

namespace espalier::test {

class KillingTransport : public Transport {
public:
    KillingTransport(Transport& real, int commandsToLive, std::function<void()> kill)
        : m_real(real), m_left(commandsToLive), m_kill(std::move(kill))
    {
    }

    Result<CommandResult> execute(const Command& command, ByteSource* input, const RunContext& context) override
    {
        auto result = m_real.execute(command, input, context);
        ++m_commands;
        if (m_left-- != 0)
            return result;
        m_kill();
        return Error{ErrorCode::Network, "The connection was killed.", {}, {}};
    }
    void close() override { m_real.close(); }
    [[nodiscard]] int commands() const { return m_commands; }

private:
    Transport& m_real;
    int m_left;
    int m_commands = 0;
    std::function<void()> m_kill;
};

} // namespace espalier::test
