// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/RowTable.h"

#include "engine/edge/PackageFormat.h"

namespace espalier::edge {

bool RowTable::worthLazy(const TensorRecord& record)
{
    constexpr std::uint64_t fewest = std::uint64_t{1} << 21; // a millisecond's work
    const auto count = elementsOf(record.shape, record.encoding);
    return record.shape.size() == 2 && record.encoding.ends_with("_rans") && count && *count >= fewest;
}

Result<RowTable> RowTable::lazy(const TensorRecord& record, std::span<const std::byte> bytes, LazyCodes::Source source)
{
    ESPALIER_TRY(TensorHead head, tensorHead(record));
    auto blocks = CodedBlocks::read(bytes, head.scales, head.count);
    if (!blocks)
        return badTensor(record, blocks.error().detail);
    RowTable table(std::move(head.tensor));
    table.m_tensor.scales = blocks->takeScales();
    table.m_lazy = std::make_unique<LazyCodes>(std::move(*blocks), head.count, largestCode(record), std::move(source));
    return table;
}

} // namespace espalier::edge
