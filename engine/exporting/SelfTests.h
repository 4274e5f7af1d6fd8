// SPDX-License-Identifier: GPL-3.0-or-later
// SelfTests: the sentences a package carries with their answers, so that a device can tell whether it computes what it
// should. An fp32 package holds the engine's answers. A quantised package holds what the edge runtime answers from that very
// package on the desktop: it differs from the engine by the rounding of the weights, which the parity check judges at export, while
// the device must repeat it closely. So the tolerance is tight for both.
#pragma once

#include "engine/edge/PackageFormat.h"
#include "engine/exporting/Answers.h"

namespace espalier {

/// Largest difference of a probability between two machines that compute the same package: by precision, since quantised layers
/// round what flows between them, and a sum that ends beside a rounding border may fall to either side of it.
inline constexpr double fp32Tolerance = 1e-4;
inline constexpr double quantizedTolerance = 5e-3;
/// Probabilities stored in all, at most; they would outweigh a small model with many classes otherwise.
inline constexpr std::size_t maxSelfTestProbabilities = 2048;

/// At most @p count different sentences, spread evenly over @p sentences; fewer, but at least four, where classes are many.
std::vector<std::string> chooseSelfTests(const std::vector<std::string>& sentences, int count, std::size_t classes);

/// Stores @p sentences with @p answers, and sets the tolerance and the share of labels that must agree: all but those
/// whose two best answers are within twice the tolerance, which is too close to call.
void setSelfTests(edge::PackageHeader& header, const std::vector<std::string>& sentences, const Answers& answers);

} // namespace espalier
