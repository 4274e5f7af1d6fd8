// SPDX-License-Identifier: GPL-3.0-or-later
// WordListPacker: the counterpart of edge/WordList.h.
#pragma once

#include <optional>
#include <span>
#include <string>

namespace espalier {

/// @p texts, packed, in their order. Nothing where they are of a kind that this form is not made for: with nearly every value of a byte in them, or next to no difference
/// between them.
std::optional<std::string> packWords(std::span<const std::string> texts);

} // namespace espalier
