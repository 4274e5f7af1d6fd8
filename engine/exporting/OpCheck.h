// SPDX-License-Identifier: GPL-3.0-or-later
// OpCheck: whether the edge runtime computes each op of a package as it should. Every op is repeated by the reference on the very
// inputs that the runtime gave it, over the checkpoint's weights as the package should hold them (rounded where it says so).
// Errors do not add up on the way, so the op that is named is the one that is wrong: it, or its tensors in the package.
#pragma once

#include "engine/edge/PackageReader.h"
#include "engine/edge/Session.h"
#include "engine/training/Checkpoint.h"

#include <optional>
#include <set>

namespace espalier {

struct DifferingOp {
    std::string description; ///< English: the op, its output and its tensors
    double difference = 0;   ///< largest, of an element of the output
};

class OpCheck {
public:
    /// Both must outlive the check. Errors are the edge runtime's.
    static Result<OpCheck> create(const Checkpoint& checkpoint, const edge::PackageReader& package);

    /// The first op that differs for @p sentence, or nothing. An element may differ by a thousandth of the output's largest; of a recurrent op with weights as codes also
    /// by a few elements of its state that were rounded to the code beside.
    Result<std::optional<DifferingOp>> firstDifference(const std::string& sentence);

private:
    OpCheck(const Checkpoint& checkpoint, const edge::PackageReader& package, edge::Session session)
        : m_checkpoint(&checkpoint), m_header(&package.header()), m_session(std::move(session))
    {
    }
    [[nodiscard]] double stateTolerance(const edge::Op& op) const;

    const Checkpoint* m_checkpoint;
    const edge::PackageHeader* m_header;
    edge::Session m_session;
    Weights m_weights;                             ///< as the package should hold them
    std::set<std::string> m_coded;                 ///< tensors stored as codes
};

} // namespace espalier
