// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/preparation/Preparation.h"
#include "engine/pipeline/Adapters.h"

namespace espalier::adapters {
namespace {

/// Says how many rows a step took out; which ones and why stands in the result.
Result<Artefact> reported(const Dataset& before, Result<Dataset> made, RunContext& context)
{
    ESPALIER_TRY(Dataset after, std::move(made));
    const std::size_t taken = after.rejected.size() - before.rejected.size();
    if (taken > 0)
        context.info(std::to_string(taken) + " rows were taken out; the first: row " + std::to_string(after.rejected[before.rejected.size()].line) + " of " +
                     after.rejected[before.rejected.size()].file + ", " + after.rejected[before.rejected.size()].reason + ".");
    if (after.train.empty())
        return Error{ErrorCode::InvalidArgument, "No training row is left.", "Make this node less strict, or leave it out.", {}};
    return Artefact(std::move(after));
}

/// The first leak of each part that has any, for the log.
void warnAboutLeaks(const LeakReport& report, RunContext& context)
{
    for (const PartLeaks& part : report.parts) {
        if (part.normalized == 0)
            continue;
        const Leak& first = part.first.front();
        context.warn(std::to_string(part.normalized) + " of " + std::to_string(part.rows) + " " + part.part + " sentences stand in the training part; the first: row " +
                     std::to_string(first.row) + ", which is training row " + std::to_string(first.trainRow) + ".");
    }
    if (report.removed > 0)
        context.info(std::to_string(report.removed) + " training rows were taken out.");
}

} // namespace

Result<Artefact> runClean(const StageInputs& inputs, RunContext& context)
{
    const auto& dataset = inputs.input<Dataset>("dataset");
    const CleanOptions options{.unicodeForm = inputs.parameter<std::string>("unicode_form"),
                               .stripHtml = inputs.parameter<bool>("strip_html"),
                               .urls = inputs.parameter<std::string>("urls"),
                               .urlToken = inputs.parameter<std::string>("url_token"),
                               .controls = inputs.parameter<bool>("controls"),
                               .spaces = inputs.parameter<bool>("spaces"),
                               .shortest = inputs.parameter<std::int64_t>("shortest"),
                               .longest = inputs.parameter<std::int64_t>("longest")};
    return reported(dataset, cleanDataset(dataset, options, inputs.outputFolder.parent_path(), context), context);
}

Result<Artefact> runDeduplicate(const StageInputs& inputs, RunContext& context)
{
    const auto& dataset = inputs.input<Dataset>("dataset");
    const DeduplicateOptions options{.match = inputs.parameter<std::string>("match"), .scope = inputs.parameter<std::string>("scope")};
    return reported(dataset, deduplicate(dataset, options, context), context);
}

Result<Artefact> runFilter(const StageInputs& inputs, RunContext& context)
{
    const auto& dataset = inputs.input<Dataset>("dataset");
    const FilterOptions options{.keep = inputs.parameter<std::string>("keep"),
                                .drop = inputs.parameter<std::string>("drop"),
                                .merge = inputs.parameter<std::string>("merge"),
                                .leastExamples = inputs.parameter<std::int64_t>("least_examples")};
    return reported(dataset, filterLabels(dataset, options, context), context);
}

Result<Artefact> runCheck(const StageInputs& inputs, RunContext& context)
{
    auto checked = checkForLeaks(inputs.input<Splits>("splits"), {.remove = inputs.parameter<bool>("remove")}, context);
    if (!checked)
        return checked.error();
    if (checked->leaks)
        warnAboutLeaks(*checked->leaks, context);
    if (checked->train.empty())
        return Error{ErrorCode::InvalidArgument, "No training row is left: all of them stand in validation or test.", "Look at the data files, or leave the rows in.", {}};
    return Artefact(std::move(checked).value());
}

Result<Artefact> runBalance(const StageInputs& inputs, RunContext& context)
{
    const BalanceOptions options{.method = inputs.parameter<std::string>("method"),
                                 .target = inputs.parameter<std::int64_t>("target"),
                                 .seed = inputs.parameter<std::uint64_t>("seed")};
    ESPALIER_TRY(Splits splits, balance(inputs.input<Splits>("splits"), options, context));
    return Artefact(std::move(splits));
}

} // namespace espalier::adapters
