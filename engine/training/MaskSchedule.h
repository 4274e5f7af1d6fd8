// SPDX-License-Identifier: GPL-3.0-or-later
// MaskSchedule: masks that change while a model trains. The loop asks for new ones between steps, over the first epochs of a training; then they stay as
// they are, and the learning rate begins anew.
#pragma once

#include "engine/core/Fingerprint.h"
#include "engine/core/RunContext.h"
#include "engine/models/Weights.h"

namespace espalier {

/// When masks are asked for.
struct MaskMoment {
    double done; ///< share of the epochs over which masks change, 0 to 1
    const Weights& weights;
    const Masks& masks;
};

struct MaskUpdate {
    Masks masks;
    Weights weights = {}; ///< tensors whose values change with the masks; the others stay as they are
};

class MaskSchedule {
public:
    virtual ~MaskSchedule() = default;
    /// Over which masks change, from 1; fewer than the training has.
    [[nodiscard]] virtual int epochs() const = 0;
    /// How often masks are asked for in an epoch, at equal distances; at most once a step.
    [[nodiscard]] virtual int updatesPerEpoch() const = 0;
    /// Depends on nothing but the arguments, so that a resumed training goes the same way. @p memory is what the schedule keeps from one call to the next:
    /// the loop saves it with its state.
    [[nodiscard]] virtual Result<MaskUpdate> masksAt(const MaskMoment& now, Weights& memory, RunContext& context) const = 0;
    /// Tensors whose movement the loop is to gather in the memory (see MovementMeter.h).
    [[nodiscard]] virtual std::vector<std::string> watched() const { return {}; }
    /// The share of prunable weights that @p masks prune: 0 to 1.
    [[nodiscard]] virtual double sparsity(const Masks& masks) const = 0;
    /// All that decides what masksAt() returns.
    virtual void addTo(Fingerprint& fingerprint) const = 0;
};

/// Names in the memory: a tensor's movement so far, and the values that its pruned weights had when they fell (0 elsewhere).
inline std::string movementName(const std::string& tensor) { return "movement/" + tensor; }
inline std::string fallenName(const std::string& tensor) { return "fallen/" + tensor; }

} // namespace espalier
