// SPDX-License-Identifier: Apache-2.0
// The Unicode forms NFC, NFD, NFKC and NFKD of a TrackedText, with the order of changes that the reference reports, so that a
// character which was composed, taken apart or moved keeps its place in the original.
#pragma once

#include "engine/tokenizers/text/TrackedText.h"

#include <vector>

namespace espalier::unicode {

enum class Form { Nfc, Nfd, Nfkc, Nfkd };

/// A character of a form in the making.
struct FormUnit {
    std::int32_t codePoint = 0;
    int change = 0; ///< as in Rewrite::put
    int combiningClass = 0;
};

/// Adds the form of @p text to @p to. @p units is scratch.
void appendForm(const TrackedText& text, Form form, std::vector<FormUnit>& units, TrackedText& to);

} // namespace espalier::unicode
