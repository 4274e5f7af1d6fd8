// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/kernels/Kernels.h"

#include "engine/edge/kernels/KernelTables.h"
#include "engine/edge/kernels/VectorLoops.h"

#include <array>
#include <cstdlib>

namespace espalier::edge {
namespace {

struct Available {
    std::array<const Kernels*, 7> tables{};
    std::size_t count = 0;

    Available()
    {
        for (const Kernels* table : {&scalarKernels(), avx2Kernels(), avxVnniKernels(), avx512Kernels(), avx512VbmiKernels(), neonKernels(), neonDotKernels()})
            if (table != nullptr)
                tables[count++] = table;
    }
};

} // namespace

std::span<const Kernels* const> availableKernels()
{
    static const Available available;
    return {available.tables.data(), available.count};
}

const Kernels& chosenKernels()
{
    const char* wanted = std::getenv("ESPALIER_EDGE_KERNELS");
    for (const Kernels* table : availableKernels())
        if (wanted != nullptr && table->name == wanted)
            return *table;
    return *availableKernels().back();
}

VectorWidth vectorWidth()
{
    static const VectorWidth width = chosenKernels().loops;
    return width;
}

} // namespace espalier::edge
