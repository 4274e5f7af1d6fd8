// SPDX-License-Identifier: GPL-3.0-or-later
// RunLog: the records of a project's runs, a small file each in `.espalier/runs`. They outlive the artefacts they tell of.
#pragma once

#include "engine/pipeline/Pipeline.h"
#include "engine/reports/RunRecord.h"

#include <set>

namespace espalier {

class RunLog {
public:
    explicit RunLog(const std::filesystem::path& projectFolder) : m_folder(projectFolder / ".espalier" / "runs") {}

    /// Newest first. A file that cannot be read is left out and named in @p damaged.
    [[nodiscard]] std::vector<RunRecord> list(std::vector<Error>* damaged = nullptr) const;
    /// NotFound names the runs' command.
    [[nodiscard]] Result<RunRecord> get(const std::string& id) const;
    /// Writes @p run, replacing the one with its id. InvalidArgument for an id that cannot be a file's name.
    [[nodiscard]] Result<void> put(const RunRecord& run) const;
    [[nodiscard]] Result<void> remove(const std::string& id) const;

    /// Fingerprints of the artefacts that pinned runs made.
    [[nodiscard]] std::set<std::string> pinned() const;

private:
    [[nodiscard]] Result<std::filesystem::path> fileOf(const std::string& id) const;

    std::filesystem::path m_folder;
};

/// The record of what @p node of @p pipeline has just made in @p seconds; none for nodes that neither train nor evaluate.
Result<std::optional<RunRecord>> recordOf(const Pipeline& pipeline, const std::string& node, double seconds);

} // namespace espalier
