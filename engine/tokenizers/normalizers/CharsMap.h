// SPDX-License-Identifier: Apache-2.0
// CharsMap: the table of a SentencePiece model's normaliser ("precompiled_charsmap"), a double-array trie (Aoe 1989, in the
// form of the Darts-clone library) from byte sequences to replacements. The table comes with a file and is not trusted.
#pragma once

#include "engine/core/Result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace espalier {

class CharsMap {
public:
    /// @p bytes: length of the trie in bytes (little-endian uint32), the trie, replacements each ended by a NUL.
    static Result<CharsMap> read(std::string_view bytes);

    /// What stands for the shortest prefix of @p text that the table knows (the reference looks no further), or nothing.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view text) const;

private:
    std::vector<std::uint32_t> m_units;
    std::string m_replacements;
};

/// The bytes that @p text spells in base64, or nothing when it does not.
std::optional<std::string> decodeBase64(std::string_view text);
std::string encodeBase64(std::string_view bytes);

} // namespace espalier
