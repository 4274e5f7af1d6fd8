// SPDX-License-Identifier: Apache-2.0
// PackageReader: a package file, checked. After open() or fromBytes() succeeded, the header's fields have their types and
// ranges, every tensor lies inside the file, apart from the others. Whether a tensor's bytes are those that were written is checked as it is decoded (before
// version 4: that of all of them, on opening). Until then every byte is taken as hostile. Whether the program and its tensors fit together is the session's to check.
#pragma once

#include "engine/edge/MappedFile.h"
#include "engine/edge/PackageFormat.h"
#include "engine/edge/RowTable.h"
#include "engine/tokenizers/Tokenizer.h"

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace espalier::edge {

/// How much of a header is read.
enum class HeaderPart {
    Answering, ///< without self-tests and provenance, where they stand apart: what the first answer waits for
    Whole,
};

/// When a large table of rows is decoded.
enum class Loading {
    Whole,    ///< before the first answer
    AsNeeded, ///< out of the file, as rows are asked for: a first answer sooner, in less memory
};

struct TokenizerSizes {
    std::size_t maxTokens = 0; ///< of a sentence
    std::size_t tokens = 0;    ///< in the vocabulary
};

class PackageReader {
public:
    /// Maps the file. Errors name @p path and say whether it is cut short, damaged, no package, or newer than this runtime.
    static Result<PackageReader> open(const std::string& path, HeaderPart part = HeaderPart::Whole);
    /// Reads from memory. @p bytes must outlive the reader; @p name stands for the file in errors.
    static Result<PackageReader> fromBytes(std::span<const std::byte> bytes, std::string name = "package");
    static Result<PackageReader> fromBytes(std::string_view bytes, std::string name = "package");

    [[nodiscard]] const PackageHeader& header() const { return m_header; }
    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] std::uint32_t version() const { return m_version; } ///< of the file's format
    [[nodiscard]] std::size_t fileBytes() const { return m_bytes.size(); }
    /// XXH64 of what stands before the tensors, where there is a checksum of each: another package has another.
    [[nodiscard]] std::uint64_t identity() const;

    /// The tensor of that name, decoded. NotFound names it; InvalidFormat says what is wrong in it. Any thread may call it; @p workers share the work.
    [[nodiscard]] Result<Tensor> tensor(std::string_view name, Workers* workers = nullptr) const;
    /// The same for a tensor of which rows are looked up, which may be decoded later. It keeps the file open, not the reader.
    [[nodiscard]] Result<RowTable> rowTable(std::string_view name, Loading loading, Workers* workers = nullptr) const;
    /// Its record, or nothing.
    [[nodiscard]] const TensorRecord* record(std::string_view name) const;
    /// Made anew at each call. Errors name what does not fit.
    [[nodiscard]] Result<Tokenizer> tokenizer() const;
    /// What it will have, before it is made; nothing where its fields are malformed.
    [[nodiscard]] std::optional<TokenizerSizes> tokenizerSizes() const;

private:
    PackageReader(std::span<const std::byte> bytes, std::string name) : m_bytes(bytes), m_name(std::move(name)) {}
    Result<void> read(HeaderPart part);
    Result<void> readHeader(std::size_t headerBytes, HeaderPart part);
    Result<Json> readParts(std::span<const std::byte> stored, HeaderPart part);
    Result<void> checkPlacement();
    [[nodiscard]] Result<void> checkHash() const;
    [[nodiscard]] Result<void> checkBytes(const TensorRecord& record) const;
    [[nodiscard]] Error broken(std::string why) const;

    [[nodiscard]] std::span<const std::byte> bytesOf(const TensorRecord& record) const;
    [[nodiscard]] Error noTensor(std::string_view name) const;

    std::shared_ptr<const MappedFile> m_file; ///< none where it reads from memory
    std::span<const std::byte> m_bytes;
    std::span<const std::byte> m_area; ///< the tensor area
    std::span<const std::byte> m_words; ///< the vocabulary, packed; empty where it stands in the header
    std::map<std::string_view, const TensorRecord*> m_records;
    std::string m_name;
    std::uint32_t m_version = 0;
    PackageHeader m_header;
};

} // namespace espalier::edge
