// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/Encodings.h"

#include "engine/edge/PackageFormat.h"
#include "engine/exporting/EntropyEncoder.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <span>

namespace espalier {

namespace {

static_assert(std::endian::native == std::endian::little, "packages are little-endian and values are written as they stand in memory");

template <typename T>
std::uint64_t countNonZero(const std::vector<T>& values)
{
    return static_cast<std::uint64_t>(values.size()) - static_cast<std::uint64_t>(std::count(values.begin(), values.end(), T{0}));
}

template <typename T>
void append(std::string& bytes, const T* values, std::size_t count)
{
    bytes.append(reinterpret_cast<const char*>(values), count * sizeof(T));
}

/// The bitmask of what is not zero, then just that.
template <typename T>
void appendSparse(std::string& bytes, const std::vector<T>& values)
{
    std::string mask((values.size() + 7) / 8, '\0');
    std::vector<T> kept;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] == T{0})
            continue;
        mask[i / 8] = static_cast<char>(static_cast<unsigned char>(mask[i / 8]) | 1u << i % 8);
        kept.push_back(values[i]);
    }
    bytes += mask;
    append(bytes, kept.data(), kept.size());
}

/// Scales as edge/PackageFormat.h has them: in 4 bytes, or the upper 2 of them.
void appendScales(std::string& bytes, const std::vector<float>& scales, bool whole)
{
    if (whole)
        return append(bytes, scales.data(), scales.size());
    std::vector<std::uint16_t> upper;
    for (const float scale : scales)
        upper.push_back(static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(scale) >> 16));
    append(bytes, upper.data(), upper.size());
}

void appendNibbles(std::string& bytes, const std::vector<std::int8_t>& codes)
{
    for (std::size_t i = 0; i < codes.size(); i += 2) {
        const int upper = i + 1 < codes.size() ? codes[i + 1] : 0;
        bytes.push_back(static_cast<char>((codes[i] & 0xf) | (upper & 0xf) << 4));
    }
}

std::string writeTensor(const Tensor& tensor, const QuantizedTensor& quantized, const EncodingChoice& choice)
{
    std::string bytes;
    bytes.reserve(choice.bytes);
    if (choice.encoding.starts_with("i"))
        appendScales(bytes, quantized.scales, choice.group == 0);
    if (choice.encoding == "f32")
        append(bytes, tensor.values.data(), tensor.values.size());
    else if (choice.encoding == "f32_sparse")
        appendSparse(bytes, tensor.values);
    else if (choice.encoding == "i4")
        appendNibbles(bytes, quantized.codes);
    else if (choice.encoding == "i8")
        append(bytes, quantized.codes.data(), quantized.codes.size());
    else
        appendSparse(bytes, quantized.codes);
    return bytes;
}

/// The encodings of a precision that do not depend on the codes' entropy; of equal sizes the earlier wins.
std::vector<std::string_view> plainEncodings(const Precision& precision, bool sparse)
{
    std::vector<std::string_view> names{"f32"};
    if (sparse)
        names.push_back("f32_sparse");
    if (precision.bits == 4)
        names.push_back("i4");
    if (precision.bits == 8)
        names.push_back("i8");
    if (precision.bits == 8 && sparse)
        names.push_back("i8_sparse");
    return names;
}

} // namespace

Result<void> checkTensor(const std::string& name, const Tensor& tensor)
{
    ESPALIER_TRY(const auto bytes, edge::encodedBytes(tensor.shape, "f32", 0));
    if (bytes != tensor.values.size() * sizeof(float))
        return Error{ErrorCode::InvalidArgument,
                     "Tensor '" + name + "' has " + std::to_string(tensor.values.size()) + " values, which its shape does not."};
    const auto bad = std::find_if_not(tensor.values.begin(), tensor.values.end(), [](float v) { return std::isfinite(v); });
    if (bad == tensor.values.end())
        return {};
    return Error{ErrorCode::InvalidArgument, "Value " + std::to_string(bad - tensor.values.begin()) + " of tensor '" + name + "' is not finite.",
                 "The training diverged: train again with a lower learning rate."};
}

Result<EncodingChoice> smallestEncoding(const std::vector<std::int64_t>& shape, const StoredCounts& counts, std::string_view precision, bool sparse)
{
    ESPALIER_TRY(Precision wanted, precisionFrom(precision));
    if (!quantizes(wanted, shape))
        wanted = {.bits = 32};
    EncodingChoice best;
    for (const std::string_view encoding : plainEncodings(wanted, sparse)) {
        const bool coded = encoding.starts_with("i");
        const auto group = static_cast<std::uint64_t>(coded ? wanted.group : 0);
        ESPALIER_TRY(const auto bytes, edge::encodedBytes(shape, encoding, coded ? counts.codes : counts.values, group));
        if (best.encoding.empty() || bytes < best.bytes)
            best = {std::string(encoding), bytes, group};
    }
    if (sparse && counts.entropyCoded && *counts.entropyCoded < best.bytes)
        best = {wanted.bits == 4 ? "i4_rans" : "i8_rans", *counts.entropyCoded, static_cast<std::uint64_t>(wanted.group)};
    return best;
}

Result<EncodedTensor> encodeTensor(const std::string& name, const Tensor& tensor, std::string_view precision, bool sparse)
{
    ESPALIER_TRY(const Precision wanted, precisionFrom(precision));
    ESPALIER_CHECK(checkTensor(name, tensor));
    EncodedTensor encoded;
    QuantizedTensor quantized;
    std::optional<std::string> coded;
    if (quantizes(wanted, tensor.shape)) {
        quantized = quantize(tensor, wanted);
        encoded.counts.codes = countNonZero(quantized.codes);
        coded = entropyCoded(quantized.scales, quantized.codes);
    }
    encoded.counts.values = countNonZero(tensor.values);
    if (coded)
        encoded.counts.entropyCoded = coded->size();
    ESPALIER_TRY(encoded.choice, smallestEncoding(tensor.shape, encoded.counts, precision, sparse));
    encoded.bytes = encoded.choice.encoding.ends_with("_rans") ? std::move(*coded) : writeTensor(tensor, quantized, encoded.choice);
    return encoded;
}

} // namespace espalier
