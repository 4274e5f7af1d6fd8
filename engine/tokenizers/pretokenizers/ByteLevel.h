// SPDX-License-Identifier: Apache-2.0
// The alphabet of byte-level BPE (Radford et al. 2019): every byte has a visible letter, so that any text is made of 256 letters.
#pragma once

#include <cstdint>
#include <string>

namespace espalier {

/// The letter that stands for @p byte, 0 to 255.
std::int32_t letterOfByte(unsigned char byte);
/// The letter of the space, with which words begin.
inline constexpr std::int32_t letterOfSpace = 0x120;

} // namespace espalier
