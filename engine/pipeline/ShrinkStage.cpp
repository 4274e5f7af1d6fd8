// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/ShrinkStage.h"

#include "engine/graph/ShrinkParameters.h"
#include "engine/pipeline/Recovery.h"
#include "engine/pipeline/ShrinkParameters.h"

#include <algorithm>

namespace espalier {
namespace {

/// The numbers of tokens in the sentences of @p examples.
std::vector<std::int64_t> lengthsOf(const ExampleTable& examples, const Tokenizer& tokenizer)
{
    std::vector<std::int64_t> lengths;
    std::vector<std::int32_t> ids;
    auto reader = examples.reader();
    while (const RowView* row = reader.next()) {
        tokenizer.encode(row->text, ids);
        lengths.push_back(static_cast<std::int64_t>(ids.size()));
    }
    return lengths;
}

/// The specification that the node's parameters leave of @p before's.
Result<ModelSpec> smallerModel(const StageInputs& inputs, const Checkpoint& before)
{
    std::int64_t longest = 1;
    if (fitsPositions(inputs.parameters))
        for (const std::int64_t length : lengthsOf(inputs.input<Splits>("splits").train, before.tokenizer))
            longest = std::max(longest, length);
    ESPALIER_TRY(const KeptAmounts keep, keptAmounts(inputs.parameters, longest));
    return shrunkModel(before.model, keep);
}

std::int64_t weightsIn(const Checkpoint& checkpoint)
{
    std::int64_t count = 0;
    for (const auto& [name, tensor] : checkpoint.weights)
        count += static_cast<std::int64_t>(tensor.values.size());
    return count;
}

void logSizes(const Checkpoint& before, const Checkpoint& after, const RunContext& context)
{
    std::string text;
    for (const ParameterSpec& spec : keptParameters()) {
        const auto was = before.model.parameters.find(spec.id);
        if (was != before.model.parameters.end() && was->second != after.model.parameters.at(spec.id))
            text += spec.id + " " + was->second.dump() + " to " + after.model.parameters.at(spec.id).dump() + ", ";
    }
    context.info("Shrunk: " + text + std::to_string(weightsIn(after)) + " of " + std::to_string(weightsIn(before)) + " weights stay.");
}

void warnOfCutSentences(const Splits& splits, const Checkpoint& before, const Checkpoint& after, const RunContext& context)
{
    const int most = after.tokenizer.spec().maxLength;
    if (most == before.tokenizer.spec().maxLength)
        return;
    const auto lengths = lengthsOf(splits.validation, before.tokenizer);
    if (const auto cut = std::count_if(lengths.begin(), lengths.end(), [&](std::int64_t length) { return length > most; }); cut > 0)
        context.warn(std::to_string(cut) + " of " + std::to_string(lengths.size()) + " validation sentences are longer than " + std::to_string(most) + " tokens: the rest of them is cut.");
}

} // namespace

Result<Checkpoint> shrinkAndRecover(const StageInputs& inputs, RunContext& context)
{
    const auto& splits = inputs.input<Splits>("splits");
    const Checkpoint& before = inputs.input<CheckpointArtefact>("checkpoint").checkpoint;
    ESPALIER_TRY(const ModelSpec smaller, smallerModel(inputs, before));
    ESPALIER_TRY(const auto teacher, recoveryTeacher(inputs));
    ESPALIER_TRY(const GroupScoreTable scores, scoreGroups(before, smaller, groupScoreOptions(inputs.parameters), splits.train, context));
    ESPALIER_TRY(Checkpoint shrunk, shrink(before, smaller, scores));
    logSizes(before, shrunk, context);
    warnOfCutSentences(splits, before, shrunk, context);
    return recoverShrunk(inputs, std::move(shrunk), teacher.get(), context);
}

} // namespace espalier
