// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/PackageReader.h"

#include "engine/core/Fingerprint.h"
#include "engine/edge/coding/ByteReader.h"
#include "engine/edge/coding/Checksum.h"
#include "engine/edge/coding/PackedText.h"
#include "engine/edge/coding/WordList.h"

#include <algorithm>
#include <cstring>

namespace espalier::edge {
namespace {

constexpr std::size_t prefixBytes = 16;

std::string_view asText(std::span<const std::byte> bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

std::uint32_t readU32(std::span<const std::byte> bytes, std::size_t offset)
{
    std::uint32_t value = 0;
    std::memcpy(&value, bytes.data() + offset, sizeof value);
    return value;
}

/// Where the tensor area begins, behind a header of @p headerBytes (at most maxHeaderBytes, so nothing overflows).
std::size_t areaStart(std::size_t headerBytes)
{
    return (prefixBytes + headerBytes + packageAlignment - 1) / packageAlignment * packageAlignment;
}

constexpr JsonLimits headerLimits{maxHeaderBytes, 64};

} // namespace

Result<PackageReader> PackageReader::open(const std::string& path, HeaderPart part)
{
    ESPALIER_TRY(MappedFile file, MappedFile::open(path));
    PackageReader reader(file.bytes(), "'" + path + "'");
    reader.m_file = std::make_shared<const MappedFile>(std::move(file));
    ESPALIER_CHECK(reader.read(part));
    return reader;
}

Result<PackageReader> PackageReader::fromBytes(std::span<const std::byte> bytes, std::string name)
{
    PackageReader reader(bytes, std::move(name));
    ESPALIER_CHECK(reader.read(HeaderPart::Whole));
    return reader;
}

Result<PackageReader> PackageReader::fromBytes(std::string_view bytes, std::string name)
{
    return fromBytes(std::as_bytes(std::span(bytes.data(), bytes.size())), std::move(name));
}

Error PackageReader::broken(std::string why) const
{
    return {ErrorCode::InvalidFormat, m_name + " cannot be used: " + std::move(why) + ".", "Copy the package again, or export it again.", {}};
}

Result<void> PackageReader::read(HeaderPart part)
{
    const std::string_view magic = asText(m_bytes.first(std::min(m_bytes.size(), packageMagic.size())));
    if (magic != packageMagic.substr(0, magic.size())) {
        if (magic.starts_with("ESPKG"))
            return broken("it was damaged by a transfer that changes line ends (transfer it as binary)");
        return Error{ErrorCode::InvalidFormat, m_name + " is not an Espalier package.", "Give the path of an .espkg file.", {}};
    }
    if (m_bytes.size() < prefixBytes)
        return broken("it is cut short after " + std::to_string(m_bytes.size()) + " bytes");
    m_version = readU32(m_bytes, 8);
    if (m_version > packageVersion)
        return Error{ErrorCode::Unsupported,
                     m_name + " has package version " + std::to_string(m_version) + "; this runtime reads up to " + std::to_string(packageVersion) + ".",
                     "Update Espalier's runtime on this machine, or export with an older Espalier.", {}};
    if (m_version == 0)
        return broken("its format version is 0");
    const std::uint32_t headerBytes = readU32(m_bytes, 12);
    if (headerBytes > maxHeaderBytes)
        return broken("its header claims " + std::to_string(headerBytes) + " bytes");
    if (areaStart(headerBytes) > m_bytes.size())
        return broken("it is cut short inside its header");
    ESPALIER_CHECK(readHeader(headerBytes, part));
    ESPALIER_CHECK(checkPlacement());
    return checkHash();
}

/// The header of this version as one object, whatever parts it has. Errors go on with what stands before them.
Result<Json> PackageReader::readParts(std::span<const std::byte> stored, HeaderPart part)
{
    if (m_version < packedHeaderVersion)
        return parseJson(asText(stored), "its header", headerLimits);
    if (m_version < partedHeaderVersion) {
        ESPALIER_TRY(const std::string text, unpackText(stored, "its header", {.maxBytes = maxHeaderBytes, .hasFront = false}));
        return parseJson(text, "its header", headerLimits);
    }
    ByteReader reader(stored);
    const std::uint32_t wordBytes = reader.u32();
    m_words = reader.take(wordBytes);
    if (!reader.ok())
        return Error{ErrorCode::InvalidFormat, "its header is cut short in its vocabulary", {}, {}};
    const auto packed = reader.take(reader.left());
    ESPALIER_TRY(const std::string front, unpackText(packed, "its header", {.maxBytes = maxHeaderBytes, .part = TextPart::Front}));
    ESPALIER_TRY(Json json, parseJson(front, "its header", headerLimits));
    if (!json.is_object())
        return Error{ErrorCode::InvalidFormat, "its header is no object", {}, {}};
    if (part == HeaderPart::Whole) {
        ESPALIER_TRY(const std::string text, unpackText(packed, "its header", {.maxBytes = maxHeaderBytes}));
        ESPALIER_TRY(Json details, parseJson(std::string_view(text).substr(front.size()), "the second part of its header", headerLimits));
        json["self_tests"] = details.is_object() ? details["self_tests"] : Json();
        json["provenance"] = details.is_object() ? details["provenance"] : Json();
    } else
        json["self_tests"] = Json::array();
    return json;
}

Result<void> PackageReader::readHeader(std::size_t headerBytes, HeaderPart part)
{
    const auto json = readParts(m_bytes.subspan(prefixBytes, headerBytes), part);
    if (!json)
        return broken(json.error().detail);
    auto header = packageHeaderFromJson(*json);
    if (!header)
        return broken(header.error().message());
    m_header = std::move(*header);
    const auto padding = m_bytes.first(areaStart(headerBytes)).subspan(prefixBytes + headerBytes);
    if (std::any_of(padding.begin(), padding.end(), [](std::byte b) { return b != std::byte{}; }))
        return broken("the space behind its header is not empty");
    m_area = m_bytes.subspan(areaStart(headerBytes));
    return {};
}

/// Every tensor inside the area, on its boundary, apart from the others, with a name of its own.
Result<void> PackageReader::checkPlacement()
{
    std::vector<const TensorRecord*> byOffset;
    for (const TensorRecord& record : m_header.tensors) {
        const std::string tensor = "the tensor '" + record.name + "'";
        if (auto elements = elementsOf(record.shape, record.encoding); !elements)
            return broken(tensor + ": " + elements.error().message());
        if (!m_records.emplace(record.name, &record).second)
            return broken(tensor + " stands twice in its header");
        if (record.offset % packageAlignment != 0)
            return broken(tensor + " does not begin at a multiple of " + std::to_string(packageAlignment));
        if (record.offset > m_area.size() || record.bytes > m_area.size() - record.offset)
            return broken(tensor + " lies outside the file, which is cut short or damaged");
        if (m_version >= partedHeaderVersion && !record.check)
            return broken(tensor + " has no checksum");
        byOffset.push_back(&record);
    }
    std::sort(byOffset.begin(), byOffset.end(), [](const auto* a, const auto* b) { return a->offset < b->offset; });
    for (std::size_t i = 1; i < byOffset.size(); ++i)
        if (byOffset[i - 1]->offset + byOffset[i - 1]->bytes > byOffset[i]->offset)
            return broken("the tensors '" + byOffset[i - 1]->name + "' and '" + byOffset[i]->name + "' overlap");
    return {};
}

Result<void> PackageReader::checkHash() const
{
    if (m_version < partedHeaderVersion && sha256(asText(m_area)) != m_header.tensorSha256)
        return broken("its tensors do not have the SHA-256 its header states, so it is cut short or damaged");
    return {};
}

/// A tensor's bytes, and the zeros up to the next boundary.
Result<void> PackageReader::checkBytes(const TensorRecord& record) const
{
    if (!record.check)
        return {};
    const std::span<const std::byte> from = m_area.subspan(static_cast<std::size_t>(record.offset));
    const auto bytes = static_cast<std::size_t>(record.bytes);
    const auto padding = from.subspan(bytes, std::min(static_cast<std::size_t>((packageAlignment - bytes % packageAlignment) % packageAlignment), from.size() - bytes));
    if (checksumOf(from.first(bytes)) != *record.check || std::any_of(padding.begin(), padding.end(), [](std::byte b) { return b != std::byte{}; }))
        return broken("the tensor '" + record.name + "' does not have the checksum its header states, so the file is damaged");
    return {};
}

std::uint64_t PackageReader::identity() const { return xxh64(m_bytes.first(m_bytes.size() - m_area.size())); }

const TensorRecord* PackageReader::record(std::string_view name) const
{
    const auto found = m_records.find(name);
    return found == m_records.end() ? nullptr : found->second;
}

Error PackageReader::noTensor(std::string_view name) const { return {ErrorCode::NotFound, m_name + " has no tensor '" + std::string(name) + "'.", {}, {}}; }

std::span<const std::byte> PackageReader::bytesOf(const TensorRecord& record) const
{
    return m_area.subspan(static_cast<std::size_t>(record.offset), static_cast<std::size_t>(record.bytes));
}

Result<Tensor> PackageReader::tensor(std::string_view name, Workers* workers) const
{
    const TensorRecord* found = record(name);
    if (found == nullptr)
        return noTensor(name);
    ESPALIER_CHECK(checkBytes(*found));
    const auto bytes = bytesOf(*found);
    if (!m_file)
        return decodeTensor(*found, bytes, workers);
    // A large tensor and its bytes, which were all read for the checksum, would take room together.
    constexpr std::size_t large = std::size_t{1} << 20;
    if (bytes.size() >= large)
        MappedFile::release(bytes);
    auto decoded = decodeTensor(*found, bytes, workers, &MappedFile::release);
    MappedFile::release(bytes);
    return decoded;
}

Result<RowTable> PackageReader::rowTable(std::string_view name, Loading loading, Workers* workers) const
{
    const TensorRecord* found = record(name);
    if (found == nullptr)
        return noTensor(name);
    if (loading == Loading::Whole || !m_file || !RowTable::worthLazy(*found)) {
        ESPALIER_TRY(Tensor whole, tensor(name, workers));
        return RowTable(std::move(whole));
    }
    ESPALIER_CHECK(checkBytes(*found));
    const auto bytes = bytesOf(*found);
    const auto start = static_cast<std::size_t>(bytes.data() - m_bytes.data());
    auto table = RowTable::lazy(*found, bytes, [file = m_file, start](std::size_t offset, std::span<std::byte> into) { return file->read(start + offset, into); });
    MappedFile::release(bytes);
    return table;
}

std::optional<TokenizerSizes> PackageReader::tokenizerSizes() const
{
    const auto fields = Fields::of(m_header.tokenizer, "tokenizer");
    const auto length = fields ? fields->integer("max_length") : Result<std::int64_t>(fields.error());
    if (!length || *length < 1 || *length > Tokenizer::maxLengthLimit)
        return std::nullopt;
    const Json& listed = fields->value("vocabulary");
    return TokenizerSizes{static_cast<std::size_t>(*length), m_words.empty() ? listed.size() : countWords(m_words)};
}

Result<Tokenizer> PackageReader::tokenizer() const
{
    if (m_words.empty())
        return Tokenizer::fromJson(m_header.tokenizer);
    auto vocabulary = unpackWords(m_words, "its vocabulary", maxHeaderBytes);
    if (!vocabulary)
        return broken(vocabulary.error().detail);
    return Tokenizer::fromJson(m_header.tokenizer, std::move(*vocabulary));
}

} // namespace espalier::edge
