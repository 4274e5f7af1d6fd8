// SPDX-License-Identifier: Apache-2.0
// SHA-256 (FIPS 180-4) of bytes, fields and files. Artefacts, packages and releases are named by it; a device
// computes the same digest with sha256sum.
#pragma once

#include "engine/core/Result.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace espalier {

class Sha256 {
public:
    void update(std::string_view bytes);
    /// 64 lower-case hexadecimal digits. The object must not be used afterwards.
    [[nodiscard]] std::string hexDigest();

private:
    void compress(const std::uint8_t* block);

    std::array<std::uint32_t, 8> m_state{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<std::uint8_t, 64> m_block{};
    std::size_t m_used = 0;
    std::uint64_t m_length = 0;
};

std::string sha256(std::string_view bytes);
Result<std::string> sha256OfFile(const std::filesystem::path& path);

/// Collects named parts into one fingerprint; a part's length is hashed with it, so that parts cannot run together.
class Fingerprint {
public:
    Fingerprint& add(std::string_view name, std::string_view value);
    [[nodiscard]] std::string hex();

private:
    Sha256 m_hash;
};

} // namespace espalier
