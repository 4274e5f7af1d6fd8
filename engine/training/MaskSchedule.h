// SPDX-License-Identifier: GPL-3.0-or-later
// MaskSchedule: masks that change while a model trains. The loop asks for new ones between steps, over the first epochs of a training; then they stay as
// they are, and the learning rate begins anew.
#pragma once

#include "engine/core/Fingerprint.h"
#include "engine/models/Weights.h"

namespace espalier {

class MaskSchedule {
public:
    virtual ~MaskSchedule() = default;
    /// Over which masks change, from 1; fewer than the training has.
    [[nodiscard]] virtual int epochs() const = 0;
    /// How often masks are asked for in an epoch, at equal distances; at most once a step.
    [[nodiscard]] virtual int updatesPerEpoch() const = 0;
    /// The masks once the share @p done of those epochs is over, 0 to 1; depends on nothing but the arguments, so that a resumed training goes the same way.
    [[nodiscard]] virtual Result<Masks> masksAt(double done, const Weights& weights, const Masks& masks) const = 0;
    /// The share of prunable weights that @p masks prune: 0 to 1.
    [[nodiscard]] virtual double sparsity(const Masks& masks) const = 0;
    /// All that decides what masksAt() returns.
    virtual void addTo(Fingerprint& fingerprint) const = 0;
};

} // namespace espalier
