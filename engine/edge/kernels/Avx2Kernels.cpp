// SPDX-License-Identifier: Apache-2.0
// x86-64 with AVX2 and FMA. Only the functions marked here use those instructions; the file itself is compiled for the baseline,
// so that one executable runs on every x86-64.
#include "engine/edge/kernels/KernelTables.h"
#include "engine/edge/kernels/Processor.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define ESPALIER_AVX2 __attribute__((target("avx2,fma")))

namespace espalier::edge {
namespace {

/// Rows worked on together, so that each load of the vector serves four.
constexpr std::size_t tile = 4;

ESPALIER_AVX2 float sumOf(__m256 v)
{
    __m128 sum = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    sum = _mm_add_ps(sum, _mm_movehl_ps(sum, sum));
    return _mm_cvtss_f32(_mm_add_ss(sum, _mm_movehdup_ps(sum)));
}

template <std::size_t Rows>
ESPALIER_AVX2 void floatRows(const float* row, std::size_t stride, std::size_t columns, const float* vector, float* out)
{
    __m256 sums[Rows];
    for (std::size_t r = 0; r < Rows; ++r)
        sums[r] = _mm256_setzero_ps();
    std::size_t c = 0;
    for (; c + 8 <= columns; c += 8) {
        const __m256 x = _mm256_loadu_ps(vector + c);
        for (std::size_t r = 0; r < Rows; ++r)
            sums[r] = _mm256_fmadd_ps(_mm256_loadu_ps(row + r * stride + c), x, sums[r]);
    }
    for (std::size_t r = 0; r < Rows; ++r) {
        float sum = sumOf(sums[r]);
        for (std::size_t rest = c; rest < columns; ++rest)
            sum += row[r * stride + rest] * vector[rest];
        out[r] = sum;
    }
}

ESPALIER_AVX2 void multiplyFloat(const MatrixView<float>& matrix, const float* vector, float* out)
{
    std::size_t r = 0;
    for (; r + tile <= matrix.rows; r += tile)
        floatRows<tile>(matrix.data + r * matrix.stride, matrix.stride, matrix.columns, vector, out + r);
    for (; r < matrix.rows; ++r)
        floatRows<1>(matrix.data + r * matrix.stride, matrix.stride, matrix.columns, vector, out + r);
}

ESPALIER_AVX2 std::int32_t sumOf(__m256i v)
{
    __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
    sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, _MM_SHUFFLE(1, 0, 3, 2)));
    return _mm_cvtsi128_si32(_mm_add_epi32(sum, _mm_shuffle_epi32(sum, _MM_SHUFFLE(2, 3, 0, 1))));
}

/// |x| times the weight with x's sign: a pair of products is at most 2 * 127 * 127 = 32258, so the 16-bit sum never saturates.
ESPALIER_AVX2 __m256i addProducts(__m256i sum, __m256i weights, __m256i vector)
{
    const __m256i pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(vector), _mm256_sign_epi8(weights, vector));
    return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

template <std::size_t Rows>
ESPALIER_AVX2 void int8Rows(const std::int8_t* row, std::size_t stride, std::size_t columns, const std::int8_t* vector, std::int32_t* out)
{
    __m256i sums[Rows];
    for (std::size_t r = 0; r < Rows; ++r)
        sums[r] = _mm256_setzero_si256();
    std::size_t c = 0;
    for (; c + 32 <= columns; c += 32) {
        const __m256i x = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(vector + c));
        for (std::size_t r = 0; r < Rows; ++r)
            sums[r] = addProducts(sums[r], _mm256_loadu_si256(reinterpret_cast<const __m256i*>(row + r * stride + c)), x);
    }
    for (std::size_t r = 0; r < Rows; ++r) {
        std::int32_t sum = sumOf(sums[r]);
        for (std::size_t rest = c; rest < columns; ++rest)
            sum += std::int32_t{row[r * stride + rest]} * std::int32_t{vector[rest]};
        out[r] = sum;
    }
}

ESPALIER_AVX2 void multiplyInt8(const MatrixView<std::int8_t>& matrix, const std::int8_t* vector, std::int32_t* out)
{
    std::size_t r = 0;
    for (; r + tile <= matrix.rows; r += tile)
        int8Rows<tile>(matrix.data + r * matrix.stride, matrix.stride, matrix.columns, vector, out + r);
    for (; r < matrix.rows; ++r)
        int8Rows<1>(matrix.data + r * matrix.stride, matrix.stride, matrix.columns, vector, out + r);
}

/// Rows from @p first on. Multiplied and added apart, as the reference does.
template <std::size_t Rows>
ESPALIER_AVX2 void groupedRows(const GroupedView& matrix, std::size_t first, const std::int8_t* vector, float* out)
{
    const MatrixView<std::int8_t>& codes = matrix.codes;
    const float* scales = matrix.scales + first;
    float sums[Rows] = {};
    for (std::size_t begin = 0; begin < codes.columns; begin += matrix.group, scales += matrix.scaleStride) {
        const std::size_t left = codes.columns - begin;
        std::int32_t products[Rows];
        int8Rows<Rows>(codes.data + first * codes.stride + begin, codes.stride, left < matrix.group ? left : matrix.group, vector + begin, products);
        for (std::size_t r = 0; r < Rows; ++r)
            sums[r] += scales[r] * static_cast<float>(products[r]);
    }
    for (std::size_t r = 0; r < Rows; ++r)
        out[first + r] = sums[r];
}

ESPALIER_AVX2 void multiplyGroups(const GroupedView& matrix, const std::int8_t* vector, float* out)
{
    std::size_t r = 0;
    for (; r + tile <= matrix.codes.rows; r += tile)
        groupedRows<tile>(matrix, r, vector, out);
    for (; r < matrix.codes.rows; ++r)
        groupedRows<1>(matrix, r, vector, out);
}

Kernels makeTable()
{
    Kernels table{.name = "avx2", .loops = VectorWidth::Avx2, .multiplyFloat = multiplyFloat, .multiplyInt8 = multiplyInt8, .multiplyGroups = multiplyGroups};
    addAvx2SparseKernels(table);
    return table;
}

} // namespace

const Kernels* avx2Kernels()
{
    if (!processorFeatures().avx2)
        return nullptr;
    static const Kernels table = makeTable();
    return &table;
}

} // namespace espalier::edge

#else

namespace espalier::edge {
const Kernels* avx2Kernels() { return nullptr; }
} // namespace espalier::edge

#endif
