// SPDX-License-Identifier: Apache-2.0
// The tables that only some processors can run. Private to the kernels.
#pragma once

#include "engine/edge/kernels/Kernels.h"

namespace espalier::edge {

/// The table, or null when this build or this processor cannot run it.
const Kernels* avx2Kernels();
const Kernels* avxVnniKernels();
const Kernels* avx512Kernels();
const Kernels* avx512VbmiKernels();
const Kernels* neonKernels();
const Kernels* neonDotKernels();

#if defined(__x86_64__)
/// Adds the products of sparse layouts to a table of a processor with AVX2.
void addAvx2SparseKernels(Kernels& table);
#endif
#if defined(__ARM_NEON) || defined(__arm__)
/// The same for one with NEON.
void addNeonSparseKernels(Kernels& table);
/// Kernels::multiplyFloats.
void multiplyFloatsNeon(const FloatRows& left, const FloatRows& right, const ProductSize& size, const ProductRows& out);
#endif

} // namespace espalier::edge
