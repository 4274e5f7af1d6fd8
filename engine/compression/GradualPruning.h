// SPDX-License-Identifier: GPL-3.0-or-later
// Gradual pruning (Zhu and Gupta, "To prune, or not to prune", 2017): while the model trains on, weights go little by little, many at first and few at the
// end, so that the others can take over. Which go is computeMasks()'s decision, from the weights as they are by then.
//
// Movement scores (MovementMeter.h) are gathered by the training itself: there the masks are chosen anew each time, as in their paper, and a weight whose
// score has risen comes back with the value it fell with.
#pragma once

#include "engine/compression/Pruning.h"
#include "engine/training/MaskSchedule.h"

namespace espalier {

struct GradualOptions {
    PruneOptions target;      ///< with the sparsity at the end, and what its score measured at the start
    int epochs = 8;           ///< over which weights go, before those that train under the last masks
    int updatesPerEpoch = 10; ///< of the masks
    /// What the target's score asks of data for other weights, so that scores follow the training: called once an epoch, from the second on. Null: what was
    /// measured at the start holds.
    std::function<Result<std::shared_ptr<const Weights>>(const Weights&, const Masks&, RunContext&)> measure = {};
};

/// The sparsity once the share @p done of the pruning is over: final + (initial - final)(1 - done)^3.
double cubicSparsity(double initial, double final, double done);

/// Whether the score is gathered while training, so that it can only prune gradually. NotFound: no such score.
Result<bool> isGatheredInTraining(const std::string& score);

class GradualPruning final : public MaskSchedule {
public:
    /// From what @p start has pruned already. Errors: as computeMasks(); more pruned already than the target asks for; an option out of range. They
    /// name the option as the Prune node does. Of a score gathered in training it is not known before whether it empties a layer where layers are ranked
    /// together: that is masksAt()'s error.
    static Result<GradualPruning> create(const Checkpoint& start, const GradualOptions& options);

    [[nodiscard]] int epochs() const override { return m_options.epochs; }
    [[nodiscard]] int updatesPerEpoch() const override { return m_options.updatesPerEpoch; }
    [[nodiscard]] Result<MaskUpdate> masksAt(const MaskMoment& now, Weights& memory, RunContext& context) const override;
    [[nodiscard]] std::vector<std::string> watched() const override { return m_watched; }
    /// Of the tensors in scope: what the target's sparsity is about.
    [[nodiscard]] double sparsity(const Masks& masks) const override;
    void addTo(Fingerprint& fingerprint) const override;

private:
    GradualPruning() = default;
    [[nodiscard]] PruneOptions targetAt(double done) const;
    [[nodiscard]] Result<std::shared_ptr<const Weights>> measuredAt(const MaskMoment& now, Weights& memory, RunContext& context) const;
    [[nodiscard]] Result<MaskUpdate> movedMasks(PruneOptions options, const MaskMoment& now, Weights& memory) const;

    GradualOptions m_options;
    std::vector<PrunableTensor> m_tensors;
    PruneOutcome m_atOnce; ///< what one-shot pruning of the start would give; by magnitude where the score is gathered in training
    Masks m_before;        ///< what was pruned at the start and stays so
    std::vector<std::string> m_watched;
    double m_initial = 0;
};

} // namespace espalier
