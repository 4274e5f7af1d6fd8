// SPDX-License-Identifier: GPL-3.0-or-later
// The terminal: errors, interrupts, questions about devices, and a run's progress as text.
#pragma once

#include "engine/deployment/Credentials.h"
#include "engine/graph/ProjectFile.h"
#include "engine/pipeline/Runner.h"

#include <stop_token>

namespace espalier::console {

/// Prints the error with its remedy on stderr; returns the exit status for it.
int fail(const Error& error);
/// Stops when the user presses Ctrl+C or the process is asked to end. Installed by the first call, as is what runControl() listens to.
std::stop_token interruptToken();
/// Ctrl+\ (SIGQUIT) and SIGUSR1 ask the training under way to finish with the best so far. (Ctrl+Z and `fg` pause and resume any process.)
RunControl& runControl();
/// Host keys, passwords and passphrases asked on the terminal; without a terminal everything is declined.
/// ESPALIER_SSH_PASSWORD and ESPALIER_SSH_PASSPHRASE answer without a question.
DeploymentPrompts prompts();
/// A context that prints log lines on stderr and, on a terminal, progress on one line that is overwritten.
RunContext context();
/// The project in @p file with "node.parameter=value" settings applied; errors name the setting.
Result<Project> loadWithSettings(const std::filesystem::path& file, const std::vector<std::string>& settings);
/// A run as text: a line a node, progress between; on stderr, so that stdout keeps the outcome.
RunEvents runEvents();
/// Prints what a node's @p summary tells of sentences: leaks, flips. @p folder holds its artefact.
void printFindings(const Json& summary, const std::filesystem::path& folder);

} // namespace espalier::console
