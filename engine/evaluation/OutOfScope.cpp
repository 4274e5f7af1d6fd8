// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/OutOfScope.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace espalier {
namespace {

double shareBelow(const std::vector<double>& scores, double threshold)
{
    const auto below = std::count_if(scores.begin(), scores.end(), [&](double score) { return score < threshold; });
    return scores.empty() ? 0 : static_cast<double>(below) / static_cast<double>(scores.size());
}

/// Share of the in-scope sentences that are right and not rejected.
double acceptedAccuracy(const ScoredPart& part, double threshold)
{
    std::size_t kept = 0;
    for (std::size_t i = 0; i < part.inScope.size(); ++i)
        kept += part.right[i] && part.inScope[i] >= threshold ? 1 : 0;
    return part.inScope.empty() ? 0 : static_cast<double>(kept) / static_cast<double>(part.inScope.size());
}

std::vector<bool> rightAnswers(const LogitTable& table)
{
    std::vector<bool> right;
    for (std::size_t i = 0; i < table.truth.size(); ++i) {
        const auto row = table.row(i);
        right.push_back(std::max_element(row.begin(), row.end()) - row.begin() == table.truth[i]);
    }
    return right;
}

ScoredPart scoredPart(const std::string& score, const RejectionLogits& part, double temperature)
{
    const std::size_t classes = part.inScope.classes;
    return {confidenceScores(score, part.inScope.logits, classes, temperature), rightAnswers(part.inScope),
            confidenceScores(score, part.outOfScope, classes, temperature)};
}

/// Scores with whether they are out of scope, lowest first.
std::vector<std::pair<double, bool>> ranked(const ScoredPart& part)
{
    std::vector<std::pair<double, bool>> all;
    for (const double score : part.inScope)
        all.emplace_back(score, false);
    for (const double score : part.outOfScope)
        all.emplace_back(score, true);
    std::sort(all.begin(), all.end());
    return all;
}

/// Calls @p step with the counts of in-scope and out-of-scope sentences after each group of equal scores.
template <typename Step>
void overGroups(const ScoredPart& part, Step step)
{
    const auto all = ranked(part);
    double inScope = 0;
    double outOfScope = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        (all[i].second ? outOfScope : inScope) += 1;
        if (i + 1 == all.size() || all[i + 1].first != all[i].first)
            step(inScope, outOfScope);
    }
}

} // namespace

double chooseThreshold(const ScoredPart& validation, double allowedCost)
{
    std::vector<double> right;
    for (std::size_t i = 0; i < validation.inScope.size(); ++i)
        if (validation.right[i])
            right.push_back(validation.inScope[i]);
    // Every right answer below the threshold costs one; those above it but the (allowed + 1)-th lowest are kept.
    const auto allowed = static_cast<std::size_t>(std::floor(allowedCost * static_cast<double>(validation.inScope.size()) + 1e-9));
    if (right.empty())
        return std::numeric_limits<double>::lowest();
    const std::size_t place = std::min(allowed, right.size() - 1);
    std::nth_element(right.begin(), right.begin() + static_cast<std::ptrdiff_t>(place), right.end());
    return right[place];
}

double auroc(const ScoredPart& part)
{
    const double pairs = static_cast<double>(part.inScope.size()) * static_cast<double>(part.outOfScope.size());
    double area = 0;
    double lastIn = 0;
    double lastOut = 0;
    overGroups(part, [&](double inScope, double outOfScope) {
        area += (inScope - lastIn) * (outOfScope + lastOut) / 2;
        lastIn = inScope;
        lastOut = outOfScope;
    });
    return pairs > 0 ? area / pairs : 0;
}

std::vector<RocPoint> rocCurve(const ScoredPart& part, std::size_t points)
{
    const double inScope = static_cast<double>(std::max<std::size_t>(part.inScope.size(), 1));
    const double outOfScope = static_cast<double>(std::max<std::size_t>(part.outOfScope.size(), 1));
    std::vector<RocPoint> all{{0, 0}};
    overGroups(part, [&](double in, double out) { all.push_back({in / inScope, out / outOfScope}); });
    if (all.size() <= points)
        return all;
    std::vector<RocPoint> thinned;
    for (std::size_t i = 0; i < points; ++i)
        thinned.push_back(all[i * (all.size() - 1) / (points - 1)]);
    return thinned;
}

RejectionScore measureRejection(const std::string& score, const ScoredPart& validation, const ScoredPart& part, double allowedCost)
{
    RejectionScore measured;
    measured.score = score;
    measured.threshold = chooseThreshold(validation, allowedCost);
    measured.validationRecall = shareBelow(validation.outOfScope, measured.threshold);
    measured.recall = shareBelow(part.outOfScope, measured.threshold);
    measured.accuracyAfter = acceptedAccuracy(part, measured.threshold);
    measured.auroc = auroc(part);
    measured.roc = rocCurve(part);
    return measured;
}

std::vector<double> confidenceScores(const std::string& score, std::span<const float> logits, std::size_t classes, double temperature)
{
    std::vector<double> scores;
    for (std::size_t begin = 0; begin < logits.size(); begin += classes) {
        const auto row = logits.subspan(begin, classes);
        if (score == "energy")
            scores.push_back(logSumExp(row));
        else
            scores.push_back(std::exp(static_cast<double>(*std::max_element(row.begin(), row.end())) / temperature - logSumExp(row, 1 / temperature)));
    }
    return scores;
}

OutOfScopeReport measureOutOfScope(const RejectionLogits& validation, const RejectionLogits& part, double allowedCost, double temperature)
{
    OutOfScopeReport report;
    report.allowedCost = allowedCost;
    report.examples = static_cast<std::int64_t>(part.outOfScope.size() / part.inScope.classes);
    report.validationExamples = static_cast<std::int64_t>(validation.outOfScope.size() / part.inScope.classes);
    for (const std::string score : {"max_probability", "energy"}) {
        const ScoredPart scored = scoredPart(score, part, temperature);
        report.accuracyBefore = acceptedAccuracy(scored, std::numeric_limits<double>::lowest());
        report.scores.push_back(measureRejection(score, scoredPart(score, validation, temperature), scored, allowedCost));
    }
    const bool energy = report.scores[1].validationRecall > report.scores[0].validationRecall;
    report.chosen = report.scores[energy ? 1 : 0].score;
    return report;
}

} // namespace espalier
