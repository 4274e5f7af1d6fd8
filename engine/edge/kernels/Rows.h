// SPDX-License-Identifier: Apache-2.0
// What the layouts of a matrix of int8 codes share: the matrix they are made from, the rows they are multiplied with, and what belongs to each output besides its weights.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <vector>

namespace espalier::edge {

/// Memory that begins with a line of the cache: registers of a whole line would else be read from two.
template <typename T>
struct LineAllocator {
    using value_type = T;
    static constexpr std::align_val_t line{64};

    LineAllocator() = default;
    template <typename Other>
    LineAllocator(const LineAllocator<Other>&)
    {
    }
    T* allocate(std::size_t count) { return static_cast<T*>(::operator new(count * sizeof(T), line)); }
    void deallocate(T* memory, std::size_t) { ::operator delete(memory, line); }
    bool operator==(const LineAllocator&) const = default;
};

template <typename T>
using LineVector = std::vector<T, LineAllocator<T>>;

/// A matrix as it stands in a package: [outputs x inputs], one scale an output.
struct CodeMatrix {
    std::span<const std::int8_t> codes;
    std::span<const float> scales;
    std::size_t inputs = 0;

    [[nodiscard]] std::size_t outputs() const { return scales.size(); }
    [[nodiscard]] const std::int8_t* row(std::size_t output) const { return codes.data() + output * inputs; }
};

/// Kernels may read as much behind the last row of codes; what they find there does not count.
inline constexpr std::size_t rowSlack = 64;

/// Rows of codes that are multiplied at once, one behind the other.
struct QuantizedRows {
    const std::int8_t* codes = nullptr; ///< [count x inputs], and rowSlack bytes behind
    std::size_t count = 0;
    const float* scales = nullptr; ///< one a row
    std::byte* scratch = nullptr;  ///< working memory of the kernel, aligned to 64 bytes: as much as scratchBytes() says
};

/// Of each output, with zeros up to a whole number of groups.
struct OutputTerms {
    std::vector<float> scales;
    std::vector<std::int32_t> offsets; ///< what the sum begins with: -128 times the sum of the weights, where the codes of rows have 128 added

    [[nodiscard]] std::size_t bytes() const { return scales.size() * sizeof(float) + offsets.size() * sizeof(std::int32_t); }
};

OutputTerms outputTerms(const CodeMatrix& matrix, std::size_t group);

/// How many of @p codes are zero.
[[gnu::hot, gnu::noinline]] std::size_t zerosOf(std::span<const std::int8_t> codes);

} // namespace espalier::edge
