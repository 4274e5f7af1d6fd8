// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/kernels/Processor.h"

#if defined(__x86_64__)

#include <cpuid.h>

namespace espalier::edge {
namespace {

/// The registers of a leaf of CPUID, zeros where the processor has none.
struct Leaf {
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;

    Leaf(unsigned leaf, unsigned part)
    {
        if (__get_cpuid_count(leaf, part, &a, &b, &c, &d) == 0)
            a = b = c = d = 0;
    }
};

constexpr unsigned bit(unsigned number)
{
    return 1U << number;
}

bool has(unsigned value, unsigned bits)
{
    return (value & bits) == bits;
}

/// The registers that the operating system keeps for each program (XCR0). Only where OSXSAVE says that there is such an instruction.
unsigned keptRegisters()
{
    unsigned low = 0;
    unsigned high = 0;
    __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return low;
}

/// Bits of the Intel and AMD manuals (CPUID leaves 1 and 7).
ProcessorFeatures detect()
{
    constexpr unsigned osxsave = bit(27);
    constexpr unsigned registersOfAvx = bit(1) | bit(2);
    constexpr unsigned registersOfAvx512 = registersOfAvx | bit(5) | bit(6) | bit(7);
    const Leaf first(1, 0);
    const unsigned kept = has(first.c, osxsave) ? keptRegisters() : 0;
    const Leaf seventh(7, 0);
    ProcessorFeatures features;
    features.avx2 = has(kept, registersOfAvx) && has(first.c, bit(12) | bit(28)) && has(seventh.b, bit(5)); // FMA, AVX; AVX2
    features.avxVnni = features.avx2 && has(Leaf(7, 1).a, bit(4));
    features.avx512 = features.avx2 && has(kept, registersOfAvx512) && has(seventh.b, bit(16) | bit(17) | bit(30) | bit(31)); // F, DQ, BW, VL
    features.avx512Vnni = features.avx512 && has(seventh.c, bit(11));
    features.avx512Vbmi = features.avx512 && has(seventh.c, bit(1));
    return features;
}

} // namespace

const ProcessorFeatures& processorFeatures()
{
    static const ProcessorFeatures features = detect();
    return features;
}

} // namespace espalier::edge

#endif
