// SPDX-License-Identifier: GPL-3.0-or-later
// Shrinking: takes whole groups (engine/models/PrunableGroups.h) out of a checkpoint. What remains is a smaller dense model of the same architecture, which
// trains on and is pruned, distilled and packaged as any other. Every layer keeps as many groups of a kind; which ones is its own choice, by their scores.
#pragma once

#include "engine/training/Checkpoint.h"

#include <map>
#include <optional>

namespace espalier {

/// How many groups of a kind stay in each layer.
struct KeptAmount {
    double share = 1;                    ///< above 0 to 1, rounded to whole groups
    std::optional<std::int64_t> count{}; ///< in place of the share
};

/// By the model's parameter that counts the kind: "heads". Kinds that are not named stay whole.
using KeptAmounts = std::map<std::string, KeptAmount>;

/// The specification that remains of @p model. Errors name the parameter: a kind that the architecture does not have, more than there are, none left, a share out
/// of range; nothing that would go.
Result<ModelSpec> shrunkModel(const ModelSpec& model, const KeptAmounts& keep);

/// For the parameter of a kind: one score a group, for each of its sets.
using GroupScoreTable = std::map<std::string, std::vector<std::vector<double>>>;

/// @p checkpoint as a model of @p smaller, which shrunkModel() made of its own: the groups of the greatest scores stay, of equal ones the first, with the masks of
/// their weights. @p scores are those of scoreGroups(). Where positions go, the tokenizer cuts sentences at as many tokens. The history is kept.
Result<Checkpoint> shrink(const Checkpoint& checkpoint, const ModelSpec& smaller, const GroupScoreTable& scores);

} // namespace espalier
