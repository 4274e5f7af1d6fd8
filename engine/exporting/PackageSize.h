// SPDX-License-Identifier: GPL-3.0-or-later
// PackageSize: how large a package would be, from the sizes of its tensors alone. Follows the writer's placement, so that it is exact when the
// tensors are added in the writer's order, their sizes are exact and the header is the final one.
#pragma once

#include "engine/exporting/Encodings.h"
#include "engine/training/Checkpoint.h"

namespace espalier {

class PackageSize {
public:
    /// @p header: bytes before the tensor area, fill included.
    explicit PackageSize(std::uint64_t header) : m_header(header) {}

    /// One more tensor.
    void add(std::uint64_t tensor);
    [[nodiscard]] std::uint64_t bytes() const { return m_header + m_area; }

private:
    std::uint64_t m_header;
    std::uint64_t m_area = 0;
};

struct KnownSizes {
    std::uint64_t denseFp32 = 0; ///< of the package in fp32 with zeros stored like any value: exact
    std::uint64_t header = 0;    ///< bytes before the tensor area in the precision asked for
};

/// What follows from @p checkpoint without encoding its weights, without the caller's provenance.
Result<KnownSizes> knownSizes(const Checkpoint& checkpoint, const std::vector<std::string>& sentences, const std::string& precision, RunContext& context);

} // namespace espalier
