// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/StoreCleanup.h"

#include "engine/core/SafeFile.h"
#include "engine/graph/ProjectFile.h"
#include "engine/pipeline/ArtefactStore.h"
#include "engine/pipeline/RunClaim.h"
#include "engine/pipeline/RunLog.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <sys/stat.h>
#include <tuple>
#include <unistd.h>

namespace espalier {
namespace {

namespace fs = std::filesystem;

fs::path rootOf(const fs::path& folder) { return folder / ".espalier"; }

fs::path pathOf(const fs::path& folder, const StoreEntry& entry)
{
    return rootOf(folder) / (entry.kind == "artefact" ? "artefacts" : "work") / entry.name;
}

std::uint64_t bytesOf(const fs::path& folder)
{
    std::uint64_t bytes = 0;
    std::error_code failed;
    for (auto it = fs::recursive_directory_iterator(folder, failed); !failed && it != fs::recursive_directory_iterator(); it.increment(failed))
        if (std::error_code ignored; it->is_regular_file(ignored))
            bytes += it->file_size(ignored);
    return bytes;
}

std::int64_t changedAt(const fs::path& path)
{
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mtime : 0;
}

/// What must stay, by reason.
struct Kept {
    std::set<std::string> named;
    std::set<std::string> pinned;
    std::set<std::string> running;

    [[nodiscard]] std::string reason(const std::string& name) const
    {
        const auto dot = name.find('.');
        if (dot != std::string::npos && processLives(std::strtol(name.c_str() + dot + 1, nullptr, 10)))
            return "running"; // a staging folder is named after the process that fills it
        const std::string fingerprint = name.substr(0, dot);
        if (running.contains(fingerprint))
            return "running";
        if (dot == std::string::npos && named.contains(fingerprint))
            return "project";
        return dot == std::string::npos && pinned.contains(fingerprint) ? "pinned" : "";
    }
};

void addEntries(const fs::path& folder, const std::string& kind, const Kept& kept, std::vector<StoreEntry>& entries)
{
    std::error_code ignored;
    for (const auto& item : fs::directory_iterator(rootOf(folder) / (kind == "artefact" ? "artefacts" : "work"), ignored)) {
        StoreEntry entry{.name = item.path().filename().string(), .kind = kind};
        entry.bytes = bytesOf(item.path());
        entry.kept = kept.reason(entry.name);
        entry.lastUsed = changedAt(kind == "artefact" ? item.path() / "artefact.json" : item.path());
        if (const auto description = kind == "artefact" ? ArtefactStore(folder).describe(entry.name) : Result<Json>(Json()); description && description->is_object())
            entry.type = description->at("type").get<std::string>();
        entries.push_back(std::move(entry));
    }
}

/// Out of the way in one step, so that nobody finds half an artefact.
Result<void> take(const fs::path& folder, const StoreEntry& entry)
{
    const fs::path path = pathOf(folder, entry);
    const fs::path trash = rootOf(folder) / "work" / (entry.name.substr(0, 64) + "." + std::to_string(::getpid()) + ".trash");
    std::error_code failed;
    fs::create_directories(trash.parent_path(), failed);
    fs::rename(path, trash, failed);
    if (failed)
        return ioError("remove", path.string(), failed.value());
    fs::remove_all(trash, failed);
    if (failed)
        return ioError("remove", trash.string(), failed.value());
    return {};
}

} // namespace

std::uint64_t StoreInfo::bytes() const
{
    std::uint64_t sum = 0;
    for (const StoreEntry& entry : entries)
        sum += entry.bytes;
    return sum;
}

std::uint64_t StoreInfo::removable() const
{
    std::uint64_t sum = 0;
    for (const StoreEntry& entry : entries)
        sum += entry.kept.empty() ? entry.bytes : 0;
    return sum;
}

Result<std::set<std::string>> namedFingerprints(const fs::path& folder, const Graph* open, FileHashes& files)
{
    std::set<std::string> named;
    const auto add = [&](const Graph& graph) {
        for (const auto& [node, fingerprint] : fingerprints(graph, folder, files))
            named.insert(fingerprint);
    };
    if (open)
        add(*open);
    std::error_code failed;
    for (const auto& item : fs::directory_iterator(folder, failed)) {
        if (item.path().extension() != ".espalier" || !item.is_regular_file(failed))
            continue;
        auto project = loadProject(item.path());
        if (!project)
            return project.error().within("finding out what may be removed");
        add(project->graph);
    }
    return named;
}

StoreInfo inspectStore(const fs::path& folder, const std::set<std::string>& named)
{
    StoreInfo info;
    info.limit = storeLimit(folder);
    const Kept kept{named, RunLog(folder).pinned(), claimedFingerprints(folder)};
    addEntries(folder, "artefact", kept, info.entries);
    addEntries(folder, "scratch", kept, info.entries);
    std::sort(info.entries.begin(), info.entries.end(),
              [](const StoreEntry& a, const StoreEntry& b) { return std::tie(a.lastUsed, a.name) < std::tie(b.lastUsed, b.name); });
    return info;
}

Result<std::vector<StoreEntry>> cleanStore(const fs::path& folder, const std::set<std::string>& named, std::uint64_t target, bool dryRun)
{
    const StoreInfo info = inspectStore(folder, named);
    std::uint64_t left = info.bytes();
    std::vector<StoreEntry> gone;
    for (const StoreEntry& entry : info.entries) {
        if (left <= target)
            break;
        if (!entry.kept.empty())
            continue;
        // A run may have begun since the list was made.
        if (!dryRun && claimedFingerprints(folder).contains(entry.name))
            continue;
        if (!dryRun)
            ESPALIER_CHECK(take(folder, entry));
        left -= entry.bytes;
        gone.push_back(entry);
    }
    return gone;
}

std::uint64_t storeLimit(const fs::path& folder)
{
    const auto settings = readJsonFile(rootOf(folder) / "store.json");
    if (settings && settings->is_object() && settings->contains("limit_bytes") && settings->at("limit_bytes").is_number_unsigned())
        return settings->at("limit_bytes").get<std::uint64_t>();
    return defaultStoreLimit;
}

Result<void> setStoreLimit(const fs::path& folder, std::uint64_t bytes)
{
    if (bytes < 1'000'000)
        return Error{ErrorCode::InvalidArgument, "The store cannot be limited to " + std::to_string(bytes) + " bytes.", "Give at least 1 MB.", {}};
    std::error_code failed;
    fs::create_directories(rootOf(folder), failed);
    if (failed)
        return ioError("create the folder", rootOf(folder).string(), failed.value());
    return writeFileSafely(rootOf(folder) / "store.json", dumpJsonPretty({{"limit_bytes", bytes}}));
}

} // namespace espalier
