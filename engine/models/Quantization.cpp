// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/Quantization.h"

#include "engine/edge/coding/EntropyCoding.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <numeric>

namespace espalier {

namespace {

constexpr std::uint32_t lowerBits = (1u << edge::coding::scaleShift) - 1;

float roundedUp(float scale)
{
    return std::bit_cast<float>((std::bit_cast<std::uint32_t>(scale) + lowerBits) & ~lowerBits);
}

float roundedToNearest(float scale)
{
    return std::bit_cast<float>((std::bit_cast<std::uint32_t>(scale) + (lowerBits + 1) / 2) & ~lowerBits);
}

Error unknownPrecision(std::string_view text)
{
    return {ErrorCode::InvalidArgument, "There is no precision '" + std::string(text) + "'.",
            "Use fp32, int8, int8_groups or int4; with a size of groups from " + std::to_string(smallestGroup) + " on as int4:64.", {}};
}

/// The size behind the colon.
Result<std::int64_t> groupFrom(std::string_view text)
{
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos)
        return usualGroup;
    std::int64_t group = 0;
    const char* end = text.data() + text.size();
    const auto [next, status] = std::from_chars(text.data() + colon + 1, end, group);
    if (status != std::errc{} || next != end || group < smallestGroup)
        return unknownPrecision(text);
    return group;
}

/// To the nearest whole number, halves to even; |value| is below 2^22. Adding 1.5 * 2^23 leaves no binary digits behind the point.
inline float rounded(float value)
{
    constexpr float rounder = 12582912.0F;
    return (value + rounder) - rounder;
}

float largestOf(const float* values, std::size_t count)
{
    float largest = 0;
    for (std::size_t i = 0; i < count; ++i)
        largest = std::max(largest, std::fabs(values[i]));
    return largest;
}

} // namespace

Result<Precision> precisionFrom(std::string_view text)
{
    const std::string_view name = text.substr(0, text.find(':'));
    if (text == "fp32")
        return Precision{.bits = 32};
    if (text == "int8")
        return Precision{};
    if (name != "int8_groups" && name != "int4")
        return unknownPrecision(text);
    ESPALIER_TRY(const std::int64_t group, groupFrom(text));
    return Precision{name == "int4" ? 4 : 8, group};
}

std::string textOf(const Precision& precision)
{
    if (precision.bits == 32)
        return "fp32";
    if (precision.group == 0)
        return "int8";
    return (precision.bits == 4 ? "int4:" : "int8_groups:") + std::to_string(precision.group);
}

float scaleFor(float largest, const Precision& precision)
{
    if (precision.bits == 4)
        return roundedToNearest(largest / precision.top());
    // The largest may round down to a code that would have got the scale below: it gets that one at once.
    const float scale = roundedUp(largest / precision.top());
    return scale == 0 ? 0 : roundedUp(rounded(largest / scale) * scale / precision.top());
}

std::int8_t codeFor(float value, float scale, const Precision& precision)
{
    return scale == 0 ? std::int8_t{0} : static_cast<std::int8_t>(std::clamp(rounded(value / scale), -precision.top(), precision.top()));
}

bool quantizes(const Precision& precision, const std::vector<std::int64_t>& shape)
{
    return precision.bits != 32 && shape.size() > 1;
}

ScaleLayout layoutOf(const std::vector<std::int64_t>& shape, const Precision& precision)
{
    const auto columns = std::accumulate(shape.begin() + 1, shape.end(), std::int64_t{1}, std::multiplies<>());
    const std::int64_t group = precision.group == 0 ? shape[1] : std::min(precision.group, shape[1]);
    return {static_cast<std::size_t>(shape[0]), static_cast<std::size_t>(columns), static_cast<std::size_t>(group * (columns / shape[1]))};
}

QuantizedTensor quantize(const Tensor& tensor, const Precision& precision)
{
    QuantizedTensor made{.layout = layoutOf(tensor.shape, precision), .scales = {}, .codes = std::vector<std::int8_t>(tensor.values.size())};
    for (std::size_t scale = 0; scale < made.layout.rows * made.layout.perRow(); ++scale) {
        const std::size_t first = made.layout.first(scale);
        const std::size_t count = made.layout.count(scale);
        made.scales.push_back(scaleFor(largestOf(tensor.values.data() + first, count), precision));
        for (std::size_t i = first; i < first + count; ++i)
            made.codes[i] = codeFor(tensor.values[i], made.scales.back(), precision);
    }
    return made;
}

Tensor dequantize(const QuantizedTensor& quantized, const std::vector<std::int64_t>& shape)
{
    Tensor tensor{shape, std::vector<float>(quantized.codes.size())};
    for (std::size_t i = 0; i < tensor.values.size(); ++i)
        tensor.values[i] = quantized.scales[quantized.layout.scaleOf(i)] * static_cast<float>(quantized.codes[i]);
    return tensor;
}

void roundTo(const Precision& precision, const std::vector<std::int64_t>& shape, float* values)
{
    if (!quantizes(precision, shape))
        return;
    const ScaleLayout layout = layoutOf(shape, precision);
    const float top = precision.top();
    for (std::size_t group = 0; group < layout.rows * layout.perRow(); ++group) {
        float* value = values + layout.first(group);
        const std::size_t count = layout.count(group);
        const float scale = scaleFor(largestOf(value, count), precision);
        for (std::size_t i = 0; i < count; ++i)
            value[i] = scale == 0 ? 0 : scale * std::clamp(rounded(value[i] / scale), -top, top);
    }
}

} // namespace espalier
