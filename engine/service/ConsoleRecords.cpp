// SPDX-License-Identifier: GPL-3.0-or-later
// `espalier-engine runs` and `espalier-engine store`: what earlier runs left, on the terminal.
#include "engine/core/SafeFile.h"
#include "engine/core/Task.h"
#include "engine/graph/ProjectFile.h"
#include "engine/pipeline/RunLog.h"
#include "engine/pipeline/StoreCleanup.h"
#include "engine/reports/TensorBoardFile.h"
#include "engine/service/CommandLine.h"
#include "engine/service/Console.h"

#include <cstdio>
#include <ctime>
#include <iostream>

namespace espalier {
namespace {

std::filesystem::path folderOf(const std::filesystem::path& project)
{
    return std::filesystem::absolute(project).parent_path();
}

std::string shown(const Json& value)
{
    if (value.is_null())
        return "-";
    return value.is_string() ? value.get<std::string>() : dumpJson(value);
}

/// The figure that people ask for first.
std::string headline(const RunRecord& run)
{
    char text[64] = "";
    if (const auto score = scoreOf(run))
        std::snprintf(text, sizeof text, "%s%s %.2f %%", score->validation ? "validation " : "", std::string(scoreTitle(score->name)).c_str(), 100 * score->value);
    return text;
}

void printRuns(const std::vector<RunRecord>& runs)
{
    for (const RunRecord& run : runs)
        std::printf("%s  %s  %-30s %8.1f s  %s%s\n", run.id.c_str(), run.time.c_str(), headline(run).c_str(), run.seconds, run.name.c_str(),
                    run.pinned ? "  (pinned)" : "");
    if (runs.empty())
        std::printf("No run was recorded yet: run the project first.\n");
}

Result<void> printComparison(const RunLog& log, const std::vector<std::string>& ids)
{
    std::vector<RunRecord> runs;
    for (const std::string& id : ids) {
        ESPALIER_TRY(RunRecord run, log.get(id));
        runs.push_back(std::move(run));
    }
    std::printf("%-36s", "");
    for (const RunRecord& run : runs)
        std::printf("  %s", (run.name.empty() ? run.id : run.name).c_str());
    std::printf("\n");
    for (const RunDifference& difference : compareRuns(runs)) {
        std::printf("%-36s", difference.name.c_str());
        for (const Json& value : difference.values)
            std::printf("  %s", shown(value).c_str());
        std::printf("\n");
    }
    return {};
}

/// A folder a run, as TensorBoard tells runs apart.
Result<void> writeTensorBoard(const std::vector<RunRecord>& runs, const std::filesystem::path& folder)
{
    for (const RunRecord& run : runs) {
        std::error_code failed;
        std::filesystem::create_directories(folder / run.id, failed);
        if (failed)
            return ioError("create the folder", (folder / run.id).string(), failed.value());
        ESPALIER_CHECK(writeFileSafely(folder / run.id / tensorBoardFileName(run), tensorBoardEvents(run)));
    }
    std::fprintf(stderr, "%zu runs written; look at them with: tensorboard --logdir %s\n", runs.size(), folder.c_str());
    return {};
}

Result<void> runs(const RunsArguments& arguments)
{
    ESPALIER_CHECK(loadProject(arguments.project));
    const RunLog log(folderOf(arguments.project));
    std::vector<Error> damaged;
    const auto all = log.list(&damaged);
    for (const Error& error : damaged)
        std::fprintf(stderr, "warning: %s\n", error.message().c_str());
    if (!arguments.compare.empty())
        return printComparison(log, arguments.compare);
    if (!arguments.tensorBoard.empty())
        return writeTensorBoard(all, arguments.tensorBoard);
    if (arguments.csv)
        std::cout << runsToCsv(all);
    else
        printRuns(all);
    return {};
}

std::string megabytes(std::uint64_t bytes)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f MB", static_cast<double>(bytes) / 1e6);
    return text;
}

void printEntries(const std::vector<StoreEntry>& entries)
{
    for (const StoreEntry& entry : entries) {
        const std::time_t used = entry.lastUsed;
        std::tm local{};
        ::localtime_r(&used, &local);
        char date[32];
        std::strftime(date, sizeof date, "%Y-%m-%d %H:%M", &local);
        std::printf("%.12s  %-9s %-11s %12s  %s  %s\n", entry.name.c_str(), entry.kind.c_str(), entry.type.c_str(), megabytes(entry.bytes).c_str(), date,
                    entry.kept.empty() ? "may go" : ("kept: " + entry.kept).c_str());
    }
}

Result<void> store(const StoreArguments& arguments)
{
    ESPALIER_TRY(const Project project, loadProject(arguments.project));
    const auto folder = folderOf(arguments.project);
    if (arguments.limit > 0)
        ESPALIER_CHECK(setStoreLimit(folder, arguments.limit));
    FileHashes files;
    ESPALIER_TRY(const auto named, namedFingerprints(folder, &project.graph, files));
    if (arguments.clean) {
        ESPALIER_TRY(const auto gone, cleanStore(folder, named, 0, false));
        printEntries(gone);
        std::printf("removed %s\n", megabytes(StoreInfo{gone}.bytes()).c_str());
    }
    const StoreInfo info = inspectStore(folder, named);
    if (!arguments.clean)
        printEntries(info.entries);
    std::printf("%s of %s used; %s may go%s\n", megabytes(info.bytes()).c_str(), megabytes(info.limit).c_str(), megabytes(info.removable()).c_str(),
                info.removable() > 0 ? " (--clean removes it)" : "");
    return {};
}

int finish(const Result<void>& result)
{
    return result ? 0 : console::fail(result.error());
}

} // namespace

int runsCommand(const RunsArguments& arguments)
{
    return finish(runs(arguments));
}

int storeCommand(const StoreArguments& arguments)
{
    return finish(store(arguments));
}

} // namespace espalier
