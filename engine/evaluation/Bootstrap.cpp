// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/Bootstrap.h"

#include "engine/core/Random.h"

#include <algorithm>

namespace espalier {
namespace {

/// What macro-F1 needs of a class.
struct ClassCounts {
    std::int64_t hits = 0;
    std::int64_t mentioned = 0; ///< times it was the truth and times it was predicted
};

double macroF1(const std::vector<ClassCounts>& classes)
{
    double sum = 0;
    int seen = 0;
    for (const ClassCounts& c : classes)
        if (c.mentioned > 0) {
            sum += 2 * static_cast<double>(c.hits) / static_cast<double>(c.mentioned);
            ++seen;
        }
    return seen > 0 ? sum / seen : 0;
}

/// Between the sorted values where the quantile falls, linearly (as numpy.percentile does).
double quantile(const std::vector<double>& sorted, double share)
{
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

Interval percentiles(std::vector<double> values, double level)
{
    std::sort(values.begin(), values.end());
    return {quantile(values, (1 - level) / 2), quantile(values, (1 + level) / 2)};
}

} // namespace

Result<Interval> bootstrapShare(const std::vector<HitCount>& sentences, const BootstrapOptions& options, const RunContext& context)
{
    Random random(options.seed);
    std::vector<double> shares;
    for (int resample = 0; resample < options.resamples; ++resample) {
        if (context.cancelled())
            return cancelledError();
        HitCount all{0, 0};
        for (std::size_t i = 0; i < sentences.size(); ++i) {
            const HitCount& drawn = sentences[random.below(sentences.size())];
            all = {all.hits + drawn.hits, all.of + drawn.of};
        }
        shares.push_back(all.of > 0 ? static_cast<double>(all.hits) / static_cast<double>(all.of) : 0);
    }
    return percentiles(std::move(shares), options.level);
}

Result<BootstrapIntervals> bootstrapIntervals(const std::vector<std::int64_t>& truth, const std::vector<std::int64_t>& predicted, std::int64_t classes,
                                              const BootstrapOptions& options, const RunContext& context)
{
    Random random(options.seed);
    std::vector<double> accuracies;
    std::vector<double> macros;
    std::vector<ClassCounts> counts(static_cast<std::size_t>(classes));
    for (int resample = 0; resample < options.resamples; ++resample) {
        if (context.cancelled())
            return cancelledError();
        std::fill(counts.begin(), counts.end(), ClassCounts{});
        std::int64_t hits = 0;
        for (std::size_t i = 0; i < truth.size(); ++i) {
            const std::size_t drawn = random.below(truth.size());
            ClassCounts& actual = counts[static_cast<std::size_t>(truth[drawn])];
            const bool right = truth[drawn] == predicted[drawn];
            ++actual.mentioned;
            ++counts[static_cast<std::size_t>(predicted[drawn])].mentioned;
            actual.hits += right ? 1 : 0;
            hits += right ? 1 : 0;
        }
        accuracies.push_back(static_cast<double>(hits) / static_cast<double>(truth.size()));
        macros.push_back(macroF1(counts));
    }
    return BootstrapIntervals{options.level, options.resamples, percentiles(std::move(accuracies), options.level), percentiles(std::move(macros), options.level)};
}

} // namespace espalier
