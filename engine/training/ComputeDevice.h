// SPDX-License-Identifier: GPL-3.0-or-later
// What the LibTorch in use and this processor offer: devices, threads, bf16 products. This header is free of LibTorch.
#pragma once

#include "engine/core/Result.h"

#include <string>
#include <vector>

namespace espalier {

/// "cpu", then "cuda:0" and so on.
std::vector<std::string> computeDevices();

/// A member of computeDevices() for @p asked: "auto" (the first GPU, else the CPU), "cpu", "cuda" or "cuda:N". NotFound when it is absent,
/// with what there is; InvalidArgument for another text.
Result<std::string> resolveDevice(const std::string& asked);

/// Whether the processor multiplies bf16 numbers itself (AVX512_BF16 or AMX).
bool hasBf16Products();

/// Sets the threads of LibTorch and of OpenBLAS, which LibTorch forgets, for work that the calling thread begins. 0: as many as cores.
/// Returns how many.
int useThreads(int threads);

} // namespace espalier
