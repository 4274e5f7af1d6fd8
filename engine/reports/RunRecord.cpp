// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reports/RunRecord.h"

#include "engine/core/CsvField.h"
#include "engine/core/Task.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace espalier {
namespace {

constexpr int nesting = 3;

void collect(const Json& json, const std::string& prefix, int depth, std::map<std::string, double>& results)
{
    for (const auto& [name, value] : json.items()) {
        if (value.is_number())
            results[prefix + name] = value.get<double>();
        else if (value.is_object() && depth < nesting && name != "history" && name != "parameters")
            collect(value, prefix + name + ".", depth + 1, results);
    }
}

Result<void> readMaps(const Json& json, const Fields& fields, RunRecord& run)
{
    ESPALIER_CHECK(fields.object("parameters"));
    for (const auto& [name, value] : json.at("parameters").items())
        run.parameters[name] = value;
    ESPALIER_TRY(const Fields results, fields.object("results"));
    for (const auto& [name, value] : json.at("results").items()) {
        ESPALIER_TRY(run.results[name], results.number(name));
    }
    if (fields.has("history")) {
        ESPALIER_TRY(run.history, trainingHistoryFromJson(json.at("history")));
    }
    return {};
}

template <typename Values>
Json valueOf(const Values& values, const std::string& name)
{
    const auto it = values.find(name);
    return it == values.end() ? Json() : Json(it->second);
}

template <typename Member>
std::set<std::string> namesOf(const std::vector<RunRecord>& runs, Member member)
{
    std::set<std::string> names;
    for (const RunRecord& run : runs)
        for (const auto& [name, value] : run.*member)
            names.insert(name);
    return names;
}

/// One difference a name that any run has and not all have alike.
template <typename Member>
void addDifferences(const std::vector<RunRecord>& runs, Member member, bool parameter, std::vector<RunDifference>& differences)
{
    for (const std::string& name : namesOf(runs, member)) {
        RunDifference difference{name, parameter, {}};
        for (const RunRecord& run : runs)
            difference.values.push_back(valueOf(run.*member, name));
        if (std::any_of(difference.values.begin(), difference.values.end(), [&](const Json& value) { return value != difference.values.front(); }))
            differences.push_back(std::move(difference));
    }
}

std::string cell(const Json& value)
{
    if (value.is_null())
        return {};
    return csvField(value.is_string() ? value.get<std::string>() : dumpJson(value));
}

} // namespace

Json toJson(const RunRecord& run)
{
    Json json{{"id", run.id},           {"name", run.name},           {"note", run.note},       {"time", run.time},
              {"node", run.node},       {"node_type", run.nodeType},  {"title", run.title},     {"fingerprint", run.fingerprint},
              {"seconds", run.seconds}, {"pinned", run.pinned},       {"parameters", run.parameters}, {"results", run.results}};
    if (run.history)
        json["history"] = toJson(*run.history);
    return json;
}

Result<RunRecord> runRecordFromJson(const Json& json)
{
    RunRecord run;
    ESPALIER_TRY(const Fields fields, Fields::of(json, "run"));
    ESPALIER_TRY(run.id, fields.text("id"));
    ESPALIER_TRY(run.name, fields.textOr("name", ""));
    ESPALIER_TRY(run.note, fields.textOr("note", ""));
    ESPALIER_TRY(run.time, fields.text("time"));
    ESPALIER_TRY(run.node, fields.text("node"));
    ESPALIER_TRY(run.nodeType, fields.text("node_type"));
    ESPALIER_TRY(run.title, fields.textOr("title", ""));
    ESPALIER_TRY(run.fingerprint, fields.text("fingerprint"));
    ESPALIER_TRY(run.seconds, fields.number("seconds"));
    ESPALIER_TRY(run.pinned, fields.booleanOr("pinned", false));
    ESPALIER_CHECK(readMaps(json, fields, run));
    return run;
}

std::map<std::string, double> resultsOfSummary(const Json& summary)
{
    std::map<std::string, double> results;
    if (summary.is_object())
        collect(summary, "", 1, results);
    return results;
}

std::vector<RunDifference> compareRuns(const std::vector<RunRecord>& runs)
{
    std::vector<RunDifference> differences;
    addDifferences(runs, &RunRecord::parameters, true, differences);
    addDifferences(runs, &RunRecord::results, false, differences);
    std::erase_if(differences, [](const RunDifference& one) { return one.name == "point.runtime"; }); // the name of a program, no figure
    return differences;
}

std::optional<RunScore> scoreOf(const RunRecord& run)
{
    const auto figure = [&](const char* name) {
        const auto found = run.results.find(name);
        return found == run.results.end() ? std::nullopt : std::optional(found->second);
    };
    if (const auto f1 = figure("task_scores.f1"))
        return RunScore{std::string(scoreName(figure("task_scores.threshold").value_or(0) > 0 ? Task::MultiLabel : Task::TokenTags)), *f1, false};
    if (const auto accuracy = figure("accuracy"))
        return RunScore{std::string(scoreName(Task::SingleLabel)), *accuracy, false};
    if (const auto best = figure("validation_accuracy"))
        return RunScore{run.history && !figure("point.accuracy") ? run.history->score : std::string(scoreName(Task::SingleLabel)), *best, true};
    return std::nullopt;
}

std::optional<SparsityPoint> measuredPoint(const RunRecord& run)
{
    const auto figure = [&](const char* name) {
        const auto found = run.results.find(std::string("point.") + name);
        return found == run.results.end() ? 0.0 : found->second;
    };
    const auto whole = [&](const char* name) { return std::int64_t{std::llround(figure(name))}; };
    if (whole("package_bytes") <= 0)
        return std::nullopt;
    return SparsityPoint{.sparsity = figure("sparsity"), .accuracy = figure("accuracy"), .accuracyLow = figure("accuracy_low"), .accuracyHigh = figure("accuracy_high"),
                         .macroF1 = figure("macro_f1"), .examples = whole("examples"), .milliseconds = figure("milliseconds"), .memoryBytes = whole("memory_bytes"),
                         .runtime = whole("runtime"), .packageBytes = whole("package_bytes"), .layers = {}, .warnings = {}};
}

std::string runsToCsv(const std::vector<RunRecord>& runs)
{
    const auto parameters = namesOf(runs, &RunRecord::parameters);
    const auto results = namesOf(runs, &RunRecord::results);
    std::string csv = "id,name,time,node,seconds,pinned,note";
    for (const auto& names : {parameters, results})
        for (const std::string& name : names)
            csv += "," + csvField(name);
    csv += "\r\n";
    for (const RunRecord& run : runs) {
        csv += csvField(run.id) + "," + csvField(run.name) + "," + run.time + "," + csvField(run.node) + "," + dumpJson(run.seconds) + "," +
               (run.pinned ? "true" : "false") + "," + csvField(run.note);
        for (const std::string& name : parameters)
            csv += "," + cell(valueOf(run.parameters, name));
        for (const std::string& name : results)
            csv += "," + cell(valueOf(run.results, name));
        csv += "\r\n";
    }
    return csv;
}

} // namespace espalier
