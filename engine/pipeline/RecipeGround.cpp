// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/RecipeGround.h"

#include "engine/graph/ShrinkParameters.h"
#include "engine/pipeline/PruneSteps.h"
#include "engine/pipeline/RecipeTrial.h"

#include <algorithm>
#include <array>

namespace espalier {
namespace {

using Proposals = std::vector<std::vector<RecipeStep>>;

constexpr std::array unknownShares{0.01, 0.03}; ///< of the validation part's tokens, that a cut may cost

/// Cuts that leave few tokens unknown, without training: what is pruned afterwards trains anyway.
Result<Proposals> cutVocabularies(const CompressionLab& lab, const Budgets&, RunContext& context)
{
    Proposals proposals;
    const auto profile = lab.vocabulary(context);
    if (!profile && profile.error().code == ErrorCode::Cancelled)
        return profile.error();
    if (!profile || profile->curve.empty())
        return proposals; // a model whose tokens have no rows of their own
    const VocabularyPoint& whole = profile->curve.back();
    std::int64_t last = whole.tokens;
    for (const double share : unknownShares) {
        const auto fits = std::find_if(profile->curve.begin(), profile->curve.end(), [&](const VocabularyPoint& point) {
            return point.validation <= whole.validation + share;
        });
        if (fits->tokens < last)
            proposals.push_back({stepWith("vocabulary", {{"min_frequency", 1}, {"max_vocabulary", fits->tokens}, {"recovery", "none"}})});
        last = std::min(last, fits->tokens);
    }
    return proposals;
}

/// Half of everything that a layer computes with, where time or memory is short: pruned weights are neither.
Result<Proposals> shrinkLayers(const CompressionLab& lab, const Budgets& budgets, RunContext&)
{
    const bool limited = limits(budgets, &BudgetKind::runs);
    Parameters kept;
    for (const ParameterSpec& spec : keptParameters())
        if (spec.id != "layers" && spec.id != "recurrent_layers" && spec.id != "max_positions" && lab.model().parameters.contains(spec.id))
            kept[spec.id] = "50%";
    if (!limited || kept.empty())
        return Proposals();
    kept["recovery"] = "distill";
    return Proposals{{stepWith("shrink", kept)}};
}

} // namespace

const Catalog<RecipeGroundKind>& recipeGroundKinds()
{
    static const Catalog<RecipeGroundKind> kinds("ground", {
                                                               {"cut_vocabulary", false, cutVocabularies},
                                                               {"shrink", true, shrinkLayers},
                                                           });
    return kinds;
}

Result<RecipeGround> RecipeGround::open(Pipeline& pipeline, const std::string& node, std::vector<RecipeStep> steps, RunContext& context)
{
    auto opened = steps.empty() ? CompressionLab::open(pipeline, node, context) : runToLab(pipeline, node, steps, context);
    ESPALIER_TRY(CompressionLab lab, std::move(opened));
    CompressionRecords records(pipeline.folder(), lab.fingerprint(), lab.meter());
    return RecipeGround{std::move(steps), std::move(lab), std::move(records)};
}

bool RecipeGround::carries(const RecipeCandidate& candidate) const
{
    return candidate.steps.size() > steps.size() && std::equal(steps.begin(), steps.end(), candidate.steps.begin());
}

const RecipeStep* RecipeGround::pruningOf(const RecipeCandidate& candidate) const
{
    if (!carries(candidate) || candidate.steps.size() != steps.size() + 2)
        return nullptr;
    const RecipeStep& step = candidate.steps[steps.size()];
    return step.type == "prune" ? &step : nullptr;
}

} // namespace espalier
