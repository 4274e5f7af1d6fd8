// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/Deployer.h"
#include "engine/deployment/DeviceStore.h"
#include "engine/deployment/TransportCatalog.h"
#include "engine/evaluation/Calibration.h"
#include "engine/exporting/PackageWriter.h"
#include "engine/pipeline/Adapters.h"
#include "engine/pipeline/TestSet.h"

#include <algorithm>

namespace espalier::adapters {
namespace {

constexpr std::size_t paritySentenceCount = 256;

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

} // namespace

Result<Artefact> runPackage(const StageInputs& inputs, RunContext& context)
{
    const auto& artefact = inputs.input<CheckpointArtefact>("checkpoint");
    ExportOptions options{.precision = inputs.parameter<std::string>("precision"),
                                .sparse = inputs.parameter<bool>("sparse"),
                                .selfTests = inputs.parameter<int>("self_tests"),
                                .provenance = provenanceOf(artefact)};
    Checkpoint checkpoint = artefact.checkpoint;
    if (inputs.artefacts.contains("report"))
        ESPALIER_CHECK(takeOver(inputs.input<EvaluationReport>("report"), checkpoint, options));
    const auto file = inputs.outputFolder / "model.espkg";
    const auto sentences = paritySentences(inputs.input<Splits>("splits"), paritySentenceCount);
    ESPALIER_TRY(PackageReport report, exportPackage(checkpoint, sentences, file, options, context));
    // Beside the package, for whoever pushes it by hand and wants it measured on the device.
    ESPALIER_CHECK(writeTestSet(inputs.outputFolder / "test.tsv", inputs.input<Splits>("splits").test));
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
    if (inputs.parameter<bool>("evaluate") && inputs.artefacts.contains("splits") &&
        inputs.input<Splits>("splits").task == Task::SingleLabel) { // the device measures no other task yet
        request.testTsv = inputs.outputFolder / "test.tsv";
        ESPALIER_CHECK(writeTestSet(request.testTsv, inputs.input<Splits>("splits").test));
    }
    ESPALIER_TRY(const auto transport, openTransport(device, credentials, {}, context));
    auto receipt = deploy(*transport, device, request, context);
    transport->close();
    if (!receipt)
        return receipt.error().within("device '" + name + "'");
    return Artefact(std::move(*receipt));
}

} // namespace espalier::adapters
