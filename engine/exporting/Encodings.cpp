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

std::size_t rowsOf(const Tensor& tensor)
{
    return tensor.shape.empty() ? 0 : static_cast<std::size_t>(tensor.shape.front());
}

std::size_t columnsOf(const Tensor& tensor)
{
    return rowsOf(tensor) == 0 ? 0 : tensor.values.size() / rowsOf(tensor);
}

std::span<const float> rowOf(const Tensor& tensor, std::size_t row)
{
    return std::span(tensor.values).subspan(row * columnsOf(tensor), columnsOf(tensor));
}

template <typename T>
std::uint64_t countNonZero(const std::vector<T>& values)
{
    return static_cast<std::uint64_t>(values.size()) - static_cast<std::uint64_t>(std::count(values.begin(), values.end(), T{0}));
}

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

float rowScaleOf(const Tensor& tensor, std::size_t row)
{
    float largest = 0;
    for (const float value : rowOf(tensor, row))
        largest = std::max(largest, std::fabs(value));
    return rowScale(largest);
}

std::string writeTensor(const Tensor& tensor, const QuantizedTensor& quantized, const EncodingChoice& choice)
{
    std::string bytes;
    bytes.reserve(choice.bytes);
    if (choice.encoding.starts_with("i8"))
        append(bytes, quantized.scales.data(), quantized.scales.size());
    if (choice.encoding == "f32")
        append(bytes, tensor.values.data(), tensor.values.size());
    else if (choice.encoding == "f32_sparse")
        appendSparse(bytes, tensor.values);
    else if (choice.encoding == "i8")
        append(bytes, quantized.codes.data(), quantized.codes.size());
    else
        appendSparse(bytes, quantized.codes);
    return bytes;
}

} // namespace

std::int8_t rowCode(float value, float scale)
{
    if (scale == 0)
        return 0;
    const float code = std::nearbyint(value / scale);
    return static_cast<std::int8_t>(std::clamp(code, -127.0f, 127.0f));
}

float rowScale(float largest)
{
    constexpr std::uint32_t below = (1u << edge::coding::scaleShift) - 1;
    return std::bit_cast<float>((std::bit_cast<std::uint32_t>(largest / 127.0f) + below) & ~below);
}

Result<QuantizedTensor> quantizeRows(const std::string& name, const Tensor& tensor)
{
    ESPALIER_CHECK(checkTensor(name, tensor));
    QuantizedTensor quantized;
    quantized.codes.reserve(tensor.values.size());
    for (std::size_t row = 0; row < rowsOf(tensor); ++row) {
        const float scale = quantized.scales.emplace_back(rowScaleOf(tensor, row));
        for (const float value : rowOf(tensor, row))
            quantized.codes.push_back(rowCode(value, scale));
    }
    return quantized;
}

Tensor dequantize(const QuantizedTensor& quantized, const std::vector<std::int64_t>& shape)
{
    Tensor tensor{shape, std::vector<float>(quantized.codes.size())};
    const std::size_t columns = columnsOf(tensor);
    for (std::size_t i = 0; i < tensor.values.size(); ++i)
        tensor.values[i] = quantized.scales[i / columns] * static_cast<float>(quantized.codes[i]);
    return tensor;
}

Result<EncodingChoice> smallestEncoding(const std::vector<std::int64_t>& shape, const StoredCounts& counts, std::string_view precision, bool sparse)
{
    if (precision != "fp32" && precision != "int8")
        return Error{ErrorCode::InvalidArgument, "There is no precision '" + std::string(precision) + "'.", "Use fp32 or int8."};
    EncodingChoice best;
    for (const std::string_view encoding : {"f32", "f32_sparse", "i8", "i8_sparse"}) { // the earlier wins where sizes are equal
        const bool coded = encoding.starts_with("i8");
        if ((encoding.ends_with("sparse") && !sparse) || (coded && (precision != "int8" || shape.size() < 2)))
            continue;
        ESPALIER_TRY(const auto bytes, edge::encodedBytes(shape, encoding, coded ? counts.codes : counts.values));
        if (best.encoding.empty() || bytes < best.bytes)
            best = {std::string(encoding), bytes};
    }
    if (sparse && precision == "int8" && counts.entropyCoded && *counts.entropyCoded < best.bytes)
        best = {"i8_rans", *counts.entropyCoded};
    return best;
}

Result<EncodedTensor> encodeTensor(const std::string& name, const Tensor& tensor, std::string_view precision, bool sparse)
{
    EncodedTensor encoded;
    QuantizedTensor quantized;
    std::optional<std::string> coded;
    if (precision == "int8" && tensor.shape.size() > 1) {
        ESPALIER_TRY(quantized, quantizeRows(name, tensor));
        encoded.counts.codes = countNonZero(quantized.codes);
        coded = entropyCoded(quantized.scales, quantized.codes);
    } else {
        ESPALIER_CHECK(checkTensor(name, tensor));
    }
    encoded.counts.values = countNonZero(tensor.values);
    if (coded)
        encoded.counts.entropyCoded = coded->size();
    ESPALIER_TRY(encoded.choice, smallestEncoding(tensor.shape, encoded.counts, precision, sparse));
    encoded.bytes = encoded.choice.encoding == "i8_rans" ? std::move(*coded) : writeTensor(tensor, quantized, encoded.choice);
    return encoded;
}

} // namespace espalier
