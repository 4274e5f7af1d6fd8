// SPDX-License-Identifier: Apache-2.0
// The package file (.espkg), version 4. All integers little-endian.
//
//   offset 0   8 bytes   magic "ESPKG\r\n\x1a"
//   offset 8   u32       format version
//   offset 12  u32       header length H in bytes
//   offset 16  H bytes   header: u32 W; W bytes, the tokenizer's vocabulary (WordList.h), none where it stands in the JSON; then packed text (PackedText.h): UTF-8 JSON
//                        (PackageHeader) as the front part, and behind it a second object with what an answer does not need: "self_tests", "provenance"
//   then       zeros to the next multiple of 64: the tensor area begins
//   then       tensors, each at its offset in the tensor area, 64-byte aligned
//
// Tensors carry a checksum each (Checksum.h), under which zeros stand up to the next multiple of 64.
//
// Version 3 has one packed text without a front part as its header, all in one object, and one SHA-256 of the whole tensor area instead of checksums. Version 2 is the same with its
// header as plain JSON, and without groups, "i4", "i4_rans" and ranges; version 1 knows no "i8_rans" either.
//
// A tensor is stored in canonical form, with no instruction set in it. Encodings (n elements, R rows = first dimension):
//   "f32"        n x float32
//   "f32_sparse" bitmask of ceil(n/8) bytes (bit i%8 of byte i/8: element i is kept), then the kept float32 values
//   "i8"         S scales, then n x int8 codes; value = scale * code
//   "i8_sparse"  S scales, bitmask of ceil(n/8) bytes, then the kept int8 codes
//   "i8_rans"    S scales and codes, entropy-coded: EntropyCoding.h
//   "i4"         S scales, then ceil(n/2) bytes, each two codes of 4 bits in two's complement, the first in the lower half
//   "i4_rans"    the same as "i8_rans" with codes from -7 to 7
// Without a "group" each row has a scale, so S = R. With one, each run of so many inputs (second dimension) of a row, with all that the
// further dimensions have of them, has its own; the last run of a row may be shorter. Scales are stored row by row, as float32; in "i4", and
// where there is a group, as the upper 16 bits of it.
// Codes are -127 to 127, or -7 to 7 in 4 bits (symmetric); scales and float values are finite, scales not negative; unused bits of a bitmask are zero;
// a tensor has 1 to 4 dimensions, each at least 1.
#pragma once

#include "engine/core/Json.h"
#include "engine/core/Task.h"
#include "engine/edge/Program.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace espalier::edge {

inline constexpr std::string_view packageMagic{"ESPKG\r\n\x1a", 8};
inline constexpr std::uint32_t packageVersion = 4; ///< what is written; all from 1 on are read
inline constexpr std::uint64_t packageAlignment = 64;
inline constexpr std::uint32_t packedHeaderVersion = 3; ///< the first whose header is packed
inline constexpr std::uint32_t partedHeaderVersion = 4; ///< the first whose header has parts, and whose tensors have checksums
inline constexpr std::uint32_t maxHeaderBytes = 64u << 20; ///< packed or not

struct TensorRecord {
    std::string name;
    std::vector<std::int64_t> shape;
    std::string encoding;     ///< "f32", "f32_sparse", "i8", "i8_sparse", "i8_rans", "i4", "i4_rans"
    std::uint64_t offset = 0; ///< in the tensor area
    std::uint64_t bytes = 0;
    std::uint64_t group = 0; ///< inputs that share a scale; 0: all of a row
    std::optional<std::uint32_t> check = {}; ///< of its bytes; absent before version 4
};

/// A sentence whose answer is known: made by the engine at export, repeated by the runtime on the device.
struct SelfTest {
    std::string text;
    std::string label;                ///< what the engine answers, as Session::answerText() writes it
    std::vector<float> probabilities; ///< the engine's, in label order; TokenTags: those of each word, one after the other
};

struct PackageHeader {
    Program program;
    std::vector<TensorRecord> tensors;
    Json tokenizer; ///< Tokenizer::toJson(); as read, without its vocabulary where that stands apart
    std::vector<std::string> labels; ///< classes, or tags
    Task task = Task::SingleLabel;
    double threshold = 0.5; ///< MultiLabel: from which probability on a label is given
    std::vector<SelfTest> selfTests;
    /// Largest difference of a probability that the self-test accepts, and the share of self-tests whose label must agree.
    double selfTestTolerance = 1e-4;
    double selfTestAgreement = 1.0;
    /// An answer whose probability is below it is out of scope; 0: none is.
    double rejectBelow = 0;
    std::string precision; ///< "fp32", or how it was quantised: "int8", "int4:32+int8"; for people to read
    std::string tensorSha256; ///< of the tensor area, before version 4; otherwise empty
    Json provenance;       ///< who made it, from what: version, checkpoint fingerprint, sparsity, accuracy
};

Json toJson(const PackageHeader& header);
Result<PackageHeader> packageHeaderFromJson(const Json& json);

/// Elements of a tensor of @p shape in @p encoding; InvalidFormat on overflow, a dimension below 1 or an unknown encoding.
Result<std::uint64_t> elementsOf(const std::vector<std::int64_t>& shape, std::string_view encoding);

/// How scales are spread over a quantised tensor.
struct ScaleGroups {
    std::uint64_t rows = 0;
    std::uint64_t perRow = 1;   ///< scales
    std::uint64_t elements = 0; ///< of a row, that share a scale
    std::uint64_t scaleBytes = 4; ///< of one, where it is not entropy-coded

    [[nodiscard]] std::uint64_t scales() const { return rows * perRow; }
};

/// Of a tensor of @p shape in @p encoding whose record has @p group. The same errors as elementsOf(), and one for a group where the tensor has no
/// scales or one dimension.
Result<ScaleGroups> scaleGroups(const std::vector<std::int64_t>& shape, std::string_view encoding, std::uint64_t group);

/// Bytes a tensor of @p shape takes in @p encoding with @p kept elements that are not zero. The same errors, and one for what is entropy-coded,
/// whose size depends on the codes.
Result<std::uint64_t> encodedBytes(const std::vector<std::int64_t>& shape, std::string_view encoding, std::uint64_t kept, std::uint64_t group = 0);

} // namespace espalier::edge
