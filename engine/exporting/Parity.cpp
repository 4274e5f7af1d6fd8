// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/PackageWriter.h"

#include "engine/exporting/Answers.h"
#include "engine/exporting/OpCheck.h"
#include "engine/exporting/PackageOrder.h"
#include "engine/exporting/PackagedWeights.h"
#include "engine/exporting/SelfTests.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace espalier {

namespace {

constexpr double quantizedShare = 0.98;
constexpr double quantizedTagShare = 0.9; ///< of sentences all of whose words have the same tag
constexpr float sureMargin = 0.3f;
constexpr std::size_t opCheckSentences = 8;

/// Both sides' answers, compared sentence by sentence.
struct Comparison {
    ParityReport report;
    std::optional<std::size_t> firstDifferent; ///< sentence whose labels differ
    std::optional<std::size_t> firstWrong;     ///< sentence that breaks the rule by itself
};

double largestDifference(std::span<const float> a, std::span<const float> b)
{
    if (a.size() != b.size()) // another number of words
        return 1;
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double difference = std::fabs(static_cast<double>(a[i]) - static_cast<double>(b[i]));
        largest = std::max(largest, std::isfinite(difference) ? difference : 1.0);
    }
    return largest;
}

Comparison compareAnswers(const Answers& engine, const Answers& edge, bool quantized)
{
    Comparison result;
    result.report.sentences = static_cast<std::int64_t>(engine.sentences());
    for (std::size_t i = 0; i < engine.sentences(); ++i) {
        const bool same = engine.decision(i) == edge.decision(i);
        const double difference = largestDifference(engine.of(i), edge.of(i));
        result.report.labelsEqual += same;
        result.report.maxAbsDifference = std::max(result.report.maxAbsDifference, difference);
        if (!same && !result.firstDifferent)
            result.firstDifferent = i;
        const bool wrong = quantized ? !same && engine.margin(i) > sureMargin : !same || difference > fp32Tolerance;
        if (wrong && !result.firstWrong)
            result.firstWrong = i;
    }
    return result;
}

/// The sentence to blame, if the rule is broken.
std::optional<std::size_t> firstOffender(const Comparison& comparison, bool quantized, Task task)
{
    if (comparison.firstWrong || !quantized)
        return comparison.firstWrong;
    const std::int64_t different = comparison.report.sentences - comparison.report.labelsEqual;
    const auto allowed = static_cast<std::int64_t>((1 - (task == Task::TokenTags ? quantizedTagShare : quantizedShare)) * static_cast<double>(comparison.report.sentences));
    // One that the engine itself was unsure of says nothing about a handful of sentences.
    return different > std::max<std::int64_t>(allowed, 1) ? comparison.firstDifferent : std::nullopt;
}

std::string answerText(const Answers& answers, std::size_t sentence, const std::vector<std::string>& labels)
{
    const auto rows = answers.of(sentence);
    char text[32] = "";
    if (answers.task == Task::SingleLabel)
        std::snprintf(text, sizeof text, " (%.4f)", static_cast<double>(*std::max_element(rows.begin(), rows.end())));
    return "'" + answers.text(sentence, labels) + "'" + text;
}

/// What is said of one sentence that does not fit.
struct Offence {
    std::size_t sentence = 0;
    std::optional<DifferingOp> op;
};

Error mismatch(std::string detail, const std::optional<DifferingOp>& op, bool quantized)
{
    if (op) {
        char size[48];
        std::snprintf(size, sizeof size, ", by %.4g.", op->difference);
        return {ErrorCode::ParityMismatch, detail + " The first op that differs is " + op->description + size,
                "The package does not hold this checkpoint, or the runtime is wrong: export again, and report it if it stays.", {}};
    }
    if (quantized)
        return {ErrorCode::ParityMismatch, detail + " Every op computes what it should: the weights lose too much in so few bits.",
                "Export in fp32 or with more bits, or train longer.", {}};
    return {ErrorCode::ParityMismatch, detail + " Every op computes what it should: the model's program is not what the model computes.",
            "This is a fault of Espalier: please report it.", {}};
}

/// The first of a few sentences, spread over all, for which an op differs.
Result<std::optional<Offence>> checkOps(OpCheck& check, const std::vector<std::string>& sentences, const RunContext& context)
{
    const std::size_t count = std::min(opCheckSentences, sentences.size());
    for (std::size_t i = 0; i < count; ++i) {
        if (context.cancelled())
            return cancelledError();
        const std::size_t sentence = i * sentences.size() / count;
        ESPALIER_TRY(const auto op, check.firstDifference(sentences[sentence]));
        if (op)
            return std::optional(Offence{sentence, op});
    }
    return std::optional<Offence>();
}

Result<std::optional<Offence>> findOffence(const Checkpoint& checkpoint, const edge::PackageReader& package, const Comparison& comparison,
                                           const std::vector<std::string>& sentences, const RunContext& context)
{
    const Checkpoint ordered = inPackageOrder(checkpoint);
    ESPALIER_TRY(OpCheck check, OpCheck::create(ordered, package));
    const auto offender = firstOffender(comparison, package.header().precision != "fp32", package.header().task);
    if (!offender)
        return checkOps(check, sentences, context);
    ESPALIER_TRY(const auto op, check.firstDifference(sentences[*offender]));
    return std::optional(Offence{*offender, op});
}

/// Says how many answers rounding to 4 bits changed, where that is many.
void warnOfRounding(const Answers& before, const Answers& after, RunContext& context)
{
    std::size_t changed = 0;
    for (std::size_t i = 0; i < before.sentences(); ++i)
        changed += before.decision(i) != after.decision(i);
    if (static_cast<double>(changed) > (1 - quantizedShare) * static_cast<double>(before.sentences()))
        context.warn("Rounding the weights changes the answers to " + std::to_string(changed) + " of " + std::to_string(before.sentences()) +
                     " sentences. Smaller groups, or 8 bits, change fewer.");
}

/// What the engine says; with 4-bit tensors, of the weights as they are in the package.
Result<Answers> referenceAnswers(const Checkpoint& checkpoint, const edge::PackageHeader& header, const std::vector<std::string>& sentences, RunContext& context)
{
    ESPALIER_TRY(Answers answers, engineAnswers(checkpoint, sentences, context));
    if (std::none_of(header.tensors.begin(), header.tensors.end(), [](const auto& record) { return precisionOf(record).bits == 4; }))
        return answers;
    Checkpoint packaged = checkpoint;
    packaged.weights = packagedWeights(checkpoint.weights, header);
    ESPALIER_TRY(Answers rounded, engineAnswers(packaged, sentences, context));
    warnOfRounding(answers, rounded, context);
    return rounded;
}

} // namespace

Result<ParityReport> checkParity(const Checkpoint& checkpoint, const std::string& packageBytes, const std::vector<std::string>& sentences,
                                 RunContext& context)
{
    ESPALIER_TRY(const auto package, edge::PackageReader::fromBytes(packageBytes));
    if (package.header().labels != checkpoint.labels.labels())
        return Error{ErrorCode::ParityMismatch, "The package's labels are not the checkpoint's.", "Export the checkpoint again."};
    ESPALIER_TRY(const Answers engine, referenceAnswers(checkpoint, package.header(), sentences, context));
    ESPALIER_TRY(const Answers edge, edgeAnswers(packageBytes, sentences, context));
    const bool quantized = package.header().precision != "fp32";
    const Comparison comparison = compareAnswers(engine, edge, quantized);
    ESPALIER_TRY(const auto offence, findOffence(checkpoint, package, comparison, sentences, context));
    if (!offence)
        return comparison.report;
    const auto& labels = checkpoint.labels.labels();
    return mismatch("The edge runtime does not compute what the engine does: to '" + sentences[offence->sentence] + "' the engine says " +
                        answerText(engine, offence->sentence, labels) + ", the runtime " +
                        answerText(edge, offence->sentence, labels) + "; " + std::to_string(comparison.report.labelsEqual) + " of " +
                        std::to_string(comparison.report.sentences) + " labels agree.",
                    offence->op, quantized);
}

} // namespace espalier
