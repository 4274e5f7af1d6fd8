// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/coding/RansVectors.h"

namespace espalier::edge {
namespace {

RansVectors choose()
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq"))
        return ransAvx512();
    if (__builtin_cpu_supports("avx2"))
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
