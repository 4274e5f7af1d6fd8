// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/Weights.h"

#include "engine/core/Json.h"
#include "engine/core/SafeFile.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>

namespace espalier {
namespace {

static_assert(std::endian::native == std::endian::little, "safetensors data is little-endian and read as it stands");

constexpr std::string_view maskPrefix = "mask:";
constexpr std::size_t maxHeaderBytes = std::size_t{100} << 20; // the reference implementation's limit

struct Entry {
    std::string name;
    std::string dtype;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

Error badFile(const std::filesystem::path& path, std::string why)
{
    if (why.ends_with('.'))
        why.pop_back();
    return {ErrorCode::InvalidFormat, "'" + path.string() + "' is not a usable safetensors file: " + why + ".",
            "Restore the file from a copy, or make it again.", {}};
}

/// The product of @p shape, or nothing when a dimension is negative or the bytes could not be counted in 63 bits.
std::optional<std::uint64_t> elementCount(const std::vector<std::int64_t>& shape)
{
    std::uint64_t count = 1;
    for (const std::int64_t dimension : shape)
        if (dimension < 0 || __builtin_mul_overflow(count, static_cast<std::uint64_t>(dimension), &count) || count > (std::uint64_t{1} << 60))
            return std::nullopt;
    return count;
}

Result<std::vector<std::uint64_t>> unsignedNumbers(const Fields& fields, std::string_view name)
{
    std::vector<std::uint64_t> numbers;
    ESPALIER_TRY(const auto items, fields.array(name));
    for (const Json* item : items) {
        if (!item->is_number_unsigned() || item->get<std::uint64_t>() > (std::uint64_t{1} << 62))
            return Error{ErrorCode::InvalidFormat, "'" + fields.path() + "." + std::string(name) + "' must hold whole numbers from 0", {}, {}};
        numbers.push_back(item->get<std::uint64_t>());
    }
    return numbers;
}

Result<Entry> readEntry(const std::string& name, const Json& json)
{
    Entry entry{name, {}, {}};
    ESPALIER_TRY(const Fields fields, Fields::of(json, name));
    ESPALIER_TRY(entry.dtype, fields.text("dtype"));
    ESPALIER_TRY(const auto shape, unsignedNumbers(fields, "shape"));
    entry.shape.assign(shape.begin(), shape.end());
    ESPALIER_TRY(const auto offsets, unsignedNumbers(fields, "data_offsets"));
    const bool mask = name.starts_with(maskPrefix);
    const auto refuse = [&](const std::string& why) { return Error{ErrorCode::InvalidFormat, "tensor '" + name + "' " + why, {}, {}}; };
    if (entry.dtype != (mask ? "U8" : "F32"))
        return refuse("has the type " + entry.dtype + "; only " + (mask ? "U8 is read for masks" : "F32 is read"));
    const auto count = elementCount(entry.shape);
    if (!count)
        return refuse("has an impossible shape");
    if (offsets.size() != 2 || offsets[1] < offsets[0] || offsets[1] - offsets[0] != *count * (mask ? 1 : sizeof(float)))
        return refuse("has offsets that do not fit its shape");
    entry.begin = offsets[0];
    entry.end = offsets[1];
    return entry;
}

Result<std::vector<Entry>> readHeader(const Json& header)
{
    if (!header.is_object())
        return Error{ErrorCode::InvalidFormat, "its header is not an object", {}, {}};
    std::vector<Entry> entries;
    for (const auto& [name, json] : header.items()) {
        if (name == "__metadata__")
            continue;
        ESPALIER_TRY(Entry entry, readEntry(name, json));
        entries.push_back(std::move(entry));
    }
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return std::pair(a.begin, a.end) < std::pair(b.begin, b.end); });
    return entries;
}

/// The format asks that tensors cover the data without gap or overlap.
Result<void> checkCoverage(const std::vector<Entry>& entries, std::uint64_t dataBytes)
{
    std::uint64_t position = 0;
    for (const Entry& entry : entries) {
        if (entry.begin != position)
            return Error{ErrorCode::InvalidFormat, "tensor '" + entry.name + "' does not begin where the one before it ends", {}, {}};
        position = entry.end;
    }
    if (position != dataBytes)
        return Error{ErrorCode::InvalidFormat,
                     "its header describes " + std::to_string(position) + " bytes of data, the file holds " + std::to_string(dataBytes), {}, {}};
    return {};
}

Result<void> storeEntry(const Entry& entry, std::string_view data, Weights& weights, Masks& masks)
{
    const std::string_view bytes = data.substr(entry.begin, entry.end - entry.begin);
    if (!entry.name.starts_with(maskPrefix)) {
        Tensor& tensor = weights[entry.name];
        tensor.shape = entry.shape;
        tensor.values.resize(bytes.size() / sizeof(float));
        if (!bytes.empty())
            std::memcpy(tensor.values.data(), bytes.data(), bytes.size());
        return {};
    }
    Mask mask(bytes.begin(), bytes.end());
    if (std::any_of(mask.begin(), mask.end(), [](std::uint8_t value) { return value > 1; }))
        return Error{ErrorCode::InvalidFormat, "'" + entry.name + "' holds other values than 0 and 1", {}, {}};
    masks[entry.name.substr(maskPrefix.size())] = std::move(mask);
    return {};
}

Result<void> parseSafetensors(std::string_view bytes, Weights& weights, Masks& masks)
{
    std::uint64_t headerBytes = 0;
    if (bytes.size() < sizeof headerBytes)
        return Error{ErrorCode::InvalidFormat, "it ends inside its header length", {}, {}};
    std::memcpy(&headerBytes, bytes.data(), sizeof headerBytes);
    bytes.remove_prefix(sizeof headerBytes);
    if (headerBytes > bytes.size() || headerBytes > maxHeaderBytes)
        return Error{ErrorCode::InvalidFormat, "its header claims " + std::to_string(headerBytes) + " bytes", {}, {}};
    ESPALIER_TRY(const Json header, parseJson(bytes.substr(0, headerBytes), "its header", {.maxBytes = maxHeaderBytes, .maxDepth = 8}));
    bytes.remove_prefix(headerBytes);
    ESPALIER_TRY(const auto entries, readHeader(header));
    ESPALIER_CHECK(checkCoverage(entries, bytes.size()));
    for (const Entry& entry : entries)
        ESPALIER_CHECK(storeEntry(entry, bytes, weights, masks));
    return {};
}

template <typename T>
std::string_view bytesOf(const std::vector<T>& values)
{
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

Json describe(const char* dtype, const std::vector<std::int64_t>& shape, std::uint64_t& offset, std::uint64_t bytes)
{
    const std::uint64_t begin = offset;
    offset += bytes;
    return {{"dtype", dtype}, {"shape", shape}, {"data_offsets", {begin, offset}}};
}

std::string headerOf(const Weights& weights, const Masks& masks)
{
    Json header = Json::object();
    std::uint64_t offset = 0;
    for (const auto& [name, tensor] : weights)
        header[name] = describe("F32", tensor.shape, offset, bytesOf(tensor.values).size());
    for (const auto& [name, mask] : masks) {
        const auto tensor = weights.find(name);
        const auto shape = tensor == weights.end() ? std::vector<std::int64_t>{static_cast<std::int64_t>(mask.size())} : tensor->second.shape;
        header[std::string(maskPrefix) + name] = describe("U8", shape, offset, mask.size());
    }
    std::string text = dumpJson(header);
    text.resize((text.size() + 7) / 8 * 8, ' '); // so that the floats are aligned for whoever maps the file
    return text;
}

Result<void> checkMasks(const Weights& weights, const Masks& masks)
{
    for (const auto& [name, mask] : masks) {
        const auto tensor = weights.find(name);
        if (tensor == weights.end())
            return Error{ErrorCode::InvalidArgument, "There is a mask for '" + name + "', but no such tensor.", {}, {}};
        if (tensor->second.values.size() != mask.size())
            return Error{ErrorCode::InvalidArgument,
                         "The mask of '" + name + "' has " + std::to_string(mask.size()) + " elements, the tensor " +
                             std::to_string(tensor->second.values.size()) + ".",
                         {}, {}};
    }
    return {};
}

} // namespace

Result<void> applyMasks(Weights& weights, const Masks& masks)
{
    ESPALIER_CHECK(checkMasks(weights, masks));
    for (const auto& [name, mask] : masks) {
        auto& values = weights[name].values;
        for (std::size_t i = 0; i < mask.size(); ++i)
            if (mask[i] == 0)
                values[i] = 0;
    }
    return {};
}

Result<void> writeSafetensors(const std::filesystem::path& path, const Weights& weights, const Masks& masks)
{
    ESPALIER_CHECK(checkMasks(weights, masks));
    const std::string header = headerOf(weights, masks);
    const std::uint64_t headerBytes = header.size();
    ESPALIER_TRY(SafeFile file, SafeFile::create(path));
    ESPALIER_CHECK(file.write({reinterpret_cast<const char*>(&headerBytes), sizeof headerBytes}));
    ESPALIER_CHECK(file.write(header));
    for (const auto& [name, tensor] : weights)
        ESPALIER_CHECK(file.write(bytesOf(tensor.values)));
    for (const auto& [name, mask] : masks)
        ESPALIER_CHECK(file.write(bytesOf(mask)));
    return file.commit();
}

Result<void> readSafetensors(const std::filesystem::path& path, Weights& weights, Masks& masks)
{
    ESPALIER_TRY(const std::string bytes, readFile(path));
    Weights readWeights;
    Masks readMasks;
    if (const auto parsed = parseSafetensors(bytes, readWeights, readMasks); !parsed)
        return badFile(path, parsed.error().detail);
    weights = std::move(readWeights);
    masks = std::move(readMasks);
    return {};
}

} // namespace espalier
