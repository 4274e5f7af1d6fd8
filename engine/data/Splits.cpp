// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/Splits.h"

#include "engine/data/SplitCut.h"
#include "engine/data/TextKeys.h"

#include <algorithm>

namespace espalier {
namespace {

Result<void> checkOptions(const SplitOptions& options)
{
    if (options.method != "given" && options.method != "stratified" && options.method != "grouped")
        return Error{ErrorCode::InvalidArgument, "There is no way to split called '" + options.method + "'.", "Choose one of: given, stratified, grouped.", {}};
    for (const double fraction : {options.validationFraction, options.testFraction})
        if (!(fraction >= 0 && fraction < 1))
            return Error{ErrorCode::InvalidArgument, "A part's fraction must be at least 0 and below 1.", {}, {}};
    if (options.validationFraction + options.testFraction >= 1)
        return Error{ErrorCode::InvalidArgument, "The fractions of validation and test leave nothing to train on.", "Make them smaller than 1 together.", {}};
    return {};
}

ExampleTable takePart(const ExampleTable& rows, const std::vector<Part>& parts, Part part)
{
    return rows.select([&](std::size_t position) { return parts[position] == part; });
}

Result<void> cutFrom(const ExampleTable& rows, const SplitOptions& method, const CutOptions& options, Splits& splits)
{
    std::vector<Part> parts;
    if (method.method == "grouped") {
        ESPALIER_TRY(parts, cutByGroup(rows, options));
    } else {
        parts = cutByClass(rows, splits.task, options);
    }
    splits.train = takePart(rows, parts, Part::Train);
    if (options.validationFraction > 0)
        splits.validation = takePart(rows, parts, Part::Validation);
    if (options.testFraction > 0)
        splits.test = takePart(rows, parts, Part::Test);
    return {};
}

/// Which labels occur in @p rows, by position among its labelNames().
std::vector<bool> labelsIn(const ExampleTable& rows)
{
    std::vector<bool> seen(rows.labelNames().size());
    auto reader = rows.reader();
    while (const RowView* row = reader.next())
        for (const std::uint32_t label : row->labels)
            seen[label] = true;
    return seen;
}

LabelMap labelMapOf(const ExampleTable& train, Task task)
{
    const std::vector<bool> seen = labelsIn(train);
    std::vector<std::string> names;
    for (std::size_t i = 0; i < seen.size(); ++i)
        if (seen[i])
            names.push_back(train.labelNames()[i]);
    if (task == Task::TokenTags) {
        std::vector<std::string> tags{"O"};
        for (const std::string& name : names)
            if (name != "O")
                for (const char* prefix : {"B-", "I-"})
                    tags.push_back(prefix + name.substr(2));
        names = std::move(tags);
    }
    return LabelMap(std::move(names));
}

Result<void> checkLabels(const Splits& splits)
{
    if (splits.task == Task::TokenTags && splits.labels.size() < 3)
        return Error{ErrorCode::InvalidArgument, "The training rows hold no entity: every word is tagged O.", "Check which column holds the tags.", {}};
    if (splits.task == Task::SingleLabel && splits.labels.size() < 2)
        return Error{ErrorCode::InvalidArgument, "The training rows hold " + std::to_string(splits.labels.size()) + " class(es); at least two are needed.",
                     "Check which column is the label.", {}};
    if (splits.labels.size() < 1)
        return Error{ErrorCode::InvalidArgument, "The training rows carry no label at all.", "Check which column holds the labels.", {}};
    return {};
}

/// Moves rows with a label that train does not have from @p part to the rejected ones.
void rejectUnknownLabels(ExampleTable& part, const std::string& name, Splits& splits)
{
    std::vector<bool> known;
    for (const std::string& label : part.labelNames())
        known.push_back(splits.labels.indexOf(label) >= 0);
    if (std::find(known.begin(), known.end(), false) == known.end())
        return;
    std::vector<bool> kept(part.size(), true);
    auto reader = part.reader();
    while (const RowView* row = reader.next())
        for (const std::uint32_t label : row->labels)
            if (!known[label] && kept[reader.position()]) {
                kept[reader.position()] = false;
                const std::string number = std::to_string(reader.position() + 1);
                splits.rejected.push_back({name, static_cast<std::int64_t>(reader.position()) + 1,
                                           "the label '" + part.labelNames()[label] + "' does not occur in the training rows (row " + number + " of the usable " +
                                               name + " rows)"});
            }
    part = part.select([&](std::size_t position) { return kept[position]; });
}

std::vector<std::uint64_t> textHashes(const ExampleTable& rows)
{
    std::vector<std::uint64_t> hashes;
    auto reader = rows.reader();
    while (const RowView* row = reader.next())
        hashes.push_back(textHash(row->text));
    return hashes;
}

/// Texts that stand in both parts make the score too good; that is the user's to judge.
void warnAboutLeaks(const Splits& splits, RunContext& context)
{
    for (const auto& [name, part] : {std::pair{"validation", &splits.validation}, std::pair{"test", &splits.test}}) {
        std::vector<std::uint64_t> hashes = textHashes(*part);
        std::sort(hashes.begin(), hashes.end());
        std::vector<bool> shared(hashes.size());
        auto reader = splits.train.reader();
        while (const RowView* row = reader.next()) {
            const auto [begin, end] = std::equal_range(hashes.begin(), hashes.end(), textHash(row->text));
            for (auto it = begin; it != end && !shared[static_cast<std::size_t>(it - hashes.begin())]; ++it)
                shared[static_cast<std::size_t>(it - hashes.begin())] = true;
        }
        if (const auto count = std::count(shared.begin(), shared.end(), true); count > 0)
            context.warn(std::to_string(count) + " of " + std::to_string(part->size()) + " " + name +
                         " sentences also stand among the training rows; scores on them are too good.");
    }
}

Result<void> divide(const Dataset& dataset, const SplitOptions& options, Splits& splits)
{
    CutOptions cut{options.validationFraction, options.testFraction, options.seed};
    if (options.method != "given") {
        ESPALIER_TRY(const ExampleTable all, ExampleTable::joined({dataset.train, dataset.validation, dataset.test}, {}));
        splits.validation = splits.test = {};
        return cutFrom(all, options, cut, splits);
    }
    cut.validationFraction = dataset.validation.empty() ? cut.validationFraction : 0;
    cut.testFraction = dataset.test.empty() ? cut.testFraction : 0;
    return cutFrom(dataset.train, options, cut, splits);
}

} // namespace

Result<Splits> splitDataset(const Dataset& dataset, const SplitOptions& options, RunContext& context)
{
    ESPALIER_CHECK(checkOptions(options));
    Splits splits{.labels = {}, .train = {}, .validation = dataset.validation, .test = dataset.test, .rejected = dataset.rejected, .task = dataset.task};
    ESPALIER_CHECK(divide(dataset, options, splits));
    splits.labels = labelMapOf(splits.train, splits.task);
    ESPALIER_CHECK(checkLabels(splits));
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
