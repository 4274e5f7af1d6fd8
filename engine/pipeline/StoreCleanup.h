// SPDX-License-Identifier: GPL-3.0-or-later
// StoreCleanup: how much room a project's artefacts take, how much they may, and taking the least recently used away. What a project
// of the folder names with its present parameters, what a pinned run made and what a run under way needs is never taken.
#pragma once

#include "engine/pipeline/Fingerprints.h"

#include <set>

namespace espalier {

struct StoreEntry {
    std::string name;      ///< the folder's: a fingerprint, in the work folder perhaps with a process id
    std::string kind;      ///< "artefact", or "scratch": what a run that was killed goes on from
    std::string type = {}; ///< of an artefact: "checkpoint", "report"...
    std::uint64_t bytes = 0;
    std::int64_t lastUsed = 0; ///< seconds since 1970
    std::string kept = {}; ///< why it stays: "project", "pinned", "running"; empty: it may go
};

struct StoreInfo {
    std::vector<StoreEntry> entries; ///< the least recently used first
    std::uint64_t limit = 0;         ///< bytes

    [[nodiscard]] std::uint64_t bytes() const;
    [[nodiscard]] std::uint64_t removable() const;
};

inline constexpr std::uint64_t defaultStoreLimit = 20'000'000'000;

/// Fingerprints that the .espalier files of @p folder name, and @p open, the graph that is being worked on (may be null). A project that
/// cannot be read is an error: what it names is not known.
Result<std::set<std::string>> namedFingerprints(const std::filesystem::path& folder, const Graph* open, FileHashes& files);

StoreInfo inspectStore(const std::filesystem::path& folder, const std::set<std::string>& named);

/// Takes entries away, the least recently used first, until the store has at most @p target bytes or nothing may go. Returns those that
/// went; with @p dryRun those that would.
Result<std::vector<StoreEntry>> cleanStore(const std::filesystem::path& folder, const std::set<std::string>& named, std::uint64_t target, bool dryRun);

/// The limit of the store of @p folder; the default where none was set.
std::uint64_t storeLimit(const std::filesystem::path& folder);
/// @p bytes of at least 1 MB.
Result<void> setStoreLimit(const std::filesystem::path& folder, std::uint64_t bytes);

} // namespace espalier
