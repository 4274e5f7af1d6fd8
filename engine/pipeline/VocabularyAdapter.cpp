// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/VocabularyCutter.h"
#include "engine/exporting/PackageWriter.h"
#include "engine/pipeline/Adapters.h"
#include "engine/pipeline/MeasuredModel.h"
#include "engine/pipeline/TestSet.h"
#include "engine/pipeline/TrainingOptions.h"

#include <cstdio>

namespace espalier::adapters {
namespace {

constexpr std::size_t packageSentences = 256;

VocabularyCut reportOf(const VocabularyCutter& cutter, const Checkpoint& made)
{
    VocabularyCut report{.profile = cutter.profile()};
    report.before = report.profile.tokens;
    report.after = made.model.vocabularySize;
    return report;
}

/// What the validation part and a package say of both.
Result<void> measure(VocabularyCut& report, const Checkpoint& before, const Checkpoint& made, const Splits& splits, RunContext& context)
{
    ESPALIER_TRY(report.unknownBefore, unknownShare(before.tokenizer, splits.validation, context));
    ESPALIER_TRY(report.unknownAfter, unknownShare(made.tokenizer, splits.validation, context));
    ESPALIER_TRY(const EncodedPackage whole, encodePackage(before, paritySentences(splits, packageSentences), {}, context));
    report.bytesBefore = whole.report.bytes;
    return {};
}

std::string inWords(const VocabularyCut& report)
{
    char text[240];
    std::snprintf(text, sizeof text, "%lld of %lld tokens stay. The int8 package takes %lld bytes instead of %lld; of the validation part's tokens %.2f %% are unknown instead of %.2f %%.",
                  static_cast<long long>(report.after), static_cast<long long>(report.before), static_cast<long long>(report.bytesAfter),
                  static_cast<long long>(report.bytesBefore), 100 * report.unknownAfter, 100 * report.unknownBefore);
    return text;
}

} // namespace

Result<Artefact> runCutVocabulary(const StageInputs& inputs, RunContext& context)
{
    const auto& splits = inputs.input<Splits>("splits");
    const Checkpoint& before = inputs.input<CheckpointArtefact>("checkpoint").checkpoint;
    ESPALIER_TRY(const VocabularyCutter cutter, VocabularyCutter::create(before, splits, context));
    ESPALIER_TRY(Checkpoint made, cutter.cut({.minFrequency = inputs.parameter<std::int64_t>("min_frequency"),
                                              .maxVocabulary = inputs.parameter<std::int64_t>("max_vocabulary")}));
    VocabularyCut report = reportOf(cutter, made);
    if (report.after == report.before)
        context.warn("No token goes: every one is seen often enough in the training part, or must stay.");
    const bool recovers = inputs.parameter<std::string>("recovery") == "fine_tune";
    if (recovers) {
        context.seed = inputs.parameter<std::uint64_t>("seed");
        ESPALIER_TRY(made, fineTune(made, splits, trainOptionsOf(inputs), context));
    }
    ESPALIER_CHECK(measure(report, before, made, splits, context));
    ESPALIER_TRY(SparsityPoint point, measureCheckpoint(made, splits, context));
    point.fineTuned = recovers;
    report.bytesAfter = point.packageBytes;
    context.info(inWords(report));
    return Artefact(CheckpointArtefact{std::move(made), std::move(point), {}, std::make_shared<const VocabularyCut>(std::move(report))});
}

} // namespace espalier::adapters
