// SPDX-License-Identifier: GPL-3.0-or-later
// Gradual pruning (Zhu and Gupta, "To prune, or not to prune", 2017): while the model trains on, weights go little by little, many at first and few at the
// end, so that the others can take over. Which go is computeMasks()'s decision, from the weights as they are by then.
#pragma once

#include "engine/compression/Pruning.h"
#include "engine/training/MaskSchedule.h"

namespace espalier {

struct GradualOptions {
    PruneOptions target;      ///< with the sparsity at the end
    int epochs = 8;           ///< over which weights go, before those that train under the last masks
    int updatesPerEpoch = 10; ///< of the masks
};

/// The sparsity once the share @p done of the pruning is over: final + (initial - final)(1 - done)^3.
double cubicSparsity(double initial, double final, double done);

class GradualPruning final : public MaskSchedule {
public:
    /// From what @p start has pruned already. Errors: as computeMasks(); more pruned already than the target asks for; an option out of range. They
    /// name the option as the Prune node does.
    static Result<GradualPruning> create(const Checkpoint& start, const GradualOptions& options);

    [[nodiscard]] int epochs() const override { return m_options.epochs; }
    [[nodiscard]] int updatesPerEpoch() const override { return m_options.updatesPerEpoch; }
    [[nodiscard]] Result<Masks> masksAt(double done, const Weights& weights, const Masks& masks) const override;
    /// Of the tensors in scope: what the target's sparsity is about.
    [[nodiscard]] double sparsity(const Masks& masks) const override;
    void addTo(Fingerprint& fingerprint) const override;

private:
    GradualPruning() = default;

    GradualOptions m_options;
    std::vector<PrunableTensor> m_tensors;
    PruneOutcome m_atOnce; ///< what one-shot pruning of the start would give
    double m_initial = 0;
};

} // namespace espalier
