// SPDX-License-Identifier: GPL-3.0-or-later
// Commands as text for a shell. Quoting uses no backslash, so that it means the same to every login shell a device may
// have (sh, bash, zsh, fish), whatever bytes the text holds.
#pragma once

#include "engine/deployment/Transport.h"

#include <string>
#include <string_view>
#include <vector>

namespace espalier {

/// @p text as one word for a shell.
std::string shellQuoted(std::string_view text);
/// /bin/sh and its arguments for @p command: the script, then "$0", then the command's arguments.
std::vector<std::string> shellArguments(const Command& command);
/// The same as one line for the login shell at the other end of an exec channel.
std::string shellLine(const Command& command);

} // namespace espalier
