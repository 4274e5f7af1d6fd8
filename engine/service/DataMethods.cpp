// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/DataMethods.h"

#include "engine/data/Inspection.h"
#include "engine/pipeline/DataParameters.h"
#include "engine/pipeline/DataView.h"

namespace espalier {
namespace {

Result<Json> inspected(const Json& params, const std::stop_token& stop)
{
    ESPALIER_TRY(const Fields fields, Fields::of(params, "params"));
    ESPALIER_TRY(const std::string path, fields.text("path"));
    if (!std::filesystem::path(path).is_absolute())
        return Error{ErrorCode::InvalidArgument, "The field 'params.path' is '" + path + "'; it must be an absolute path.", {}, {}};
    ESPALIER_TRY(const ReaderOptions options, readerOptionsFromJson(fields.has("options") ? params.at("options") : Json::object(), "params.options"));
    RunContext context{.stop = stop};
    ESPALIER_TRY(const DataFileReport report, inspectDataFile(path, options, context));
    return toJson(report);
}

/// The view that was asked for last, where it is still of the same data. The caller holds dataMutex.
Result<DataView*> viewFor(MethodState& state, const Json& params, const std::stop_token& stop)
{
    ESPALIER_TRY(ProjectRequest request, projectRequestFromJson(params));
    ESPALIER_TRY(const Fields fields, Fields::of(params, "params"));
    ESPALIER_TRY(const std::string node, fields.text("node"));
    Pipeline pipeline(state.workspace, std::move(request.project.graph), request.folder);
    const std::string print = pipeline.fingerprint(node);
    if (state.dataView && !print.empty() && state.dataView->fingerprint() == print)
        return state.dataView.get();
    RunContext context{.stop = stop};
    ESPALIER_TRY(DataView view, DataView::open(pipeline, node, context));
    state.dataView = std::make_shared<DataView>(std::move(view));
    return state.dataView.get();
}

Result<Json> summarised(MethodState& state, const Json& params, const std::stop_token& stop)
{
    const std::lock_guard lock(state.dataMutex);
    ESPALIER_TRY(DataView * view, viewFor(state, params, stop));
    RunContext context{.stop = stop};
    ESPALIER_TRY(const DatasetSummary summary, view->summary(context));
    return toJson(summary);
}

Result<Json> paged(MethodState& state, const Json& params, const std::stop_token& stop)
{
    ESPALIER_TRY(const Fields fields, Fields::of(params, "params"));
    ESPALIER_TRY(const std::string part, fields.text("part"));
    RowQuery query;
    ESPALIER_TRY(query.search, fields.textOr("search", ""));
    ESPALIER_TRY(query.label, fields.textOr("label", ""));
    ESPALIER_TRY(query.offset, fields.integerOr("offset", 0));
    ESPALIER_TRY(query.limit, fields.integerOr("limit", 100));
    const std::lock_guard lock(state.dataMutex);
    ESPALIER_TRY(DataView * view, viewFor(state, params, stop));
    ESPALIER_TRY(const RowsPage page, view->rows(part, query, stop));
    return toJson(page);
}

} // namespace

MethodResult dataInspect(MethodState&, const Json& params, const std::stop_token& stop)
{
    return wrapped(inspected(params, stop));
}

MethodResult dataSummary(MethodState& state, const Json& params, const std::stop_token& stop)
{
    return wrapped(summarised(state, params, stop));
}

MethodResult dataRows(MethodState& state, const Json& params, const std::stop_token& stop)
{
    return wrapped(paged(state, params, stop));
}

} // namespace espalier
