// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/Random.h"
#include "engine/data/Dataset.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_set>

namespace espalier {
namespace {

using Rows = std::vector<std::size_t>;

/// Shares @p total rows out over classes in proportion to @p sizes (largest remainder; ties go to the class that comes first), where class c
/// can give at most @p available[c].
Rows shareOut(std::size_t total, const Rows& sizes, const Rows& available)
{
    const std::size_t all = std::accumulate(sizes.begin(), sizes.end(), std::size_t{0});
    Rows shares(sizes.size());
    std::vector<double> remainders(sizes.size());
    std::size_t given = 0;
    for (std::size_t c = 0; c < sizes.size(); ++c) {
        const double exact = static_cast<double>(total) * static_cast<double>(sizes[c]) / static_cast<double>(all);
        shares[c] = std::min(static_cast<std::size_t>(exact), available[c]);
        remainders[c] = exact - static_cast<double>(shares[c]);
        given += shares[c];
    }
    Rows order(sizes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
    for (const std::size_t c : order)
        if (given < total && shares[c] < available[c]) {
            ++shares[c];
            ++given;
        }
    return shares;
}

std::size_t wanted(double fraction, std::size_t rows)
{
    return fraction <= 0 ? 0 : std::max<std::size_t>(1, static_cast<std::size_t>(std::llround(fraction * static_cast<double>(rows))));
}

/// Every row's part: 0 train, 1 validation, 2 test.
std::vector<int> cut(const std::vector<Example>& rows, double validationFraction, double testFraction, std::uint64_t seed)
{
    std::vector<std::string> names;
    for (const auto& row : rows)
        names.push_back(row.label());
    const LabelMap labels(std::move(names));
    std::vector<Rows> classes(static_cast<std::size_t>(labels.size()));
    for (std::size_t i = 0; i < rows.size(); ++i)
        classes[static_cast<std::size_t>(labels.indexOf(rows[i].label()))].push_back(i);
    Rows sizes;
    Rows available;
    for (const Rows& members : classes) {
        sizes.push_back(members.size());
        available.push_back(members.size() - 1); // one row stays in train
    }
    const Rows test = shareOut(wanted(testFraction, rows.size()), sizes, available);
    for (std::size_t c = 0; c < sizes.size(); ++c)
        available[c] -= test[c];
    const Rows validation = shareOut(wanted(validationFraction, rows.size()), sizes, available);
    std::vector<int> parts(rows.size(), 0);
    Random random(seed);
    for (std::size_t c = 0; c < classes.size(); ++c) {
        random.shuffle(classes[c]);
        for (std::size_t i = 0; i < test[c] + validation[c]; ++i)
            parts[classes[c][i]] = i < test[c] ? 2 : 1;
    }
    return parts;
}

std::vector<Example> takePart(const std::vector<Example>& rows, const std::vector<int>& parts, int part)
{
    std::vector<Example> taken;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (parts[i] == part)
            taken.push_back(rows[i]);
    return taken;
}

Result<void> checkOptions(const SplitOptions& options)
{
    if (options.method != "given" && options.method != "stratified")
        return Error{ErrorCode::InvalidArgument, "There is no way to split called '" + options.method + "'.", "Choose one of: given, stratified.", {}};
    for (const double fraction : {options.validationFraction, options.testFraction})
        if (!(fraction >= 0 && fraction < 1))
            return Error{ErrorCode::InvalidArgument, "A part's fraction must be at least 0 and below 1.", {}, {}};
    if (options.validationFraction + options.testFraction >= 1)
        return Error{ErrorCode::InvalidArgument, "The fractions of validation and test leave nothing to train on.", "Make them smaller than 1 together.", {}};
    return {};
}

/// Moves rows whose label train does not have from @p part to @p rejected.
void rejectUnknownLabels(std::vector<Example>& part, const std::string& name, Splits& splits)
{
    std::vector<Example> kept;
    for (std::size_t i = 0; i < part.size(); ++i) {
        if (splits.labels.indexOf(part[i].label()) >= 0)
            kept.push_back(std::move(part[i]));
        else
            splits.rejected.push_back({name, static_cast<std::int64_t>(i) + 1,
                                       "the label '" + part[i].label() + "' does not occur in the training rows (row " + std::to_string(i + 1) +
                                           " of the usable " + name + " rows)"});
    }
    part = std::move(kept);
}

/// Sentences that stand in both parts make the score too good; that is the user's to judge.
void warnAboutLeaks(const Splits& splits, RunContext& context)
{
    std::unordered_set<std::string_view> known;
    for (const auto& example : splits.train)
        known.insert(example.text);
    for (const auto& [name, part] : {std::pair{"validation", &splits.validation}, std::pair{"test", &splits.test}}) {
        const auto shared = std::count_if(part->begin(), part->end(), [&](const Example& e) { return known.contains(e.text); });
        if (shared > 0)
            context.warn(std::to_string(shared) + " of " + std::to_string(part->size()) + " " + name +
                         " sentences also stand among the training rows; scores on them are too good.");
    }
}

void cutFrom(const std::vector<Example>& rows, double validationFraction, double testFraction, std::uint64_t seed, Splits& splits)
{
    const auto parts = cut(rows, validationFraction, testFraction, seed);
    splits.train = takePart(rows, parts, 0);
    if (validationFraction > 0)
        splits.validation = takePart(rows, parts, 1);
    if (testFraction > 0)
        splits.test = takePart(rows, parts, 2);
}

} // namespace

Result<Splits> splitDataset(const Dataset& dataset, const SplitOptions& options, RunContext& context)
{
    ESPALIER_CHECK(checkOptions(options));
    Splits splits{.labels = {}, .train = {}, .validation = dataset.validation, .test = dataset.test, .rejected = dataset.rejected,
                  .task = dataset.task};
    if (options.method == "stratified") {
        std::vector<Example> all = dataset.train;
        all.insert(all.end(), dataset.validation.begin(), dataset.validation.end());
        all.insert(all.end(), dataset.test.begin(), dataset.test.end());
        splits.validation.clear();
        splits.test.clear();
        cutFrom(all, options.validationFraction, options.testFraction, options.seed, splits);
    } else {
        cutFrom(dataset.train, dataset.validation.empty() ? options.validationFraction : 0, dataset.test.empty() ? options.testFraction : 0,
                options.seed, splits);
    }
    std::vector<std::string> names;
    for (const auto& example : splits.train)
        names.push_back(example.label());
    splits.labels = LabelMap(std::move(names));
    if (splits.labels.size() < 2)
        return Error{ErrorCode::InvalidArgument, "The training rows hold " + std::to_string(splits.labels.size()) + " class(es); at least two are needed.",
                     "Check which column is the label.", {}};
    const std::size_t before = splits.rejected.size();
    rejectUnknownLabels(splits.validation, "validation", splits);
    rejectUnknownLabels(splits.test, "test", splits);
    if (splits.rejected.size() > before)
        context.warn(std::to_string(splits.rejected.size() - before) + " rows of validation and test have a label that the training rows lack; the first: " +
                     splits.rejected[before].reason + ".");
    warnAboutLeaks(splits, context);
    return splits;
}

} // namespace espalier
