// SPDX-License-Identifier: GPL-3.0-or-later
// SymmetricMatrix and its Cholesky factor, for the small dense matrices of FisherBlocks; in double.
#pragma once

#include <cstddef>
#include <vector>

namespace espalier {

/// Only what is on and below the diagonal is kept.
class SymmetricMatrix {
public:
    explicit SymmetricMatrix(std::size_t size) : m_size(size), m_values(size * (size + 1) / 2) {}

    [[nodiscard]] std::size_t size() const { return m_size; }
    /// @p column is at most @p row.
    double& at(std::size_t row, std::size_t column) { return m_values[row * (row + 1) / 2 + column]; }
    [[nodiscard]] double at(std::size_t row, std::size_t column) const { return m_values[row * (row + 1) / 2 + column]; }
    [[nodiscard]] double* row(std::size_t index) { return m_values.data() + index * (index + 1) / 2; }
    [[nodiscard]] const double* row(std::size_t index) const { return m_values.data() + index * (index + 1) / 2; }

private:
    std::size_t m_size;
    std::vector<double> m_values;
};

/// L of L L^T = the matrix, which must be positive definite; a pivot that rounding made smaller than its share of the diagonal is raised to it.
class CholeskyFactor {
public:
    explicit CholeskyFactor(SymmetricMatrix matrix);

    /// x of matrix x = @p right.
    [[nodiscard]] std::vector<double> solve(std::vector<double> right) const;
    [[nodiscard]] SymmetricMatrix inverse() const;

private:
    SymmetricMatrix m_lower;
};

} // namespace espalier
