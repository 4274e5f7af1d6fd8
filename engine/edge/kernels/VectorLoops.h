// SPDX-License-Identifier: Apache-2.0
// Loops over numbers that do not touch each other, compiled for every width of vectors that a processor may have. Nothing is contracted or reordered in them, so the
// results are the same bits at every width.
#pragma once

#include "engine/edge/kernels/Kernels.h"

#include <type_traits>

/// On the lambda that vectorized() takes, and on what it calls: only what is inlined is compiled anew.
#define ESPALIER_INLINED __attribute__((always_inline))

namespace espalier::edge {

/// That of chosenKernels(), as this process began.
VectorWidth vectorWidth();

#if defined(__x86_64__)
// GCC stays with half of the register unless it is told; Clang has no such words in an attribute.
#if defined(__clang__)
#define ESPALIER_WIDEST "avx512f,avx512bw,avx512dq,avx512vl"
#else
#define ESPALIER_WIDEST "avx512f,avx512bw,avx512dq,avx512vl,prefer-vector-width=512"
#endif

template <typename Loop>
__attribute__((target("avx2"), noinline)) void inAvx2(const Loop& loop)
{
    loop();
}

template <typename Loop>
__attribute__((target(ESPALIER_WIDEST), noinline)) void inAvx512(const Loop& loop)
{
    loop();
}
#endif

template <typename Loop>
inline void vectorized(const Loop& loop)
{
#if defined(__x86_64__)
    switch (vectorWidth()) {
    case VectorWidth::Avx512: return inAvx512(loop);
    case VectorWidth::Avx2: return inAvx2(loop);
    case VectorWidth::Baseline: break;
    }
#endif
    loop();
}

/// The same for a loop that wants to know the width: it is called with std::integral_constant, the bytes of a register.
template <typename Loop>
inline void vectorizedByWidth(const Loop& loop)
{
#if defined(__x86_64__)
    switch (vectorWidth()) {
    case VectorWidth::Avx512: return inAvx512([&loop]() ESPALIER_INLINED { loop(std::integral_constant<std::size_t, 64>()); });
    case VectorWidth::Avx2: return inAvx2([&loop]() ESPALIER_INLINED { loop(std::integral_constant<std::size_t, 32>()); });
    case VectorWidth::Baseline: break;
    }
#endif
    loop(std::integral_constant<std::size_t, 16>());
}

} // namespace espalier::edge
