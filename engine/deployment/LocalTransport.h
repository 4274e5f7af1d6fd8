// SPDX-License-Identifier: GPL-3.0-or-later
// LocalTransport: this computer as a device. The same scripts run in /bin/sh here, from the home folder.
#pragma once

#include "engine/deployment/Transport.h"

namespace espalier {

class LocalTransport : public Transport {
public:
    Result<CommandResult> execute(const Command& command, ByteSource* input, const RunContext& context) override;
    void close() override { m_closed = true; }

private:
    bool m_closed = false;
};

} // namespace espalier
