// SPDX-License-Identifier: GPL-3.0-or-later
// Where Espalier keeps what belongs to the user and not to a project: the device list and the host keys accepted.
#pragma once

#include <filesystem>
#include <string>

namespace espalier {

/// $HOME, or the home folder of the account when HOME is not set.
std::filesystem::path homeFolder();
/// $ESPALIER_CONFIG_DIR, else $XDG_CONFIG_HOME/espalier, else ~/.config/espalier. Not created.
std::filesystem::path configFolder();
/// @p path with a leading "~/" replaced by the home folder.
std::filesystem::path expandHome(const std::string& path);

} // namespace espalier
