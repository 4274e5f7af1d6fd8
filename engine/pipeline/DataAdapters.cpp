// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/Splits.h"
#include "engine/graph/Validator.h"
#include "engine/pipeline/Adapters.h"
#include "engine/pipeline/DataParameters.h"

namespace espalier::adapters {
namespace {

std::filesystem::path fileOf(const StageInputs& inputs, const std::string& parameter)
{
    const auto value = inputs.parameter<std::string>(parameter);
    return value.empty() ? std::filesystem::path() : resolvePath(inputs.projectFolder, value);
}

/// On the disk of the project, where there is room for its results.
std::filesystem::path spillFolder(const StageInputs& inputs)
{
    return inputs.outputFolder.parent_path();
}

void warnAboutRejected(const RejectedRows& rejected, RunContext& context)
{
    if (rejected.empty())
        return;
    const RejectedRow first = rejected.front();
    context.warn(std::to_string(rejected.size()) + " rows were set aside; the first is line " + std::to_string(first.line) + " of '" + first.file +
                 "': " + first.reason);
}

} // namespace

Result<Artefact> runDataset(const StageInputs& inputs, RunContext& context)
{
    const DatasetFiles files{fileOf(inputs, "train"), fileOf(inputs, "validation"), fileOf(inputs, "test")};
    ReaderOptions options = readerOptions(inputs.parameters);
    options.spillFolder = spillFolder(inputs);
    ESPALIER_TRY(Dataset dataset, readDataset(files, options, context));
    warnAboutRejected(dataset.rejected, context);
    return Artefact(std::move(dataset));
}

Result<Artefact> runSplit(const StageInputs& inputs, RunContext& context)
{
    const SplitOptions options{.method = inputs.parameter<std::string>("method"),
                               .validationFraction = inputs.parameter<double>("validation_fraction"),
                               .testFraction = inputs.parameter<double>("test_fraction"),
                               .seed = inputs.parameter<std::uint64_t>("seed")};
    const auto& dataset = inputs.input<Dataset>("dataset");
    ESPALIER_TRY(Splits splits, splitDataset(dataset, options, context));
    if (splits.rejected.size() > dataset.rejected.size())
        warnAboutRejected(splits.rejected, context);
    return Artefact(std::move(splits));
}

} // namespace espalier::adapters
