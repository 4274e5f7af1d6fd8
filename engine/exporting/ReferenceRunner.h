// SPDX-License-Identifier: GPL-3.0-or-later
// ReferenceRunner: computes an op as engine/edge/Program.h describes it, in plain loops that share no code with the edge runtime, and round to 8 bits where it does.
// Slow; used to check the runtime's ops one by one at export.
#pragma once

#include "engine/edge/Program.h"
#include "engine/models/Weights.h"

#include <set>
#include <span>

namespace espalier {

struct ReferenceValue {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<float> values; ///< row-major
};

using ReferenceValues = std::map<std::string, ReferenceValue>;

/// What a program computes with. Both are referred to.
struct ReferenceTensors {
    ReferenceTensors(const Weights& all, const std::set<std::string>& asCodes) : weights(&all), coded(&asCodes) {}
    ReferenceTensors(const Weights& all) : weights(&all) {}

    const Weights* weights;
    const std::set<std::string>* coded = nullptr; ///< names of those stored as codes: what is multiplied by them is rounded to 8 bits
};

/// What a program reads.
struct ReferenceSentence {
    std::span<const std::int32_t> ids;
    std::span<const std::uint32_t> words = {}; ///< for tags: the token at which each word begins
};

/// The output of @p op for one sentence, over @p tensors and the @p values of its inputs. Errors: an op or activation that is not
/// known, a value or tensor that does not exist or does not fit.
Result<ReferenceValue> runReferenceOp(const edge::Op& op, const ReferenceTensors& tensors, const ReferenceValues& values, const ReferenceSentence& sentence);

/// The answer to one sentence: the output of @p program's last op. Errors as runReferenceOp()'s.
Result<ReferenceValue> runReference(const edge::Program& program, const ReferenceTensors& tensors, const ReferenceSentence& sentence);

} // namespace espalier
