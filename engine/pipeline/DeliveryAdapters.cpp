// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/SafeFile.h"
#include "engine/deployment/Deployer.h"
#include "engine/deployment/DeviceStore.h"
#include "engine/deployment/TransportCatalog.h"
#include "engine/evaluation/Calibration.h"
#include "engine/exporting/Flips.h"
#include "engine/exporting/PackageWriter.h"
#include "engine/graph/Validator.h"
#include "engine/pipeline/Adapters.h"
#include "engine/pipeline/QuantizeParameters.h"
#include "engine/pipeline/TestSet.h"

#include <algorithm>

namespace espalier::adapters {
namespace {

constexpr std::size_t paritySentenceCount = 256;
constexpr auto packageFile = "model.espkg";

Json provenanceOf(const CheckpointArtefact& artefact)
{
    Json provenance{{"sparsity", artefact.checkpoint.sparsity()}, {"seed", artefact.checkpoint.seed}};
    if (artefact.point)
        provenance["validation_accuracy"] = artefact.point->accuracy;
    return provenance;
}

/// What @p report says about the probabilities: the checkpoint scaled by its temperature, and the threshold below which the device
/// answers out of scope. The device knows probabilities, so the threshold is that of the greatest one.
Result<void> takeOver(const EvaluationReport& report, Checkpoint& checkpoint, ExportOptions& options)
{
    if (report.calibration && report.calibration->applied) {
        ESPALIER_CHECK(applyTemperature(checkpoint, report.calibration->temperature));
        options.provenance["temperature"] = report.calibration->temperature;
    }
    if (const RejectionScore* score = report.outOfScope ? report.outOfScope->find("max_probability") : nullptr)
        options.rejectBelow = std::clamp(score->threshold, 0.0, 1.0);
    return {};
}

/// Compared is the validation part: who prunes less because of what flips has chosen by it, and the test part must not be chosen by. The test part stands in where
/// there is none.
Result<FlipRequest> flipRequest(const StageInputs& inputs, const Checkpoint& packaged, RunContext& context)
{
    FlipRequest request;
    if (inputs.artefacts.contains("reference")) {
        const auto& splits = inputs.input<Splits>("splits");
        request.reference = &inputs.input<CheckpointArtefact>("reference").checkpoint;
        request.split = splits.validation.empty() ? "test" : "validation";
        request.examples = splits.validation.empty() ? splits.test : splits.validation;
    }
    if (const auto file = inputs.parameter<std::string>("pinned"); !file.empty()) {
        ESPALIER_TRY(request.pinned, readPinnedSentences(resolvePath(inputs.projectFolder, file), packaged, context));
    }
    ESPALIER_CHECK(checkFlipRequest(request, packaged));
    return request;
}

/// None where there is nothing to compare with. The report also becomes a file of its own.
Result<std::optional<FlipReport>> flipsOf(const StageInputs& inputs, const Checkpoint& packaged, const FlipRequest& request, RunContext& context)
{
    if (!request.reference && request.pinned.empty())
        return std::optional<FlipReport>();
    ESPALIER_TRY(const std::string bytes, readFile(inputs.outputFolder / packageFile));
    ESPALIER_TRY(FlipReport report, findFlips(packaged, bytes, request, context));
    if (report.pinnedFlips > 0) {
        const Error broken = pinnedFlipError(report);
        if (inputs.parameter<std::string>("on_flip") == "fail")
            return broken;
        context.warn(broken.detail);
    }
    ESPALIER_CHECK(writeFileSafely(inputs.outputFolder / flipsFile, dumpJsonPretty(toJson(report))));
    return std::optional(std::move(report));
}

} // namespace

Result<Artefact> runPackage(const StageInputs& inputs, RunContext& context)
{
    const auto& artefact = inputs.input<CheckpointArtefact>("checkpoint");
    ExportOptions options{.precision = schemeText(inputs.parameters),
                                .sparse = inputs.parameter<bool>("sparse"),
                                .selfTests = inputs.parameter<int>("self_tests"),
                                .provenance = provenanceOf(artefact)};
    Checkpoint checkpoint = artefact.checkpoint;
    if (inputs.artefacts.contains("report"))
        ESPALIER_CHECK(takeOver(inputs.input<EvaluationReport>("report"), checkpoint, options));
    ESPALIER_TRY(const FlipRequest request, flipRequest(inputs, checkpoint, context));
    const auto file = inputs.outputFolder / packageFile;
    const auto sentences = paritySentences(inputs.input<Splits>("splits"), paritySentenceCount);
    ESPALIER_TRY(PackageReport report, exportPackage(checkpoint, sentences, file, options, context));
    ESPALIER_TRY(report.flips, flipsOf(inputs, checkpoint, request, context));
    // Beside the package, for whoever pushes it by hand and wants it measured on the device.
    ESPALIER_CHECK(writeTestSet(inputs.outputFolder, inputs.input<Splits>("splits")));
    return Artefact(PackageArtefact{file, std::move(report)});
}

Result<Artefact> runDeploy(const StageInputs& inputs, RunContext& context)
{
    ESPALIER_TRY(const DeviceStore store, DeviceStore::load());
    const auto name = inputs.parameter<std::string>("device");
    ESPALIER_TRY(const Device device, store.get(name));
    Credentials credentials;
    if (inputs.secrets && inputs.secrets->contains(name))
        credentials = inputs.secrets->at(name);

    DeployRequest request;
    request.package = inputs.input<PackageArtefact>("package").file;
    if (inputs.parameter<bool>("evaluate") && inputs.artefacts.contains("splits")) {
        ESPALIER_TRY(request.testSet, writeTestSet(inputs.outputFolder, inputs.input<Splits>("splits")));
    }
    ESPALIER_TRY(const auto transport, openTransport(device, credentials, {}, context));
    auto receipt = deploy(*transport, device, request, context);
    transport->close();
    if (!receipt)
        return receipt.error().within("device '" + name + "'");
    return Artefact(std::move(*receipt));
}

} // namespace espalier::adapters
