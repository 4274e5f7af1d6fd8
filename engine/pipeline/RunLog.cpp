// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/RunLog.h"

#include "engine/core/SafeFile.h"
#include "engine/graph/NodeCatalog.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <tuple>

namespace espalier {
namespace {

std::string timeText(const char* form)
{
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    char text[32];
    return {text, std::strftime(text, sizeof text, form, &utc)};
}

/// Whether the form shows the parameter, given the values of the others.
bool shown(const ParameterSpec& spec, const Parameters& values)
{
    if (spec.shownWhen.empty())
        return true;
    const Json& value = values.at(spec.shownWhen);
    return std::find(spec.shownValues.begin(), spec.shownValues.end(), value.is_string() ? value.get<std::string>() : dumpJson(value)) != spec.shownValues.end();
}

Parameters parametersBefore(const Graph& graph, const std::string& node)
{
    Parameters all;
    for (const std::string& id : graph.topologicalOrder(node)) {
        const auto values = effectiveParameters(*graph.node(id));
        if (!values)
            continue;
        for (const ParameterSpec& spec : nodeCatalog().find(graph.node(id)->type)->parameters)
            if (shown(spec, *values))
                all[id + "." + spec.id] = values->at(spec.id);
    }
    return all;
}

/// What the chosen score rejects, beside the numbers that resultsOfSummary() finds.
void addRejection(const Json& summary, std::map<std::string, double>& results)
{
    if (!summary.contains("out_of_scope"))
        return;
    const auto report = outOfScopeReportFromJson(summary.at("out_of_scope"));
    if (const RejectionScore* score = report ? report->find(report->chosen) : nullptr) {
        results["out_of_scope.recall"] = score->recall;
        results["out_of_scope.accuracy_after"] = score->accuracyAfter;
        results["out_of_scope.auroc"] = score->auroc;
    }
}

} // namespace

Result<std::filesystem::path> RunLog::fileOf(const std::string& id) const
{
    const bool plain = !id.empty() && id.size() <= 200 && std::all_of(id.begin(), id.end(), [](unsigned char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    });
    if (!plain)
        return Error{ErrorCode::InvalidArgument, "'" + id + "' is not the id of a run.", "The list of runs shows their ids.", {}};
    return m_folder / (id + ".json");
}

std::vector<RunRecord> RunLog::list(std::vector<Error>* damaged) const
{
    std::vector<RunRecord> runs;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(m_folder, ignored)) {
        if (entry.path().extension() != ".json")
            continue;
        auto run = get(entry.path().stem().string());
        if (run)
            runs.push_back(std::move(*run));
        else if (damaged)
            damaged->push_back(run.error());
    }
    std::sort(runs.begin(), runs.end(), [](const RunRecord& a, const RunRecord& b) { return std::tie(a.time, a.id) > std::tie(b.time, b.id); });
    return runs;
}

Result<RunRecord> RunLog::get(const std::string& id) const
{
    ESPALIER_TRY(const std::filesystem::path file, fileOf(id));
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored))
        return Error{ErrorCode::NotFound, "There is no run '" + id + "'.", "The list of runs shows their ids.", {}};
    ESPALIER_TRY(const Json json, readJsonFile(file));
    auto run = runRecordFromJson(json);
    if (!run)
        return run.error().within("'" + file.string() + "'");
    if (run->id != id)
        return Error{ErrorCode::InvalidFormat, "'" + file.string() + "' holds the run '" + run->id + "'.", "Remove the file.", {}};
    return run;
}

Result<void> RunLog::put(const RunRecord& run) const
{
    ESPALIER_TRY(const std::filesystem::path file, fileOf(run.id));
    std::error_code failed;
    std::filesystem::create_directories(m_folder, failed);
    if (failed)
        return ioError("create the folder", m_folder.string(), failed.value());
    return writeFileSafely(file, dumpJsonPretty(toJson(run)));
}

Result<void> RunLog::remove(const std::string& id) const
{
    ESPALIER_TRY(const std::filesystem::path file, fileOf(id));
    std::error_code failed;
    if (!std::filesystem::remove(file, failed))
        return failed ? ioError("remove", file.string(), failed.value())
                      : Error{ErrorCode::NotFound, "There is no run '" + id + "'.", "The list of runs shows their ids.", {}};
    return {};
}

std::set<std::string> RunLog::pinned() const
{
    std::set<std::string> fingerprints;
    for (const RunRecord& run : list())
        if (run.pinned)
            fingerprints.insert(run.fingerprint);
    return fingerprints;
}

Result<std::optional<RunRecord>> recordOf(const Pipeline& pipeline, const std::string& node, double seconds)
{
    const std::string fingerprint = pipeline.fingerprint(node);
    ESPALIER_TRY(const Json description, pipeline.store().describe(fingerprint));
    const Json& summary = description.at("summary");
    if (description.at("type") != "checkpoint" && description.at("type") != "report")
        return std::optional<RunRecord>();
    const Node& made = *pipeline.graph().node(node);
    RunRecord run;
    run.id = timeText("%Y%m%d-%H%M%S-") + node + "-" + fingerprint.substr(0, 8);
    run.time = timeText("%Y-%m-%dT%H:%M:%SZ");
    run.node = node;
    run.nodeType = made.type;
    run.title = made.title;
    run.fingerprint = fingerprint;
    run.seconds = seconds;
    run.parameters = parametersBefore(pipeline.graph(), node);
    run.results = resultsOfSummary(summary);
    addRejection(summary, run.results);
    if (summary.contains("history")) {
        ESPALIER_TRY(run.history, trainingHistoryFromJson(summary.at("history")));
    }
    return std::optional(std::move(run));
}

} // namespace espalier
