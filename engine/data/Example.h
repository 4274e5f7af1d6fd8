// SPDX-License-Identifier: GPL-3.0-or-later
// Example: one labelled text, as every stage sees it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace espalier {

/// A stretch of a text, in bytes.
struct TextSpan {
    std::uint32_t begin = 0;
    std::uint32_t end = 0; ///< one past the last byte
    bool operator==(const TextSpan&) const = default;
};

struct Example {
    std::string text;                 ///< UTF-8
    std::vector<std::string> labels;  ///< by task: the one class; any number of classes; a BIO tag for each of @c words
    std::vector<TextSpan> words = {}; ///< TokenTags: the words of @c text that carry tags, in order and apart; else empty
    std::string group = {};           ///< rows of one group belong into one part: a speaker, a document; empty: none

    /// The class of a SingleLabel example.
    [[nodiscard]] const std::string& label() const { return labels.front(); }
    bool operator==(const Example&) const = default;
};

} // namespace espalier
