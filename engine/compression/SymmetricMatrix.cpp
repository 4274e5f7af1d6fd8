// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/SymmetricMatrix.h"

#include <algorithm>
#include <cmath>

namespace espalier {

namespace {

constexpr double leastPivot = 1e-12; ///< of the diagonal's own value

double dot(const double* a, const double* b, std::size_t count)
{
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i)
        sum += a[i] * b[i];
    return sum;
}

} // namespace

CholeskyFactor::CholeskyFactor(SymmetricMatrix matrix) : m_lower(std::move(matrix))
{
    for (std::size_t i = 0; i < m_lower.size(); ++i) {
        double* row = m_lower.row(i);
        for (std::size_t j = 0; j < i; ++j)
            row[j] = (row[j] - dot(row, m_lower.row(j), j)) / m_lower.at(j, j);
        row[i] = std::sqrt(std::max(row[i] - dot(row, row, i), row[i] * leastPivot));
    }
}

std::vector<double> CholeskyFactor::solve(std::vector<double> right) const
{
    const std::size_t size = m_lower.size();
    for (std::size_t i = 0; i < size; ++i)
        right[i] = (right[i] - dot(m_lower.row(i), right.data(), i)) / m_lower.at(i, i);
    for (std::size_t i = size; i-- > 0;) {
        right[i] /= m_lower.at(i, i);
        for (std::size_t j = 0; j < i; ++j)
            right[j] -= m_lower.at(i, j) * right[i];
    }
    return right;
}

/// The inverse's columns are sums over the rows of L^-1: L^-T L^-1.
SymmetricMatrix CholeskyFactor::inverse() const
{
    const std::size_t size = m_lower.size();
    SymmetricMatrix lower(size); // L^-1, a row from those before it
    for (std::size_t i = 0; i < size; ++i) {
        double* row = lower.row(i);
        for (std::size_t k = 0; k < i; ++k) {
            const double factor = m_lower.at(i, k);
            const double* before = lower.row(k);
            for (std::size_t j = 0; j <= k; ++j)
                row[j] -= factor * before[j];
        }
        row[i] = 1;
        for (std::size_t j = 0; j <= i; ++j)
            row[j] /= m_lower.at(i, i);
    }
    SymmetricMatrix result(size);
    for (std::size_t k = 0; k < size; ++k) {
        const double* row = lower.row(k);
        for (std::size_t i = 0; i <= k; ++i)
            for (std::size_t j = 0; j <= i; ++j)
                result.at(i, j) += row[i] * row[j];
    }
    return result;
}

} // namespace espalier
