// SPDX-License-Identifier: GPL-3.0-or-later
// TextPacker: the counterpart of edge/PackedText.h.
#pragma once

#include <string>
#include <string_view>

namespace espalier {

/// @p text, of less than 2^32 bytes, packed; as it is where a code would not be smaller. @p front: bytes of its front part.
std::string packText(std::string_view text, std::size_t front);

} // namespace espalier
