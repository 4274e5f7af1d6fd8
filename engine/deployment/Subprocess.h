// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a program of this machine with bytes on its stdin and collects what it prints, watching for cancellation. The child
// is the leader of a process group of its own, which is killed as a whole when the call ends early.
#pragma once

#include "engine/core/RunContext.h"
#include "engine/deployment/Transport.h"

#include <chrono>
#include <string>
#include <vector>

namespace espalier {

struct SubprocessRequest {
    std::vector<std::string> arguments; ///< arguments[0] is the program, searched in PATH
    std::string workingFolder = {};     ///< empty: the caller's
    ByteSource* input = nullptr;        ///< null: nothing on stdin
    std::size_t maxOutputBytes = std::size_t{16} << 20;
    std::chrono::milliseconds timeLimit{0}; ///< 0: none
};

/// Io when the program cannot be started, Cancelled, Remote for too much output or too long a run, or the input's error.
Result<CommandResult> runSubprocess(const SubprocessRequest& request, const RunContext& context);

} // namespace espalier
