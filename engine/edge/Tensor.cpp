// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/Tensor.h"

#include "engine/edge/PackageFormat.h"
#include "engine/edge/coding/EntropyCoding.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace espalier::edge {
namespace {

static_assert(std::endian::native == std::endian::little, "Packages are little-endian; a big-endian machine needs swapping here.");

/// A tensor that decodes to more than 2^28 elements (1 GiB of floats) is refused: a small sparse file must not take all memory.
constexpr std::uint64_t maxElements = std::uint64_t{1} << 28;

std::uint64_t countBits(std::span<const std::byte> mask)
{
    std::uint64_t bits = 0;
    for (const std::byte byte : mask)
        bits += static_cast<std::uint64_t>(std::popcount(std::to_integer<unsigned>(byte)));
    return bits;
}

/// Takes the first @p count elements off @p bytes, which must hold them.
template <typename T>
std::vector<T> take(std::span<const std::byte>& bytes, std::size_t count)
{
    std::vector<T> result(count);
    if (count > 0) // a sparse tensor may keep nothing, and memcpy must not be given a null pointer
        std::memcpy(result.data(), bytes.data(), count * sizeof(T));
    bytes = bytes.subspan(count * sizeof(T));
    return result;
}

/// Puts the kept elements where the mask has a bit and zeros elsewhere.
template <typename T>
std::vector<T> spread(std::span<const std::byte> mask, const std::vector<T>& kept, std::size_t count)
{
    std::vector<T> dense(count, T{});
    std::size_t next = 0;
    for (std::size_t i = 0; i < count; ++i)
        if ((std::to_integer<unsigned>(mask[i / 8]) >> (i % 8) & 1U) != 0)
            dense[i] = kept[next++];
    return dense;
}

/// Scales as they stand in a file, in 4 bytes or the upper 2 of them.
std::vector<float> takeScales(std::span<const std::byte> bytes, const ScaleGroups& groups)
{
    if (groups.scaleBytes == 4)
        return take<float>(bytes, static_cast<std::size_t>(groups.scales()));
    std::vector<float> scales;
    for (const std::uint16_t upper : take<std::uint16_t>(bytes, static_cast<std::size_t>(groups.scales())))
        scales.push_back(std::bit_cast<float>(std::uint32_t{upper} << 16));
    return scales;
}

/// Two codes a byte. -8, and what stands behind the last, shows in checkNumbers() as -128.
std::vector<std::int8_t> takeNibbles(std::span<const std::byte> bytes, std::size_t count)
{
    std::vector<std::int8_t> codes(count);
    for (std::size_t i = 0; i < count; ++i) {
        const unsigned nibble = std::to_integer<unsigned>(bytes[i / 2]) >> i % 2 * 4 & 0xf;
        codes[i] = static_cast<std::int8_t>(nibble == 8 ? -128 : nibble > 8 ? static_cast<int>(nibble) - 16 : static_cast<int>(nibble));
    }
    if (count % 2 == 1 && std::to_integer<unsigned>(bytes.back()) >> 4 != 0)
        codes.back() = -128;
    return codes;
}

struct Parts {
    ScaleGroups groups;
    std::span<const std::byte> scales;
    std::span<const std::byte> mask; ///< empty when dense
    std::span<const std::byte> elements;
    std::size_t count = 0;
    std::size_t kept = 0;
};

/// Finds the parts of @p bytes, which hold @p count elements; the sizes agree afterwards.
Result<Parts> partsOf(const TensorRecord& record, std::uint64_t count, std::span<const std::byte> bytes)
{
    Parts parts;
    const bool sparse = record.encoding.ends_with("_sparse");
    ESPALIER_TRY(parts.groups, scaleGroups(record.shape, record.encoding, record.group));
    const std::uint64_t scaleBytes = parts.groups.scales() * parts.groups.scaleBytes;
    const std::uint64_t maskBytes = sparse ? (count + 7) / 8 : 0;
    if (scaleBytes + maskBytes > bytes.size())
        return badTensor(record, "has too few bytes for its shape");
    parts.scales = bytes.first(static_cast<std::size_t>(scaleBytes));
    parts.mask = bytes.subspan(parts.scales.size(), static_cast<std::size_t>(maskBytes));
    parts.elements = bytes.subspan(parts.scales.size() + parts.mask.size());
    parts.count = static_cast<std::size_t>(count);
    parts.kept = sparse ? static_cast<std::size_t>(countBits(parts.mask)) : parts.count;
    if (parts.kept > parts.count || (sparse && count % 8 != 0 && (std::to_integer<unsigned>(parts.mask.back()) >> (count % 8)) != 0))
        return badTensor(record, "has mask bits beyond its last element");
    ESPALIER_TRY(const std::uint64_t expected, encodedBytes(record.shape, record.encoding, parts.kept, record.group));
    if (expected != bytes.size())
        return badTensor(record, "takes " + std::to_string(bytes.size()) + " bytes, but its shape and encoding need " + std::to_string(expected));
    return parts;
}

bool allFinite(const std::vector<float>& values)
{
    for (const float value : values)
        if (!std::isfinite(value))
            return false;
    return true;
}

Result<void> checkNumbers(const TensorRecord& record, const Tensor& tensor)
{
    if (!allFinite(tensor.values) || !allFinite(tensor.scales))
        return badTensor(record, "holds a value that is not a finite number");
    for (const float scale : tensor.scales)
        if (scale < 0)
            return badTensor(record, "has a negative scale");
    for (const std::int8_t code : tensor.codes)
        if (code == -128)
            return badTensor(record, "holds a code below the least, which the format leaves out");
    return {};
}

Result<void> decodeCoded(const TensorRecord& record, const TensorHead& head, std::span<const std::byte> bytes, Tensor& tensor, Workers* workers, const ReleaseBytes& release)
{
    auto coded = decodeEntropyCoded(bytes, head.scales, head.count, workers, release);
    if (!coded)
        return badTensor(record, coded.error().detail);
    const int largest = largestCode(record);
    if (largest < 127 && std::any_of(coded->codes.begin(), coded->codes.end(), [&](std::int8_t code) { return code < -largest || code > largest; }))
        return badTensor(record, "holds a code beyond 4 bits");
    tensor.scales = std::move(coded->scales);
    tensor.codes = std::move(coded->codes);
    return {};
}

Result<void> decodePlain(const TensorRecord& record, std::uint64_t count, std::span<const std::byte> bytes, Tensor& tensor)
{
    ESPALIER_TRY(Parts parts, partsOf(record, count, bytes));
    if (tensor.quantized) {
        tensor.scales = takeScales(parts.scales, parts.groups);
        tensor.codes = record.encoding == "i4" ? takeNibbles(parts.elements, parts.kept) : take<std::int8_t>(parts.elements, parts.kept);
        if (!parts.mask.empty())
            tensor.codes = spread(parts.mask, tensor.codes, parts.count);
    } else {
        tensor.values = take<float>(parts.elements, parts.kept);
        if (!parts.mask.empty())
            tensor.values = spread(parts.mask, tensor.values, parts.count);
    }
    return checkNumbers(record, tensor);
}

} // namespace

Error badTensor(const TensorRecord& record, const std::string& why)
{
    return {ErrorCode::InvalidFormat, "The tensor '" + record.name + "' " + why + ".", {}, {}};
}

int largestCode(const TensorRecord& record) { return record.encoding.starts_with("i4") ? 7 : 127; }

Result<TensorHead> tensorHead(const TensorRecord& record)
{
    ESPALIER_TRY(const std::uint64_t count, elementsOf(record.shape, record.encoding));
    if (count > maxElements)
        return Error{ErrorCode::Unsupported, "The tensor '" + record.name + "' has more than 2^28 elements.", {}, {}};
    ESPALIER_TRY(const ScaleGroups groups, scaleGroups(record.shape, record.encoding, record.group));
    return TensorHead{{record.name, record.shape, groups.scaleBytes > 0, {}, {}, {}, static_cast<std::size_t>(groups.elements)}, static_cast<std::size_t>(count), static_cast<std::size_t>(groups.scales())};
}

Result<Tensor> decodeTensor(const TensorRecord& record, std::span<const std::byte> bytes, Workers* workers, const ReleaseBytes& release)
{
    ESPALIER_TRY(TensorHead head, tensorHead(record));
    Tensor tensor = std::move(head.tensor);
    if (record.encoding.ends_with("_rans"))
        ESPALIER_CHECK(decodeCoded(record, head, bytes, tensor, workers, release));
    else
        ESPALIER_CHECK(decodePlain(record, head.count, bytes, tensor));
    return tensor;
}

} // namespace espalier::edge
