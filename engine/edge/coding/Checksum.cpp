// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/coding/Checksum.h"

#include <array>
#include <bit>
#include <cstring>

namespace espalier::edge {
namespace {

constexpr std::uint64_t prime1 = 0x9E3779B185EBCA87U;
constexpr std::uint64_t prime2 = 0xC2B2AE3D27D4EB4FU;
constexpr std::uint64_t prime3 = 0x165667B19E3779F9U;
constexpr std::uint64_t prime4 = 0x85EBCA77C2B2AE63U;
constexpr std::uint64_t prime5 = 0x27D4EB2F165667C5U;

template <typename T>
std::uint64_t load(const std::byte* at)
{
    T value;
    std::memcpy(&value, at, sizeof value);
    return value;
}

std::uint64_t rounded(std::uint64_t lane, std::uint64_t input) { return std::rotl(lane + input * prime2, 31) * prime1; }

std::uint64_t merged(std::uint64_t hash, std::uint64_t lane) { return (hash ^ rounded(0, lane)) * prime1 + prime4; }

/// Of the stripes of 32 bytes, which it takes off @p bytes; there is at least one.
std::uint64_t hashOfStripes(std::span<const std::byte>& bytes)
{
    std::array<std::uint64_t, 4> lanes{prime1 + prime2, prime2, 0, 0 - prime1};
    for (; bytes.size() >= 32; bytes = bytes.subspan(32))
        for (std::size_t i = 0; i < lanes.size(); ++i)
            lanes[i] = rounded(lanes[i], load<std::uint64_t>(bytes.data() + 8 * i));
    std::uint64_t hash = std::rotl(lanes[0], 1) + std::rotl(lanes[1], 7) + std::rotl(lanes[2], 12) + std::rotl(lanes[3], 18);
    for (const std::uint64_t lane : lanes)
        hash = merged(hash, lane);
    return hash;
}

} // namespace

std::uint64_t xxh64(std::span<const std::byte> bytes)
{
    const std::uint64_t length = bytes.size();
    std::uint64_t hash = (length >= 32 ? hashOfStripes(bytes) : prime5) + length;
    for (; bytes.size() >= 8; bytes = bytes.subspan(8))
        hash = std::rotl(hash ^ rounded(0, load<std::uint64_t>(bytes.data())), 27) * prime1 + prime4;
    if (bytes.size() >= 4) {
        hash = std::rotl(hash ^ load<std::uint32_t>(bytes.data()) * prime1, 23) * prime2 + prime3;
        bytes = bytes.subspan(4);
    }
    for (const std::byte byte : bytes)
        hash = std::rotl(hash ^ std::to_integer<std::uint64_t>(byte) * prime5, 11) * prime1;
    hash = (hash ^ hash >> 33) * prime2;
    hash = (hash ^ hash >> 29) * prime3;
    return hash ^ hash >> 32;
}

} // namespace espalier::edge
