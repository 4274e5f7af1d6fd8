// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/Methods.h"

#include "engine/graph/Validator.h"
#include "engine/pipeline/CompressionRecords.h"
#include "engine/pipeline/RateSearch.h"
#include "engine/service/CompressionMethods.h"
#include "engine/service/DataMethods.h"
#include "engine/service/RecordMethods.h"
#include "engine/service/RunNotifier.h"
#include "engine/service/StudyMethods.h"
#include "engine/service/TokenMethods.h"
#include "engine/training/BlasSpeed.h"
#include "engine/training/ComputeDevice.h"

#include <thread>

namespace espalier {
namespace {

Json problemsToJson(const std::vector<Problem>& problems)
{
    Json list = Json::array();
    for (const Problem& problem : problems)
        list.push_back(toJson(problem));
    return list;
}

MethodResult initialize(MethodState&, const Json&, const std::stop_token&)
{
    const BlasSpeed blas = measureBlas();
    // Named first: as a nested list, the library would take one object for a list of one.
    const Json hello{{"version", ESPALIER_VERSION},
                     {"protocol", 1},
                     {"threads", std::thread::hardware_concurrency()},
                     {"devices", computeDevices()},
                     {"bf16", hasBf16Products()},
                     {"blas", {{"gflops", blas.gflops}, {"slow", blas.slow}, {"library", blas.library}, {"remedy", blas.remedy()}}}};
    return {hello};
}

MethodResult catalog(MethodState&, const Json&, const std::stop_token&)
{
    return {catalogToJson()};
}

MethodResult validateProject(MethodState&, const Json& params, const std::stop_token&)
{
    const auto request = projectRequestFromJson(params);
    if (!request)
        return wrapped(request.error());
    const Json found{{"problems", problemsToJson(validate(request->project.graph, request->folder, request->target))}};
    return {found};
}

MethodResult status(MethodState& state, const Json& params, const std::stop_token&)
{
    auto request = projectRequestFromJson(params);
    if (!request)
        return wrapped(request.error());
    return {statusToJson(Pipeline(state.workspace, std::move(request->project.graph), request->folder))};
}

MethodResult run(MethodState& state, const Json& params, const std::stop_token& stop)
{
    auto request = projectRequestFromJson(params);
    if (!request)
        return wrapped(request.error());
    const auto problems = validate(request->project.graph, request->folder, request->target);
    if (hasErrors(problems))
        return {{}, MethodError{{ErrorCode::InvalidArgument, "The pipeline has problems that must be mended before it can run.", {}, {}},
                                {{"problems", problemsToJson(problems)}}}};
    Pipeline pipeline(state.workspace, std::move(request->project.graph), request->folder, std::move(request->secrets));
    RunNotifier notifier(state.writer);
    RunEvents events = notifier.events();
    events.control = &state.runControl;
    const RunOutcome outcome = runPipeline(pipeline, request->target, events, stop);
    state.runControl.resume(); // a pause ends with the run that was paused
    const Json nodes = toJson(outcome, pipeline);
    if (const auto error = outcome.firstError())
        return {{}, MethodError{*error, nodes}};
    return {nodes};
}

Result<Json> resultsOf(MethodState& state, const Json& params)
{
    ESPALIER_TRY(ProjectRequest request, projectRequestFromJson(params));
    ESPALIER_TRY(const Fields fields, Fields::of(params, "params"));
    ESPALIER_TRY(const std::string node, fields.text("node"));
    const Pipeline pipeline(state.workspace, std::move(request.project.graph), request.folder);
    if (pipeline.state(node) != ResultState::Done)
        return Error{ErrorCode::NotFound, "Node '" + node + "' has no up-to-date result.", "Run the pipeline to this node first.", {}};
    ESPALIER_TRY(Json description, pipeline.store().describe(pipeline.fingerprint(node)));
    description["fingerprint"] = pipeline.fingerprint(node);
    return description;
}

MethodResult results(MethodState& state, const Json& params, const std::stop_token&)
{
    return wrapped(resultsOf(state, params));
}

/// The lab of the checkpoint that @p node makes, kept from the last request when it is the same. The caller holds labMutex.
Result<CompressionLab*> labFor(MethodState& state, const Json& params, const std::string& node, RunContext& context)
{
    ESPALIER_TRY(ProjectRequest request, projectRequestFromJson(params));
    Pipeline pipeline(state.workspace, std::move(request.project.graph), request.folder);
    pipeline.measureWith(state.workspace.meterOn(request.device, request.secrets[request.device.name]));
    if (state.lab && state.lab->fingerprint() == pipeline.fingerprint(node) && pipeline.state(node) == ResultState::Done) {
        state.lab->measureWith(pipeline.meter());
        return state.lab.get();
    }
    ESPALIER_TRY(CompressionLab lab, CompressionLab::open(pipeline, node, context));
    state.lab = std::make_shared<CompressionLab>(std::move(lab));
    return state.lab.get();
}

MethodResult compressionProfile(MethodState& state, const Json& params, const std::stop_token& stop)
{
    RunContext context{.stop = stop};
    const std::lock_guard lock(state.labMutex);
    return wrapped([&]() -> Result<Json> {
        ESPALIER_TRY(const CompressionRequest request, compressionRequestFromJson(params));
        ESPALIER_TRY(CompressionLab * lab, labFor(state, params, request.node, context));
        ESPALIER_TRY(const SparsityProfile profile, lab->profile(request.options, request.precision, context));
        return toJson(profile);
    }());
}

MethodResult compressionEvaluate(MethodState& state, const Json& params, const std::stop_token& stop)
{
    RunContext context{.stop = stop};
    const std::lock_guard lock(state.labMutex);
    return wrapped([&]() -> Result<Json> {
        ESPALIER_TRY(const CompressionRequest request, compressionRequestFromJson(params));
        ESPALIER_TRY(CompressionLab * lab, labFor(state, params, request.node, context));
        const CompressionRecords records(params.at("folder").get<std::string>(), lab->fingerprint(), lab->meter());
        ESPALIER_TRY(const Measurement made, measureOnce(*lab, records, request.choice, request.precision, context));
        return toJson(made.measured.point);
    }());
}

MethodResult compressionVocabulary(MethodState& state, const Json& params, const std::stop_token& stop)
{
    RunContext context{.stop = stop};
    const std::lock_guard lock(state.labMutex);
    return wrapped([&]() -> Result<Json> {
        ESPALIER_TRY(const Fields fields, Fields::of(params, "params"));
        ESPALIER_TRY(const std::string node, fields.text("node"));
        ESPALIER_TRY(CompressionLab * lab, labFor(state, params, node, context));
        ESPALIER_TRY(const VocabularyProfile profile, lab->vocabulary(context));
        return toJson(profile);
    }());
}

MethodResult compressionCost(MethodState& state, const Json& params, const std::stop_token& stop)
{
    RunContext context{.stop = stop};
    const std::lock_guard lock(state.labMutex);
    return wrapped([&]() -> Result<Json> {
        ESPALIER_TRY(const CompressionRequest request, compressionRequestFromJson(params));
        ESPALIER_TRY(CompressionLab * lab, labFor(state, params, request.node, context));
        ESPALIER_TRY(const EdgeCost cost, lab->cost(request.options, request.precision, context));
        return toJson(cost);
    }());
}

MethodResult predict(MethodState& state, const Json& params, const std::stop_token& stop)
{
    RunContext context{.stop = stop};
    const std::lock_guard lock(state.labMutex);
    return wrapped([&]() -> Result<Json> {
        ESPALIER_TRY(const Fields fields, Fields::of(params, "params"));
        ESPALIER_TRY(const std::string node, fields.text("node"));
        ESPALIER_TRY(const std::string text, fields.text("text"));
        ESPALIER_TRY(CompressionLab * lab, labFor(state, params, node, context));
        ESPALIER_TRY(const Answer answer, lab->predict(text, context));
        return toJson(answer, 5);
    }());
}

MethodResult trainingLrFind(MethodState& state, const Json& params, const std::stop_token& stop)
{
    RunContext context{.stop = stop};
    return wrapped([&]() -> Result<Json> {
        ESPALIER_TRY(ProjectRequest request, projectRequestFromJson(params));
        ESPALIER_TRY(const Fields fields, Fields::of(params, "params"));
        ESPALIER_TRY(const std::string node, fields.text("node"));
        if (const auto problems = validate(request.project.graph, request.folder, node); hasErrors(problems))
            return Error{ErrorCode::InvalidArgument, problems.front().message, problems.front().remedy, {}};
        Pipeline pipeline(state.workspace, std::move(request.project.graph), request.folder);
        ESPALIER_TRY(const RateCurve curve, searchLearningRate(pipeline, node, context));
        return toJson(curve);
    }());
}

} // namespace

MethodResult wrapped(Result<Json> result)
{
    if (result)
        return {std::move(result).value()};
    return {{}, MethodError{result.error()}};
}

const Catalog<Method>& methodCatalog()
{
    using Lane = Method::Lane;
    static const Catalog<Method> catalogue("method", {
                                                         {"initialize", Lane::Lab, false, initialize},
                                                         {"catalog", Lane::Immediate, false, catalog},
                                                         {"validate", Lane::Immediate, false, validateProject},
                                                         {"status", Lane::Lab, false, status},
                                                         {"run", Lane::Run, false, run},
                                                         {"results", Lane::Lab, false, results},
                                                         {"compression/profile", Lane::Lab, true, compressionProfile},
                                                         {"compression/evaluate", Lane::Lab, true, compressionEvaluate},
                                                         {"compression/measured", Lane::Lab, false, compressionMeasured},
                                                         {"compression/searches", Lane::Lab, false, compressionSearches},
                                                         {"compression/search", Lane::Search, false, compressionSearch},
                                                         {"compression/sweep", Lane::Search, false, compressionSweep},
                                                         {"compression/vocabulary", Lane::Lab, true, compressionVocabulary},
                                                         {"compression/cost", Lane::Lab, true, compressionCost, "compression/evaluate"},
                                                         {"compression/sensitivity", Lane::Study, true, compressionSensitivity},
                                                         {"predict", Lane::Lab, false, predict},
                                                         {"training/lr_find", Lane::Lab, true, trainingLrFind},
                                                         {"evaluation/examples", Lane::Lab, false, evaluationExamples},
                                                         {"runs/list", Lane::Lab, false, runsList},
                                                         {"runs/change", Lane::Lab, false, runsChange},
                                                         {"runs/delete", Lane::Lab, false, runsDelete},
                                                         {"runs/restore", Lane::Lab, false, runsRestore},
                                                         {"runs/export", Lane::Lab, false, runsExport},
                                                         {"store/info", Lane::Lab, false, storeInfo},
                                                         {"store/clean", Lane::Lab, false, storeClean},
                                                         {"data/inspect", Lane::Data, true, dataInspect},
                                                         {"data/summary", Lane::Data, true, dataSummary},
                                                         {"data/rows", Lane::Data, true, dataRows},
                                                         {"tokenize", Lane::Data, true, tokenize},
                                                     });
    return catalogue;
}

} // namespace espalier
