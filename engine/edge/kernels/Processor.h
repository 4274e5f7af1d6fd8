// SPDX-License-Identifier: Apache-2.0
// What an x86-64 processor can do and its operating system lets programs use. The compiler's own __builtin_cpu_supports() tells brands and models apart
// with 5 kB of code.
#pragma once

namespace espalier::edge {

struct ProcessorFeatures {
    bool avx2 = false; ///< and FMA
    bool avxVnni = false;
    bool avx512 = false; ///< F, BW, DQ and VL
    bool avx512Vnni = false;
    bool avx512Vbmi = false;
};

const ProcessorFeatures& processorFeatures();

} // namespace espalier::edge
