// SPDX-License-Identifier: GPL-3.0-or-later
// RunClaim: while it lives, a file in `.espalier/running` says which artefacts a run needs, so that no clean-up, of this process or
// another, takes them away under it. A claim whose process is gone counts no more.
#pragma once

#include "engine/core/Result.h"

#include <filesystem>
#include <set>
#include <string>

namespace espalier {

class RunClaim {
public:
    /// Where the claim cannot be written the run goes on without it.
    RunClaim(const std::filesystem::path& projectFolder, const std::set<std::string>& fingerprints);
    ~RunClaim();
    RunClaim(const RunClaim&) = delete;
    RunClaim& operator=(const RunClaim&) = delete;

private:
    std::filesystem::path m_file;
};

/// What the runs under way in this folder need.
std::set<std::string> claimedFingerprints(const std::filesystem::path& projectFolder);

/// Whether a process with that id lives.
bool processLives(long id);

} // namespace espalier
