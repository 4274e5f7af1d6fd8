// SPDX-License-Identifier: Apache-2.0
// PackageReader: a package file, checked. After open() or fromBytes() succeeded, the header's fields have their types and
// ranges, every tensor lies inside the file, apart from the others, and the tensor area has the hash the header states.
// Until then every byte is taken as hostile. Whether the program and its tensors fit together is the session's to check.
#pragma once

#include "engine/edge/MappedFile.h"
#include "engine/edge/PackageFormat.h"
#include "engine/edge/Tensor.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace espalier::edge {

class PackageReader {
public:
    /// Maps the file. Errors name @p path and say whether it is cut short, damaged, no package, or newer than this runtime.
    static Result<PackageReader> open(const std::string& path);
    /// Reads from memory. @p bytes must outlive the reader; @p name stands for the file in errors.
    static Result<PackageReader> fromBytes(std::span<const std::byte> bytes, std::string name = "package");
    static Result<PackageReader> fromBytes(std::string_view bytes, std::string name = "package");

    [[nodiscard]] const PackageHeader& header() const { return m_header; }
    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] std::uint32_t version() const { return m_version; } ///< of the file's format
    [[nodiscard]] std::size_t fileBytes() const { return m_bytes.size(); }

    /// The tensor of that name, decoded. NotFound names it; InvalidFormat says what is wrong in it.
    [[nodiscard]] Result<Tensor> tensor(std::string_view name) const;

private:
    PackageReader(std::span<const std::byte> bytes, std::string name) : m_bytes(bytes), m_name(std::move(name)) {}
    Result<void> read();
    Result<void> readHeader(std::size_t headerBytes);
    [[nodiscard]] Result<void> checkPlacement() const;
    [[nodiscard]] Result<void> checkHash() const;
    [[nodiscard]] Error broken(std::string why) const;

    std::optional<MappedFile> m_file;
    std::span<const std::byte> m_bytes;
    std::span<const std::byte> m_area; ///< the tensor area
    std::string m_name;
    std::uint32_t m_version = 0;
    PackageHeader m_header;
};

} // namespace espalier::edge
