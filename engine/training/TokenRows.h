// SPDX-License-Identifier: GPL-3.0-or-later
// TokenRows: a checkpoint with its tokens in another order, or with fewer of them. The tokenizer, the rows of the table that turns ids into
// vectors and those of its mask go together; the model answers as before wherever a text has the same tokens.
#pragma once

#include "engine/training/Checkpoint.h"

#include <optional>
#include <span>

namespace espalier {

/// The tensor with a row for each token. Nothing where ids are more than the numbers of rows: hashed n-grams compute buckets from them.
std::optional<std::string> tokenTable(const ModelSpec& spec);

/// @p checkpoint with @p tokenizer, whose token i is the one that had the id @p ids[i]. It must have a tokenTable().
Checkpoint withTokens(const Checkpoint& checkpoint, std::span<const std::int32_t> ids, Tokenizer tokenizer);

} // namespace espalier
