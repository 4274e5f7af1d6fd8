// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/BaselineModel.h"

#include "engine/core/Architectures.h"
#include "engine/core/Fingerprint.h"
#include "engine/core/SafeFile.h"
#include "engine/exporting/PackageWriter.h"
#include "engine/pipeline/TestSet.h"
#include "engine/training/Trainer.h"

#include <chrono>

namespace espalier {
namespace {

constexpr const char* version = "2";
constexpr std::size_t paritySize = 256;
const TrainOptions options{.epochs = 10, .learningRate = 1e-2, .patience = 3, .labelSmoothing = 0.1};
/// Small: what the model buys is shown by the megabyte. On CLINC150 twice the size bought 0.2 of a point.
const Parameters sizes{{"embedding_dim", 32}, {"ngram_buckets", 16384}};

/// Of all that decides the score: the sentences as they are written, the tokenizer, the seed.
std::string nameOf(const StageInputs& inputs, std::uint64_t seed)
{
    const auto& splits = inputs.input<Splits>("splits");
    Fingerprint fingerprint;
    fingerprint.add("baseline", version).add("seed", std::to_string(seed)).add("tokenizer", dumpJson(inputs.input<ModelArtefact>("model").tokenizer.toJson()));
    for (const auto* part : {&splits.train, &splits.validation})
        for (const Example& example : *part) {
            fingerprint.add("text", example.text);
            for (const std::string& label : example.labels)
                fingerprint.add("label", label);
        }
    return fingerprint.hex();
}

Result<BaselineScore> measure(const StageInputs& inputs, RunContext& context)
{
    const auto& splits = inputs.input<Splits>("splits");
    const auto& tokenizer = inputs.input<ModelArtefact>("model").tokenizer;
    const auto began = std::chrono::steady_clock::now();
    ESPALIER_TRY(const ModelSpec spec, makeModelSpec(baselineArchitecture, sizes, static_cast<std::int64_t>(tokenizer.vocabulary().size()),
                                                   splits.labels.size(), splits.task));
    TrainOptions own = options;
    own.threads = inputs.parameter<int>("threads");
    own.device = "cpu";
    RunContext quiet{.stop = context.stop, .seed = context.seed}; // its curves are not the node's
    quiet.onProgress = [&](const Progress& progress) { context.progress({"Training the baseline", progress.done, progress.total, progress.unit}); };
    ESPALIER_TRY(const Checkpoint checkpoint, train(spec, tokenizer, splits, own, quiet));
    ESPALIER_TRY(const EncodedPackage package, encodePackage(checkpoint, paritySentences(splits, paritySize), {}, quiet));
    const EpochRecord& best = checkpoint.history.epochs.at(static_cast<std::size_t>(checkpoint.history.bestEpoch) - 1);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    return BaselineScore{best.validationAccuracy, best.validationMacroF1, package.report.bytes, seconds};
}

Result<BaselineScore> stored(const std::filesystem::path& file)
{
    ESPALIER_TRY(const Json json, readJsonFile(file));
    return baselineScoreFromJson(json);
}

} // namespace

Result<std::optional<BaselineScore>> baselineFor(const StageInputs& inputs, RunContext& context)
{
    if (!(*architectures().get(baselineArchitecture))->supports(inputs.input<Splits>("splits").task))
        return std::optional<BaselineScore>{};
    const auto folder = inputs.projectFolder / ".espalier" / "baselines";
    const auto file = folder / (nameOf(inputs, context.seed) + ".json");
    if (const auto known = stored(file))
        return std::optional<BaselineScore>(*known);
    ESPALIER_TRY(const BaselineScore score, measure(inputs, context));
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (const auto kept = writeFileSafely(file, dumpJsonPretty(toJson(score))); !kept)
        context.warn("The baseline's score could not be kept and will be measured again: " + kept.error().message());
    return std::optional<BaselineScore>(score);
}

} // namespace espalier
