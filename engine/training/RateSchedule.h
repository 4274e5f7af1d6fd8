// SPDX-License-Identifier: GPL-3.0-or-later
// RateSchedule: learning rate and momentum at each point of a training: linear warm-up, then constant, linear, cosine (Loshchilov and Hutter,
// "SGDR", 2017, without restarts) or one-cycle (Smith, "A disciplined approach to neural network hyper-parameters", 2018).
// It goes by the share of the work done and not by steps, since the number of batches depends on how sentences fall into them.
#pragma once

#include <string>

namespace espalier {

struct StepRates {
    double learningRate = 0;
    double momentum = 0.9; ///< AdamW's beta1, or SGD's momentum
};

struct RateSchedule {
    double peak = 0;
    std::string kind = "cosine"; ///< "constant", "linear", "cosine", "one_cycle"
    double warmUp = 0.05;        ///< share of the work over which the rate grows; for one_cycle from peak / 25, else from 0
    double momentum = 0.9;       ///< one_cycle moves it against the rate, from 0.95 to 0.85 and back

    /// @p done: share of all the training's work, 0 to 1.
    [[nodiscard]] StepRates at(double done) const;
};

} // namespace espalier
