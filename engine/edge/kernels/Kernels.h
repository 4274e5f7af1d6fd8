// SPDX-License-Identifier: Apache-2.0
// The inner loops of the runtime, one table of functions for each kind of processor. The scalar table is the reference:
// integer results of every other table are equal to it bit for bit, and float results up to the order of additions.
// The best table that this processor can run is chosen when the program runs, never when it is compiled.
#pragma once

#include "engine/edge/kernels/GatherPanels.h"
#include "engine/edge/kernels/PairLists.h"
#include "engine/edge/kernels/Panels.h"

#include <array>
#include <string>
#include <string_view>

namespace espalier::edge {

/// A matrix of @c rows rows, each @c stride elements from the next, of which the first @c columns count.
template <typename T>
struct MatrixView {
    const T* data = nullptr;
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::size_t stride = 0;
};

/// Codes whose scale changes along a row: @c group columns share one, the last of a row may be fewer. The scales of one group of all rows lie
/// side by side: that of row r in group g is scales[g * scaleStride + r].
struct GroupedView {
    MatrixView<std::int8_t> codes;
    std::size_t group = 0;
    const float* scales = nullptr;
    std::size_t scaleStride = 0;
};

/// A matrix of floats, each row @c stride elements from the next.
struct FloatRows {
    const float* data = nullptr;
    std::size_t stride = 0;
};

/// Where a product goes: rows @c stride elements from the next, each times its factor where there are some.
struct ProductRows {
    float* data = nullptr;
    std::size_t stride = 0;
    const float* factors = nullptr;
};

/// Of a product [rows x inner] times [inner x columns].
struct ProductSize {
    std::size_t rows = 0;
    std::size_t inner = 0;
    std::size_t columns = 0;
};

/// How wide loops over numbers that do not touch each other are compiled (VectorLoops.h).
enum class VectorWidth { Baseline, Avx2, Avx512 };

/// What one row's product takes in a layout: ends x (inputs + outputs) for what is done once for each of them, and place x places, used or not. Both 0: never to be chosen.
struct LayoutCost {
    float ends = 0;
    float place = 0;
};

/// In femtoseconds where they were measured on this device (Calibration.h). Else in products of the dense layout, as bench_kernels measured them on one processor of the kind.
struct ProductCosts {
    LayoutCost dense{0, 1};
    std::array<LayoutCost, 2> gather{}; ///< with fixed windows, with sliding ones
    LayoutCost pairs{};
};

/// Rows that a kernel works on at once, at most.
struct RowTiles {
    std::uint8_t panels = 1;
    std::array<std::uint8_t, 2> gather{1, 1};
    std::uint8_t pairs = 1;
};

struct Kernels {
    std::string_view name; ///< "scalar", "avx2", "avx_vnni", "avx512_vnni", "avx512_vbmi", "neon", "neon_dot"
    VectorWidth loops = VectorWidth::Baseline;
    /// out[r] = sum over c of matrix[r][c] * vector[c]; out has matrix.rows elements.
    void (*multiplyFloat)(const MatrixView<float>& matrix, const float* vector, float* out);
    /// The same in integers. Codes are -127 to 127 and columns at most 2^17, so that the sum fits.
    void (*multiplyInt8)(const MatrixView<std::int8_t>& matrix, const std::int8_t* vector, std::int32_t* out);
    /// out[r] = sum over groups, one after the other, of scale * (that sum over the group's columns): the same bits in every table.
    void (*multiplyGroups)(const GroupedView& matrix, const std::int8_t* vector, float* out);
    /// out = left times right, as multiplyRows() of VectorBlocks.h, in the same bits. None where that is as fast.
    void (*multiplyFloats)(const FloatRows& left, const FloatRows& right, const ProductSize& size, const ProductRows& out) = nullptr;
    /// The layouts below take the codes of rows with 128 added, as bytes without a sign.
    bool biasedCodes = false;
    /// out[row x output] = the sum, as that of multiplyInt8, times the row's scale, times the output's. None where this processor has no use for the layout.
    void (*multiplyPanels)(const Panels& panels, const QuantizedRows& rows, float* out) = nullptr;
    void (*multiplyGather)(const GatherView& panels, const QuantizedRows& rows, float* out) = nullptr;
    void (*multiplyPairs)(const PairView& lists, const QuantizedRows& rows, float* out) = nullptr;
    std::array<GatherShape, 2> gatherShapes = {}; ///< with fixed windows, with sliding ones; of no outputs: none
    std::size_t scratchPerInput = 0; ///< bytes of working memory that the products above need, times the inputs; see scratchBytes()
    RowTiles tiles = {};
    ProductCosts costs = {};       ///< for several rows at once
    ProductCosts costsOfOneRow = {}; ///< for one at a time, which leaves the layouts' reading to count
    bool measuredHere = false;     ///< the costs, on this device
};

/// Bytes that QuantizedRows::scratch must have for rows of @p inputs codes.
[[nodiscard]] inline std::size_t scratchBytes(const Kernels& kernels, std::size_t inputs)
{
    constexpr std::size_t step = 64;
    return kernels.scratchPerInput * ((inputs + step - 1) / step * step);
}

/// Columns above this could overflow multiplyInt8's sum.
inline constexpr std::size_t maxInt8Columns = std::size_t{1} << 17;

const Kernels& scalarKernels();
/// Every table that this processor can run, the reference first and the best last.
std::span<const Kernels* const> availableKernels();
/// The best table, or the one that the environment variable ESPALIER_EDGE_KERNELS names, where this processor can run it.
const Kernels& chosenKernels();

} // namespace espalier::edge
