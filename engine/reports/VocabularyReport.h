// SPDX-License-Identifier: GPL-3.0-or-later
// Which tokens of a vocabulary a corpus needs. A VocabularyProfile says for every size what a cut would do, before it is made; a VocabularyCut
// is one that was.
#pragma once

#include "engine/core/Json.h"

#include <cstdint>
#include <string>
#include <vector>

namespace espalier {

/// Shares of a part's tokens, 0 to 1, that are unknown or would be divided otherwise: with whole words both are the same.
struct VocabularyPoint {
    std::int64_t tokens = 0; ///< kept
    double train = 0;
    double validation = 0;
    bool operator==(const VocabularyPoint&) const = default;
};

struct TokenCount {
    std::string token;
    std::int64_t count = 0; ///< in the training part, or that of a token which needs it
    bool operator==(const TokenCount&) const = default;
};

struct VocabularyProfile {
    std::string kind;          ///< of the tokenizer
    std::int64_t tokens = 0;   ///< in all
    std::int64_t required = 0; ///< that no cut takes
    std::vector<VocabularyPoint> curve;  ///< by size, the whole vocabulary last
    std::vector<TokenCount> vanishing;   ///< the others in the order in which they go; at most shown
    static constexpr std::size_t shown = 100'000;
};

struct VocabularyCut {
    std::int64_t before = 0; ///< tokens
    std::int64_t after = 0;
    std::int64_t bytesBefore = 0; ///< of the int8 package, measured
    std::int64_t bytesAfter = 0;
    double unknownBefore = 0; ///< share of the validation part's tokens, measured with either tokenizer
    double unknownAfter = 0;
    VocabularyProfile profile = {}; ///< of the vocabulary before
};

Json toJson(const VocabularyProfile& profile);
Json toJson(const VocabularyCut& cut);
Result<VocabularyProfile> vocabularyProfileFromJson(const Json& json);
Result<VocabularyCut> vocabularyCutFromJson(const Json& json);

} // namespace espalier
