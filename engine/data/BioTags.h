// SPDX-License-Identifier: GPL-3.0-or-later
// BioTags: tags of words in BIO, BIOES (also called BILOU) or IOB1, as canonical BIO; and a sentence made from words and their tags.
#pragma once

#include "engine/data/formats/DataFormat.h"

#include <string>
#include <string_view>
#include <vector>

namespace espalier {

/// A tag taken apart. @c kind: 'B', 'I', 'E', 'S' (of BILOU, L is E and U is S), 'O', or 0 when it is none of these.
struct BioTag {
    char kind = 0;
    std::string_view type = {};
};
BioTag parseBioTag(std::string_view tag);

/// @p tags in BIO, where B- begins every entity (Ramshaw and Marcus 1995; conversion as conlleval reads them: I- begins an entity where none of
/// its type is open, and what E- or S- closed is not gone on with). Errors: the first tag that is none, named.
Result<std::vector<std::string>> canonicalBio(const std::vector<std::string_view>& tags);

/// "BIOES", "IOB1" (an entity begins with I-) or "BIO": how tags are written.
std::string tagScheme(const std::vector<std::vector<std::string_view>>& sentences);

/// Holds what a row of words refers to.
class TaggedSentence {
public:
    /// Sets text, words and labels of @p row: words are joined by spaces, but not where both sides are written without (Chinese, Japanese, Thai).
    /// Returns why the row cannot be used, or nothing.
    std::string set(const std::vector<std::string_view>& words, const std::vector<std::string_view>& tags, ReadRow& row);

private:
    std::string m_text;
    std::vector<std::string> m_tags;
};

} // namespace espalier
