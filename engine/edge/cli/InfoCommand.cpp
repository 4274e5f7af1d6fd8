// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/LargeMemory.h"
#include "engine/edge/SelfTestRunner.h"
#include "engine/edge/cli/Commands.h"
#include "engine/edge/cli/Latency.h"
#include "engine/edge/ops/Step.h"
#include "engine/tokenizers/Tokenizer.h"

#include <cmath>

namespace espalier::edge {
namespace {

Json tensorList(const PackageHeader& header)
{
    Json tensors = Json::array();
    for (const TensorRecord& t : header.tensors)
        tensors.push_back({{"name", t.name}, {"shape", t.shape}, {"encoding", t.encoding}, {"group", t.group}, {"bytes", t.bytes}});
    return tensors;
}

double rounded(double number) { return std::round(number * 1e3) / 1e3; }

Json planList(const Session& session)
{
    Json plans = Json::array();
    const bool measured = session.kernels().measuredHere;
    for (const MatrixPlan& plan : session.plans()) {
        Json json{{"tensor", plan.tensor}, {"layout", plan.layout}, {"density", plan.density}, {"bytes", plan.bytes}, {"rows_at_once", plan.tile}, {"threads", 1}};
        if (plan.cost.dense > 0) {
            json["cost_over_dense"] = rounded(plan.cost.chosen / plan.cost.dense);
            json["source"] = measured ? "measured on this device" : "estimated";
            if (measured)
                json["microseconds_a_row"] = rounded(plan.cost.chosen * 1e-9);
        }
        plans.push_back(std::move(json));
    }
    return plans;
}

Json tokenizerSummary(const Tokenizer& tokenizer)
{
    const TokenizerSpec& s = tokenizer.spec();
    return {{"kind", s.kind}, {"normalization", s.normalization}, {"lowercase", s.lowercase}, {"max_length", s.maxLength},
            {"vocabulary_size", tokenizer.vocabulary().size()}};
}

} // namespace

Result<int> infoCommand(const Arguments& arguments)
{
    ESPALIER_TRY(const LoadedPackage package, loadPackage(arguments, {.planning = arguments.calibrate ? Planning::Anew : Planning::Cached}));
    const PackageHeader& header = package.reader.header();
    Json available = Json::array();
    for (const Kernels* table : availableKernels())
        available.push_back(table->name);
    Json info{{"format_version", package.reader.version()},
              {"runtime_version", ESPALIER_VERSION},
              {"file_bytes", package.reader.fileBytes()},
              {"precision", header.precision},
              {"labels", header.labels},
              {"tokenizer", tokenizerSummary(package.session.tokenizer())},
              {"ops", toJson(header.program).at("ops")},
              {"tensors", tensorList(header)},
              {"self_tests", header.selfTests.size()},
              {"reject_below", header.rejectBelow},
              {"provenance", header.provenance},
              {"kernels", package.session.kernels().name},
              {"load_ms", package.loadMilliseconds},
              {"load_parts_ms", loadJson(package)},
              {"peak_memory_bytes", peakMemoryBytes()},
              {"kernels_available", available}};
    if (arguments.plan)
        info.update({{"plan", planList(package.session)}, {"plan_file", package.planFile}});
    ESPALIER_CHECK(printLine(info));
    return 0;
}

Result<int> selfTestCommand(const Arguments& arguments)
{
    ESPALIER_TRY(LoadedPackage package, loadPackage(arguments, {.planning = Planning::Needed}));
    const SelfTestOutcome outcome = runSelfTest(package.session, package.reader.header());
    ESPALIER_CHECK(printLine({{"sentences", outcome.sentences},
                              {"labels_equal", outcome.labelsEqual},
                              {"max_abs_difference", outcome.maxAbsDifference},
                              {"passed", outcome.passed}}));
    if (outcome.passed)
        return 0;
    return Error{ErrorCode::ParityMismatch, "The self-test of " + package.reader.name() + " failed: " + outcome.firstDisagreement + ".",
                 "Copy the package again; if that does not help, report it with the output of espalier-edge info.", {}};
}

} // namespace espalier::edge
