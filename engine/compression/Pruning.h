// SPDX-License-Identifier: GPL-3.0-or-later
// Pruning: score (Scorer.h), allocate (Allocation.h), pattern (Pattern.h), mask. Semantics as torch.nn.utils.prune's: magnitude is its
// l1_unstructured and global_unstructured, random its random_unstructured, rows and columns its ln_structured; the amount is
// round(sparsity x weights) of the least important. Masks are values beside the weights; nothing here trains.
#pragma once

#include "engine/reports/CompressionReport.h"
#include "engine/training/Checkpoint.h"

#include <map>
#include <memory>
#include <optional>

namespace espalier {

struct PruneOptions {
    std::string method = "layerwise"; ///< "layerwise": the same share of every tensor; "global": one ranking over all tensors in scope
    double sparsity = 0.5;            ///< 0 to 1, share of the weights in scope that become zero
    /// "own": embeddings lose the same share, ranked among themselves; "none": they stay dense; "pooled": ranked with the rest
    /// (with "global" this empties convolutions first, see DESIGN 6, and is warned about).
    std::string embeddings = "own";
    std::string score = "magnitude"; ///< of scorerCatalog()
    std::string pattern = "free";    ///< of patternCatalog()
    std::uint64_t seed = 1;          ///< of the score "random", and of the sentences drawn for calibration
    /// In place of the sparsity, a number of elements (or of groups, where the pattern has larger ones): torch's integer amount. With
    /// "layerwise" of each tensor, with "global" of all.
    std::optional<std::size_t> count{};
    /// Sparsity and count are of what is not pruned yet, as when torch prunes the same tensor again (PruningContainer).
    bool ofRemaining = false;
    std::map<std::string, double> layerSparsities{}; ///< layers with a sparsity of their own, ranked by themselves, embeddings or not
    std::vector<std::string> exclude{};              ///< layers that are not pruned
    bool allowEmptied = false;                       ///< whether a layer may lose its last weight
    std::size_t calibrationExamples = 0;             ///< sentences for scores that ask data; 0: the whole training part
    std::size_t fisherBlock = 48;                    ///< of the score "obert": weights in a block of second derivatives
    std::size_t fisherGradients = 1024;              ///< of the same: how many gradients the sentences make
    double fisherDamping = 1e-7;                     ///< of the same: added to the diagonal
    std::shared_ptr<const Weights> measured{};       ///< what sentences showed: see measureWhereNeeded()

    bool operator==(const PruneOptions&) const = default;
};

struct PruneOutcome {
    Masks masks;
    std::vector<LayerSparsity> layers;
    std::vector<std::string> warnings; ///< a layer that keeps less than 1 % of its weights, or nothing; a pattern too coarse for the sparsity
};

/// Sparsity counts all weights in scope; what is pruned already stays pruned and counts too. Of equal scores the first go first.
/// Errors: unknown method, score, pattern or layer, sparsity or count out of range, nothing to prune, a tensor that the pattern does not
/// fit, a layer that would be emptied.
Result<PruneOutcome> computeMasks(const Checkpoint& checkpoint, const PruneOptions& options);
/// The same for weights without a checkpoint; @p tensors are those that may be pruned, @p existing the masks so far.
Result<PruneOutcome> computeMasks(const Weights& weights, const Masks& existing, const std::vector<PrunableTensor>& tensors,
                                  const PruneOptions& options);

/// Makes up for what @p masks prune of @p weights where the score knows how; what they prune is zero afterwards.
Result<void> pruneWeights(Weights& weights, const Masks& masks, const PruneOptions& options);

/// What @p options made of @p checkpoint, whose masks are theirs already: layers and warnings. @p before: the masks that there were first.
Result<PruneOutcome> describePruned(const Checkpoint& checkpoint, const Masks& before, const PruneOptions& options);

/// @p checkpoint with the masks set and applied to its weights, as pruneWeights(); history is kept, and calibrated ranges are not.
Result<Checkpoint> prune(const Checkpoint& checkpoint, const PruneOptions& options, PruneOutcome* outcome = nullptr);

/// What the slider shows while the hand moves: kept weights per layer and an estimated package size for 0 to 99.5 %.
/// @p precision is as Checkpoint::schemeFor() takes it. The steps stand in for options.sparsity and options.count, and are of all weights. @p sentences are
/// those that encodePackage() will get: they take room in the package, so sizes are too small by their self-tests when they are left out.
/// Kept counts are those of computeMasks(), of emptied layers too.
Result<SparsityProfile> sparsityProfile(const Checkpoint& checkpoint, const PruneOptions& options, const std::string& precision, RunContext& context,
                                        const std::vector<std::string>& sentences = {});

} // namespace espalier
