// SPDX-License-Identifier: Apache-2.0
// The encoding "i8_rans" (PackageFormat.h): codes and scales, entropy-coded with static rANS (J. Duda, "Asymmetric numeral systems", 2013,
// arXiv:1311.2540) on 32-bit states with 16-bit words, several states interleaved over one run of words (F. Giesen, "Interleaved entropy
// coders", 2014, arXiv:1402.3392). Integers only, so that every machine decodes the same bytes. The encoder is in engine/exporting.
//
//   u8      form: 1 plain, 2 gaps
//   varint  base: the smallest scale that is not zero, as the upper 12 bits of a float32
//   table   of the scales; stream of 1 state and R symbols: 0 is the scale 0, s the scale with the upper 12 bits base + s - 1
//   u8      order of the codes: 1 by magnitude, 2 by sign (CodeOrder)
//   table   of the codes, symbol by symbol in that order
//   table   of the gaps (form gaps): 0 stands for 254 zeros, s for s - 1 zeros and then a code that is not zero
//   blocks  of the codes in row-major order, as many as rounds n / 65536 and at least one, of equal length but for the last
//
//   block, plain: a stream of 2 L states, a symbol a code; symbol i comes from state i mod 2 L
//   block, gaps:  varint T; where T > 0 a stream of 2 L states, T gaps, each but 0 followed by its code; gap i from state i mod L, its code
//                 from state L + i mod L; what follows the last code of a block is zero
//   L is 1 in a block of less than 4096 symbols or gaps, where 8 states would take more room than they save time, and else 4.
//   stream: varint W, the states (u32 each), W words (u16). A state gives a symbol, and takes in a word when it fell below 2^16. At the
//                 end all words are used and every state is 2^16 again, which shows most damage; the package's hash shows all.
//   table:  of symbols 0 to 254. u8 k, u8 B, varint F0, then B times varint F: symbol 0 has the frequency F0, each group of 2^k symbols above
//                 it F in all, shared evenly, the first ones getting the rest. All together make 4096. A group's F is 0, or no less than
//                 its symbols. Symbol 0 does not occur among the codes of form gaps.
//                 Where k is 8 or more the table is coarse: groups of 2^(k - 8), u8 B, then half a byte for F0 and each F, lower half first: a level.
//                 F is 0 for level 0, else its weight's share of 4096 (levelWeights), and no less than its symbols. What 4096 lacks, or is
//                 exceeded by, goes to or is taken from the first F of the highest level.
#pragma once

#include "engine/core/Result.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace espalier::edge {

class Workers;

namespace coding {

enum class Form : std::uint8_t { Plain = 1, Gaps = 2 };

/// Which codes stand for symbols 0 to 254: 0, -1, 1, -2, 2... where both signs are alike; 0, 1, ..., 127, -127, ..., -1 where they are not.
enum class CodeOrder : std::uint8_t { ByMagnitude = 1, BySign = 2 };

inline constexpr unsigned frequencyBits = 12;
inline constexpr std::uint32_t frequencyTotal = 1u << frequencyBits;
inline constexpr std::uint32_t lowestState = 1u << 16;
inline constexpr unsigned coarseTable = 8; ///< in a table's k
/// Each 2^(4/7) times the one before.
inline constexpr std::array<std::uint32_t, 16> levelWeights{0, 16, 24, 35, 53, 78, 116, 172, 256, 380, 565, 840, 1248, 1855, 2756, 4096};
inline constexpr std::size_t alphabet = 255; ///< symbols from 0 on, in every table
inline constexpr std::size_t fewLanes = 1;
inline constexpr std::size_t manyLanes = 4;
inline constexpr std::size_t longestGap = 254; ///< what gap symbol 0 stands for
inline constexpr unsigned scaleShift = 20; ///< a scale is a float32 whose lower 20 bits are zero

/// How many blocks @p count codes (at least 1) make, and the length of all but the last.
constexpr std::size_t blockCount(std::size_t count) { return count < 98304 ? 1 : (count + 32768) / 65536; }
constexpr std::size_t blockLength(std::size_t count) { return (count + blockCount(count) - 1) / blockCount(count); }

/// L of a block of @p symbols codes or gaps.
constexpr std::size_t lanesOf(std::size_t symbols) { return symbols < 4096 ? fewLanes : manyLanes; }

/// Whether @p bytes may hold @p count codes: a small hostile file must not take all memory.
constexpr bool plausible(std::size_t bytes, std::size_t count) { return count <= (std::size_t{1} << 20) + std::min(bytes, std::size_t{1} << 16) * 8192; }

constexpr std::int8_t codeOf(std::size_t symbol, CodeOrder order)
{
    if (order == CodeOrder::ByMagnitude)
        return static_cast<std::int8_t>(symbol % 2 == 0 ? symbol / 2 : -1 - static_cast<int>(symbol / 2));
    return static_cast<std::int8_t>(symbol < 128 ? static_cast<int>(symbol) : static_cast<int>(symbol) - 255);
}

} // namespace coding

/// Takes bytes that are not needed any more.
using ReleaseBytes = std::function<void(std::span<const std::byte>)>;

struct CodedTensor {
    std::vector<float> scales;
    std::vector<std::int8_t> codes;
};

struct RansTables;

/// What stands around a tensor's codes, and where these are: each block can be decoded alone. Errors are those of decodeEntropyCoded().
class CodedBlocks {
public:
    /// A block's bytes, and room for its codes: zeros.
    struct Piece {
        std::span<const std::byte> bytes;
        std::span<std::int8_t> codes;
    };

    static Result<CodedBlocks> read(std::span<const std::byte> bytes, std::size_t rows, std::size_t count);

    [[nodiscard]] std::size_t size() const { return m_places.size(); }
    /// Codes of each block but the last.
    [[nodiscard]] std::size_t length() const { return coding::blockLength(m_count); }
    [[nodiscard]] std::size_t offsetOf(std::size_t block) const { return m_places[block].at; } ///< in the tensor's bytes
    [[nodiscard]] std::size_t bytesOf(std::size_t block) const { return m_places[block].size; }
    /// Its part of all of the tensor's bytes, or codes.
    [[nodiscard]] std::span<const std::byte> bytesOf(std::size_t block, std::span<const std::byte> all) const { return all.subspan(m_places[block].at, m_places[block].size); }
    [[nodiscard]] std::span<std::int8_t> codesOf(std::size_t block, std::span<std::int8_t> all) const
    {
        return all.subspan(block * length(), std::min(length(), m_count - block * length()));
    }
    [[nodiscard]] std::vector<float> takeScales() { return std::move(m_scales); }
    /// At most four at once, which is fastest. Any thread may. What is damaged is left half done.
    [[nodiscard, gnu::hot, gnu::noinline]] Result<void> decode(std::span<const Piece> pieces) const;

private:
    struct Place {
        std::size_t at = 0;
        std::size_t size = 0;
    };

    coding::Form m_form = coding::Form::Plain;
    std::size_t m_count = 0;
    std::vector<float> m_scales;
    std::shared_ptr<const RansTables> m_tables;
    std::vector<Place> m_places;
};

/// Decodes @p bytes, which must hold exactly @p rows scales and @p count codes, count at most 2^28. Errors say what is wrong, as the end
/// of a sentence that begins with the tensor. @p workers, where there are any, share the blocks. @p release, where given, is told of the parts of @p bytes that are
/// decoded, from any of them.
Result<CodedTensor> decodeEntropyCoded(std::span<const std::byte> bytes, std::size_t rows, std::size_t count, Workers* workers = nullptr, const ReleaseBytes& release = {});

} // namespace espalier::edge
