// SPDX-License-Identifier: GPL-3.0-or-later
// Opens a TCP connection, trying every address of a name in turn, without ever blocking longer than it takes to notice a
// cancellation. The socket is non-blocking, has TCP_NODELAY set (an upload runs two hundred times slower without it) and
// gives up on a peer that has not acknowledged anything for half a minute.
#pragma once

#include "engine/core/RunContext.h"
#include "engine/core/Result.h"
#include "engine/deployment/FileDescriptor.h"

#include <chrono>
#include <string>

namespace espalier {

/// Network when the name is not known, nothing answers within @p timeLimit for each address, or the port is closed.
Result<FileDescriptor> connectTcp(const std::string& host, int port, std::chrono::milliseconds timeLimit, const RunContext& context);

} // namespace espalier
