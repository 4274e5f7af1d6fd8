// SPDX-License-Identifier: GPL-3.0-or-later
// RecipeMove: a kind of step that the search for a recipe may take. A move looks at what was tried and proposes what to try next; the search
// runs it and says what came of it. One line a move in RecipeMoveCatalog.cpp, the cheapest first: a further node that makes checkpoints smaller joins there.
#pragma once

#include "engine/pipeline/RecipeGround.h"

namespace espalier {

struct RecipeProposal {
    std::vector<RecipeStep> steps;   ///< between the ground and the package
    std::int64_t predictedBytes = 0; ///< where it need not be run to know that it is too large; 0: run it
};

/// What a move sees. Not for two threads at once.
struct RecipeState {
    const RecipeReport& report;
    RecipeGround* ground; ///< what is pruned now
    const RecipeGround* first; ///< the checkpoint that is to become small, as it is
    int trainingsLeft = 0; ///< candidates with a node that trains, at most
    RunContext& context;

    [[nodiscard]] std::optional<double> budget(const char* kind) const;
    /// Whether something that pruning makes less is limited.
    [[nodiscard]] bool sizeLimited() const;
};

struct RecipeMove {
    std::string id;
    bool trains = false;
    /// To be tried in this order; asked again once they were. Empty: nothing more. What was tried already is not tried again.
    Result<std::vector<RecipeProposal>> (*propose)(RecipeState&) = nullptr;
};

const Catalog<RecipeMove>& recipeMoves();

namespace moves {

Result<std::vector<RecipeProposal>> pruneOneShot(RecipeState& state);
Result<std::vector<RecipeProposal>> pruneAndRecover(RecipeState& state);

} // namespace moves
} // namespace espalier
