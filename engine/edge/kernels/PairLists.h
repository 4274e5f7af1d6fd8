// SPDX-License-Identifier: Apache-2.0
// Pair lists: the kept codes of a sparse matrix for processors that add up two products of 16 bits at once. Each output has a list of its kept codes, two by two, with the
// inputs that they belong to, wherever these are: no place is wasted, whatever the mask. The kernels transpose the rows first, so that the same input of many rows lies side by
// side, which pays from some rows on.
#pragma once

#include "engine/edge/kernels/Rows.h"

namespace espalier::edge {

/// Inputs above this do not fit a pair.
inline constexpr std::size_t maxPairInputs = std::size_t{1} << 16;

struct CodePair {
    std::uint16_t inputs[2] = {};
    std::int16_t codes[2] = {};
};

/// What kernels see of pair lists.
struct PairView {
    const CodePair* pairs = nullptr;
    const std::uint32_t* starts = nullptr;
    const float* scales = nullptr;
    std::size_t outputs = 0;
    std::size_t inputs = 0;
};

struct PairLists {
    std::vector<CodePair> pairs;       ///< of one output behind the other; the last of an odd number has a code 0
    std::vector<std::uint32_t> starts; ///< of each output's list, and the end of the last
    std::vector<float> scales;         ///< one an output, zeros up to a whole number of pairListOutputs
    std::size_t outputs = 0;
    std::size_t inputs = 0;

    [[nodiscard]] PairView view() const { return {pairs.data(), starts.data(), scales.data(), outputs, inputs}; }
    [[nodiscard]] std::size_t bytes() const { return pairs.size() * sizeof(CodePair) + starts.size() * sizeof(std::uint32_t) + scales.size() * sizeof(float); }
};

/// Outputs whose sums kernels keep before they are written, row by row.
inline constexpr std::size_t pairListOutputs = 8;
/// Rows at once at most.
inline constexpr std::size_t pairListRows = 16;

/// @p matrix: at most maxPairInputs wide.
[[gnu::hot, gnu::noinline]] PairLists packPairLists(const CodeMatrix& matrix);

} // namespace espalier::edge
