// SPDX-License-Identifier: Apache-2.0
// RowTable: a tensor of two dimensions of which rows are looked up, embeddings or buckets of n-grams. A large one may stay coded, in its file, but for the rows that were asked for.
#pragma once

#include "engine/edge/Tensor.h"
#include "engine/edge/coding/LazyCodes.h"

namespace espalier::edge {

class RowTable {
public:
    RowTable() = default;
    explicit RowTable(Tensor tensor) : m_tensor(std::move(tensor)) {}
    /// A table whose codes are decoded as they are needed, out of @p bytes, which @p source has later on. Errors are those of decodeTensor(), but for damaged codes.
    static Result<RowTable> lazy(const TensorRecord& record, std::span<const std::byte> bytes, LazyCodes::Source source);
    /// Whether lazy() can be had of such a tensor and wins anything.
    static bool worthLazy(const TensorRecord& record);

    [[nodiscard]] const std::vector<std::int64_t>& shape() const { return m_tensor.shape; }
    [[nodiscard]] std::size_t rows() const { return m_tensor.rows(); }
    [[nodiscard]] std::size_t columns() const { return static_cast<std::size_t>(m_tensor.shape[1]); }

    /// That these rows will be read.
    void expect(std::span<const std::int32_t> rows) const
    {
        if (m_lazy)
            m_lazy->expect(rows, columns());
    }
    /// Calls @p take(column, value) for each element of row @p row.
    template <typename Take>
    void readRow(std::size_t row, Take take) const
    {
        const std::size_t begin = row * columns();
        m_tensor.readRow(row, columns(), m_lazy ? m_lazy->at(begin, columns()) : m_tensor.quantized ? m_tensor.codes.data() + begin : nullptr, take);
    }
    /// Whether rows could not be had, or were others than those that were checked: they are zeros.
    [[nodiscard]] bool damaged() const { return m_lazy && m_lazy->damaged(); }

private:
    Tensor m_tensor; ///< without its codes, where they are lazy
    std::unique_ptr<LazyCodes> m_lazy;
};

} // namespace espalier::edge
