// SPDX-License-Identifier: GPL-3.0-or-later
// Parameters that several nodes which train have in common.
#pragma once

#include "engine/core/ParameterSpec.h"

namespace espalier {

inline constexpr double rateUnderMasks = 3e-3; ///< learning rate where weights or rows are missing: the others must take over
inline constexpr double gentleRate = 1e-3;     ///< where what stays is trained already

std::vector<ParameterSpec> joined(std::vector<ParameterSpec> first, std::vector<ParameterSpec> second);

/// How the steps are taken.
std::vector<ParameterSpec> trainingParameters();

/// Those of Train that matter when a few epochs win accuracy back, with defaults for that. @p recoveries: those that train.
std::vector<ParameterSpec> tuningParameters(const std::vector<std::string>& recoveries, double learningRate);

ParameterSpec temperature();

/// What the model as it was before teaches. @p recoveries: those in which it does.
std::vector<ParameterSpec> teachingParameters(const std::vector<std::string>& recoveries);

/// How weights go while training, and what the model before pruning teaches.
std::vector<ParameterSpec> recoveryParameters();

/// The same, and how it trains, where parts go at once.
std::vector<ParameterSpec> recoveryAtOnce();

} // namespace espalier
