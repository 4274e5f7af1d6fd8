// SPDX-License-Identifier: GPL-3.0-or-later
// RecipeGround: a checkpoint that the search for a recipe prunes: the one that was asked about, or what other nodes make of it first, such as one with a
// smaller vocabulary. One line a kind of such nodes in recipeGroundKinds().
#pragma once

#include "engine/core/RecipeStep.h"
#include "engine/pipeline/CompressionLab.h"
#include "engine/pipeline/CompressionRecords.h"
#include "engine/reports/RecipeReport.h"

namespace espalier {

struct RecipeGround {
    std::vector<RecipeStep> steps; ///< before the pruning; none: as it was asked about
    CompressionLab lab;
    CompressionRecords records;
    std::map<std::string, SparsityProfile> profiles = {}; ///< made once, by what they are of

    /// The checkpoint of @p node after @p steps, which run where their results are not up to date. Errors: as CompressionLab::open() and the nodes.
    static Result<RecipeGround> open(Pipeline& pipeline, const std::string& node, std::vector<RecipeStep> steps, RunContext& context);

    /// The Prune node of @p candidate, where that is all it does between this ground and the package; else none.
    [[nodiscard]] const RecipeStep* pruningOf(const RecipeCandidate& candidate) const;
    /// Whether @p candidate begins with the steps of this ground.
    [[nodiscard]] bool carries(const RecipeCandidate& candidate) const;
};

struct RecipeGroundKind {
    std::string id;
    bool trains = false;
    /// What may stand before the pruning of @p lab's checkpoint. None: nothing that would help with @p budgets.
    Result<std::vector<std::vector<RecipeStep>>> (*propose)(const CompressionLab& lab, const Budgets& budgets, RunContext& context) = nullptr;
};

/// Those that train last.
const Catalog<RecipeGroundKind>& recipeGroundKinds();

} // namespace espalier
