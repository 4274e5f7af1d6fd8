// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/RecordMethods.h"

#include "engine/evaluation/PredictionTable.h"
#include "engine/pipeline/RunLog.h"
#include "engine/pipeline/StoreCleanup.h"

#include <algorithm>

namespace espalier {
namespace {

constexpr std::int64_t mostRows = 10000;

/// `folder` of a request: absolute, and there.
Result<std::filesystem::path> folderOf(const Json& params)
{
    ESPALIER_TRY(const Fields fields, Fields::of(params, "params"));
    ESPALIER_TRY(const std::string folder, fields.text("folder"));
    std::error_code ignored;
    if (!std::filesystem::path(folder).is_absolute() || !std::filesystem::is_directory(folder, ignored))
        return Error{ErrorCode::InvalidArgument, "The field 'params.folder' is '" + folder + "'; it must be an absolute folder that exists.", {}, {}};
    return std::filesystem::path(folder);
}

Result<PredictionQuery> predictionQueryFromJson(const Json& params, const Fields& fields)
{
    PredictionQuery query;
    if (fields.has("truth")) {
        ESPALIER_TRY(query.truth, fields.text("truth"));
    }
    if (fields.has("predicted")) {
        ESPALIER_TRY(query.prediction, fields.text("predicted"));
    }
    if (fields.has("slice")) {
        ESPALIER_TRY(const auto slices, slicesFromJson(Json::array({params.at("slice")})));
        query.slice = slices.front();
    }
    ESPALIER_TRY(query.order, fields.textOr("order", query.order));
    ESPALIER_TRY(const auto offset, fields.integerOr("offset", 0));
    ESPALIER_TRY(const auto limit, fields.integerOr("limit", 100));
    if (offset < 0 || limit < 1 || limit > mostRows)
        return Error{ErrorCode::InvalidArgument, "'params.offset' must not be negative, and 'params.limit' must be from 1 to 10000.", {}, {}};
    query.offset = static_cast<std::size_t>(offset);
    query.limit = static_cast<std::size_t>(limit);
    return query;
}

Result<Json> examplesOf(MethodState& state, const Json& params)
{
    ESPALIER_TRY(ProjectRequest request, projectRequestFromJson(params));
    ESPALIER_TRY(const Fields fields, Fields::of(params, "params"));
    ESPALIER_TRY(const std::string node, fields.text("node"));
    ESPALIER_TRY(const PredictionQuery query, predictionQueryFromJson(params, fields));
    const Pipeline pipeline(state.workspace, std::move(request.project.graph), request.folder);
    const auto file = pipeline.store().folder(pipeline.fingerprint(node)) / predictionsFile;
    std::error_code ignored;
    if (pipeline.state(node) != ResultState::Done || !std::filesystem::exists(file, ignored))
        return Error{ErrorCode::NotFound, "Node '" + node + "' has no up-to-date predictions.", "Run the Evaluate node first.", {}};
    ESPALIER_TRY(const auto rows, readPredictions(file));
    ESPALIER_TRY(const PredictionPage page, selectRows(rows, query));
    Json list = Json::array();
    for (const PredictionRow& row : page.rows)
        list.push_back(toJson(row));
    return Json{{"total", page.total}, {"rows", list}, {"file", file.string()}};
}

Result<Json> listOf(const Json& params)
{
    ESPALIER_TRY(const auto folder, folderOf(params));
    std::vector<Error> damaged;
    Json runs = Json::array();
    for (const RunRecord& run : RunLog(folder).list(&damaged))
        runs.push_back(toJson(run));
    Json errors = Json::array();
    for (const Error& error : damaged)
        errors.push_back(toJson(error));
    return Json{{"runs", runs}, {"damaged", errors}};
}

/// The record of `id`, with `name`, `note` and `pinned` as the request gives them.
Result<Json> changed(const Json& params)
{
    ESPALIER_TRY(const auto folder, folderOf(params));
    ESPALIER_TRY(const Fields fields, Fields::of(params, "params"));
    ESPALIER_TRY(const std::string id, fields.text("id"));
    ESPALIER_TRY(RunRecord run, RunLog(folder).get(id));
    ESPALIER_TRY(run.name, fields.textOr("name", run.name));
    ESPALIER_TRY(run.note, fields.textOr("note", run.note));
    ESPALIER_TRY(run.pinned, fields.booleanOr("pinned", run.pinned));
    ESPALIER_CHECK(RunLog(folder).put(run));
    return toJson(run);
}

Result<Json> deleted(const Json& params)
{
    ESPALIER_TRY(const auto folder, folderOf(params));
    ESPALIER_TRY(const Fields fields, Fields::of(params, "params"));
    ESPALIER_TRY(const std::string id, fields.text("id"));
    ESPALIER_TRY(const RunRecord run, RunLog(folder).get(id));
    ESPALIER_CHECK(RunLog(folder).remove(id));
    return toJson(run);
}

Result<Json> restored(const Json& params)
{
    ESPALIER_TRY(const auto folder, folderOf(params));
    ESPALIER_TRY(const Fields fields, Fields::of(params, "params"));
    ESPALIER_CHECK(fields.object("run"));
    ESPALIER_TRY(const RunRecord run, runRecordFromJson(params.at("run")));
    ESPALIER_CHECK(RunLog(folder).put(run));
    return toJson(run);
}

Json entriesToJson(const std::vector<StoreEntry>& entries)
{
    Json list = Json::array();
    for (const StoreEntry& e : entries)
        list.push_back({{"name", e.name}, {"kind", e.kind}, {"type", e.type}, {"bytes", e.bytes}, {"last_used", e.lastUsed}, {"kept", e.kept}});
    return list;
}

Result<Json> infoOf(MethodState& state, const Json& params)
{
    ESPALIER_TRY(const ProjectRequest request, projectRequestFromJson(params));
    ESPALIER_TRY(const Fields fields, Fields::of(params, "params"));
    ESPALIER_TRY(const auto named, namedFingerprints(request.folder, &request.project.graph, state.workspace.files));
    if (fields.has("limit")) {
        ESPALIER_TRY(const auto limit, fields.integer("limit"));
        ESPALIER_CHECK(setStoreLimit(request.folder, static_cast<std::uint64_t>(std::max<std::int64_t>(limit, 0))));
    }
    const StoreInfo info = inspectStore(request.folder, named);
    return Json{{"bytes", info.bytes()}, {"removable", info.removable()}, {"limit", info.limit}, {"entries", entriesToJson(info.entries)}};
}

Result<Json> cleaned(MethodState& state, const Json& params)
{
    ESPALIER_TRY(const ProjectRequest request, projectRequestFromJson(params));
    ESPALIER_TRY(const Fields fields, Fields::of(params, "params"));
    ESPALIER_TRY(const bool dryRun, fields.booleanOr("dry_run", true));
    ESPALIER_TRY(const auto target, fields.integerOr("target", 0));
    ESPALIER_TRY(const auto named, namedFingerprints(request.folder, &request.project.graph, state.workspace.files));
    ESPALIER_TRY(const auto gone, cleanStore(request.folder, named, static_cast<std::uint64_t>(std::max<std::int64_t>(target, 0)), dryRun));
    return Json{{"dry_run", dryRun}, {"removed", entriesToJson(gone)}, {"bytes", StoreInfo{gone}.bytes()}};
}

Result<Json> exported(const Json& params)
{
    ESPALIER_TRY(const auto folder, folderOf(params));
    ESPALIER_TRY(const Fields fields, Fields::of(params, "params"));
    std::vector<RunRecord> runs = RunLog(folder).list();
    if (fields.has("ids")) {
        ESPALIER_TRY(const auto ids, fields.texts("ids"));
        std::erase_if(runs, [&](const RunRecord& run) { return std::find(ids.begin(), ids.end(), run.id) == ids.end(); });
    }
    return Json{{"csv", runsToCsv(runs)}};
}

} // namespace

MethodResult evaluationExamples(MethodState& state, const Json& params, const std::stop_token&) { return wrapped(examplesOf(state, params)); }
MethodResult runsList(MethodState&, const Json& params, const std::stop_token&) { return wrapped(listOf(params)); }
MethodResult runsChange(MethodState&, const Json& params, const std::stop_token&) { return wrapped(changed(params)); }
MethodResult runsDelete(MethodState&, const Json& params, const std::stop_token&) { return wrapped(deleted(params)); }
MethodResult runsRestore(MethodState&, const Json& params, const std::stop_token&) { return wrapped(restored(params)); }
MethodResult runsExport(MethodState&, const Json& params, const std::stop_token&) { return wrapped(exported(params)); }
MethodResult storeInfo(MethodState& state, const Json& params, const std::stop_token&) { return wrapped(infoOf(state, params)); }
MethodResult storeClean(MethodState& state, const Json& params, const std::stop_token&) { return wrapped(cleaned(state, params)); }

} // namespace espalier
