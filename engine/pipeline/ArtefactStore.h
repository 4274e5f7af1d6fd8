// SPDX-License-Identifier: GPL-3.0-or-later
// ArtefactStore: the results of a project's nodes, in `.espalier` beside the project file, named by fingerprint. A result appears
// whole or not at all (it is built in a folder of its own and renamed). Also remembers what each node made last.
#pragma once

#include "engine/pipeline/Artefact.h"

#include <map>

namespace espalier {

class ArtefactStore {
public:
    explicit ArtefactStore(const std::filesystem::path& projectFolder) : m_root(projectFolder / ".espalier") {}

    /// What is stored under @p fingerprint: {"type", "summary"}; NotFound when nothing is.
    [[nodiscard]] Result<Json> describe(const std::string& fingerprint) const;
    [[nodiscard]] bool contains(const std::string& fingerprint) const;
    /// The whole artefact. Unsupported for types of which only the summary is kept.
    [[nodiscard]] Result<Artefact> load(const std::string& fingerprint) const;

    /// Remembers that the result was used now; the clean-up takes what was not used for longest.
    void touch(const std::string& fingerprint) const;

    /// An empty folder in which to build the artefact.
    [[nodiscard]] Result<std::filesystem::path> begin(const std::string& fingerprint) const;
    /// Writes what the artefact needs into @p staging and makes it the result. Returns it with its final paths.
    [[nodiscard]] Result<Artefact> commit(const std::string& fingerprint, const std::filesystem::path& staging, Artefact artefact) const;

    /// Where a node that is not done keeps what a resumed run needs.
    [[nodiscard]] std::filesystem::path scratch(const std::string& fingerprint) const { return m_root / "work" / fingerprint; }
    [[nodiscard]] std::filesystem::path folder(const std::string& fingerprint) const { return m_root / "artefacts" / fingerprint; }

    /// Node id -> fingerprint of what it made last.
    [[nodiscard]] std::map<std::string, std::string> lastResults() const;
    [[nodiscard]] Result<void> recordLast(const std::string& node, const std::string& fingerprint) const;

private:
    std::filesystem::path m_root;
};

} // namespace espalier
