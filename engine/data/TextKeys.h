// SPDX-License-Identifier: GPL-3.0-or-later
// TextKeys: what makes two texts the same. Exact: their bytes. Normalised: what is left after NFKC, case folding and collapsing
// white space, so that "Turn it ON" and "turn  it on" are one. Hashes of 64 bits stand for keys.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace espalier {

/// 64 bits of a text; the same on every platform. Not for secrets.
std::uint64_t textHash(std::string_view text);

/// @p text in NFKC, case-folded, with single spaces between words and none at the ends.
std::string normalizedKey(std::string_view text);

} // namespace espalier
