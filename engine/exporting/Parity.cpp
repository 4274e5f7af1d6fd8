// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/PackageWriter.h"

#include "engine/exporting/Answers.h"
#include "engine/exporting/DifferingOp.h"
#include "engine/exporting/SelfTests.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace espalier {

namespace {

constexpr double int8Share = 0.98;
constexpr float sureMargin = 0.3f;

/// Both sides' answers, compared sentence by sentence.
struct Comparison {
    ParityReport report;
    std::optional<std::size_t> firstDifferent; ///< sentence whose labels differ
    std::optional<std::size_t> firstWrong;     ///< sentence that breaks the rule by itself
};

double largestDifference(std::span<const float> a, std::span<const float> b)
{
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double difference = std::fabs(static_cast<double>(a[i]) - static_cast<double>(b[i]));
        largest = std::max(largest, std::isfinite(difference) ? difference : 1.0);
    }
    return largest;
}

Comparison compareAnswers(const Answers& engine, const Answers& edge, bool int8)
{
    Comparison result;
    result.report.sentences = static_cast<std::int64_t>(engine.sentences());
    for (std::size_t i = 0; i < engine.sentences(); ++i) {
        const bool same = engine.label(i) == edge.label(i);
        const double difference = largestDifference(engine.of(i), edge.of(i));
        result.report.labelsEqual += same;
        result.report.maxAbsDifference = std::max(result.report.maxAbsDifference, difference);
        if (!same && !result.firstDifferent)
            result.firstDifferent = i;
        const bool wrong = int8 ? !same && engine.margin(i) > sureMargin : !same || difference > fp32Tolerance;
        if (wrong && !result.firstWrong)
            result.firstWrong = i;
    }
    return result;
}

/// The sentence to blame, if the rule is broken.
std::optional<std::size_t> firstOffender(const Comparison& comparison, bool int8)
{
    if (comparison.firstWrong || !int8)
        return comparison.firstWrong;
    const std::int64_t different = comparison.report.sentences - comparison.report.labelsEqual;
    const auto allowed = static_cast<std::int64_t>((1 - int8Share) * static_cast<double>(comparison.report.sentences));
    // One that the engine itself was unsure of says nothing about a handful of sentences.
    return different > std::max<std::int64_t>(allowed, 1) ? comparison.firstDifferent : std::nullopt;
}

std::string answerText(const std::string& label, float probability)
{
    char text[32];
    std::snprintf(text, sizeof text, " (%.4f)", static_cast<double>(probability));
    return "'" + label + "'" + text;
}

/// What an op that differs, or the lack of one, means.
Error explain(std::string detail, const Result<std::optional<DifferingOp>>& found, bool int8)
{
    if (!found)
        return {ErrorCode::ParityMismatch, detail + " The op that differs could not be found: " + found.error().message(), {}, {}};
    if (*found) {
        char size[48];
        std::snprintf(size, sizeof size, ", by %.4g.", (*found)->difference);
        return {ErrorCode::ParityMismatch, detail + " The first op that differs is " + (*found)->description + size,
                "The package does not hold this checkpoint, or the runtime is wrong: export again, and report it if it stays.", {}};
    }
    if (int8)
        return {ErrorCode::ParityMismatch, detail + " Every op computes what it should: the weights lose too much in 8 bits.",
                "Export in fp32, or train longer.", {}};
    return {ErrorCode::ParityMismatch, detail + " Every op computes what it should: the model's program is not what the model computes.",
            "This is a fault of Espalier: please report it.", {}};
}

Error mismatch(const Checkpoint& checkpoint, const edge::PackageReader& package, const std::string& sentence, const std::string& answers)
{
    const std::string detail = "The edge runtime does not answer as the engine does: to '" + sentence + "' " + answers;
    return explain(detail, findDifferingOp(checkpoint, package, sentence), package.header().precision == "int8");
}

} // namespace

Result<ParityReport> checkParity(const Checkpoint& checkpoint, const std::string& packageBytes, const std::vector<std::string>& sentences,
                                 RunContext& context)
{
    ESPALIER_TRY(const auto package, edge::PackageReader::fromBytes(packageBytes));
    if (package.header().labels != checkpoint.labels.labels())
        return Error{ErrorCode::ParityMismatch, "The package's labels are not the checkpoint's.", "Export the checkpoint again."};
    ESPALIER_TRY(const Answers engine, engineAnswers(checkpoint, sentences, context));
    ESPALIER_TRY(const Answers edge, edgeAnswers(packageBytes, sentences, context));
    const bool int8 = package.header().precision == "int8";
    const Comparison comparison = compareAnswers(engine, edge, int8);
    const auto offender = firstOffender(comparison, int8);
    if (!offender)
        return comparison.report;
    const auto& labels = checkpoint.labels.labels();
    const std::size_t ours = engine.label(*offender);
    const std::size_t theirs = edge.label(*offender);
    return mismatch(checkpoint, package, sentences[*offender],
                    "the engine says " + answerText(labels[ours], engine.of(*offender)[ours]) + ", the runtime " +
                        answerText(labels[theirs], edge.of(*offender)[theirs]) + "; " + std::to_string(comparison.report.labelsEqual) + " of " +
                        std::to_string(comparison.report.sentences) + " labels agree.");
}

} // namespace espalier
