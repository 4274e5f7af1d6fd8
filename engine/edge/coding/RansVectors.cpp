// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/coding/RansVectors.h"

#include "engine/edge/kernels/Processor.h"

namespace espalier::edge {
namespace {

RansVectors choose()
{
#if defined(__x86_64__)
    if (processorFeatures().avx512)
        return ransAvx512();
    if (processorFeatures().avx2)
        return ransAvx2();
#endif
    return {};
}

} // namespace

const RansVectors& ransVectors()
{
    static const RansVectors chosen = choose();
    return chosen;
}

} // namespace espalier::edge
