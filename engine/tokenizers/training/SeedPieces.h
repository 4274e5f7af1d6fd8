// SPDX-License-Identifier: Apache-2.0
// The strings from which learning a unigram model begins. Private to the learners.
#pragma once

#include "engine/tokenizers/training/SubwordLearners.h"

namespace espalier {

struct SeedPiece {
    std::string text;
    std::int64_t count = 0;
    bool single = false; ///< one character: stays to the end, so that every text can be divided
};

/// Every character, and the strings of 2 to 16 characters seen at least twice inside a piece: at most @p most of those, the ones that cover
/// most text (count times length). Memory grows with the frequent strings only, as longer ones are built from shorter frequent ones.
Result<std::vector<SeedPiece>> seedPieces(const std::vector<CountedPiece>& pieces, std::size_t most, const RunContext& context);

} // namespace espalier
