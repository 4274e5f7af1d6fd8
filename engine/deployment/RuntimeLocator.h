// SPDX-License-Identifier: GPL-3.0-or-later
// RuntimeLocator: finds the static espalier-edge executable for an architecture on this machine: in a folder that the user
// or ESPALIER_RUNTIME_DIR names, beside the installed program, or in a build tree above it. Every candidate's ELF header is
// read, so that a wrong or dynamic executable is refused here and not on the device.
#pragma once

#include "engine/core/Result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace espalier {

class RuntimeLocator {
public:
    /// @p folder is searched first when it is not empty; it holds <arch>/espalier-edge, espalier-edge-<arch> or espalier-edge.
    explicit RuntimeLocator(std::filesystem::path folder = {});

    /// NotFound lists the places searched; InvalidFormat says what is wrong with an executable that was found.
    [[nodiscard]] Result<std::filesystem::path> find(const std::string& architecture) const;

private:
    [[nodiscard]] std::vector<std::filesystem::path> candidates(const std::string& architecture) const;

    std::filesystem::path m_folder;
};

/// Fails with InvalidFormat unless @p path is a static ELF executable for @p architecture.
Result<void> checkRuntime(const std::filesystem::path& path, const std::string& architecture);

} // namespace espalier
