// SPDX-License-Identifier: GPL-3.0-or-later
// PackageBuilder: a checkpoint's tensors, encoded and placed, with the header around them. The header can be filled in
// steps (self-tests need the tensors first); the bytes of the file are made last, and are the same for the same input.
#pragma once

#include "engine/edge/PackageFormat.h"
#include "engine/exporting/Encodings.h"
#include "engine/exporting/PackageWriter.h"

namespace espalier {

/// Encodes @p checkpoint's tensors and places them one after the other, in the order of their names; tokens stand in the package's order.
class PackageBuilder {
public:
    /// Errors: unknown precision or architecture, a tensor that is not finite or does not fit its shape, Cancelled.
    static Result<PackageBuilder> create(const Checkpoint& checkpoint, const ExportOptions& options, RunContext& context);

    edge::PackageHeader& header() { return m_header; }
    [[nodiscard]] std::vector<PackagedTensor> tensors() const { return m_tensors; }
    [[nodiscard]] std::string bytes() const;

private:
    void add(const std::string& name, const Tensor& tensor, EncodedTensor encoded);

    edge::PackageHeader m_header;
    std::vector<PackagedTensor> m_tensors;
    std::string m_area;
};

/// The header of a package of @p checkpoint, whose tokens are in the package's order, without tensors and self-tests.
Result<edge::PackageHeader> makeHeader(const Checkpoint& checkpoint, const ExportOptions& options);

/// The next multiple of the package's alignment.
std::uint64_t alignedSize(std::uint64_t bytes);

/// Bytes before the tensor area: magic, version, length and @p header, filled up to the alignment.
std::uint64_t headerBytes(const edge::PackageHeader& header);

} // namespace espalier
