// SPDX-License-Identifier: Apache-2.0
// Checksum: finds bytes that were damaged, at the speed of memory. It is no protection against somebody who changes them on purpose: a package's
// SHA-256, which the deployment compares, is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace espalier::edge {

/// XXH64 with seed 0 (Y. Collet, "xxHash fast digest algorithm", format specification 0.1.1).
std::uint64_t xxh64(std::span<const std::byte> bytes);

/// Its lower half, which is what a package holds.
inline std::uint32_t checksumOf(std::span<const std::byte> bytes) { return static_cast<std::uint32_t>(xxh64(bytes)); }

} // namespace espalier::edge
