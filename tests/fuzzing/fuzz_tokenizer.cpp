// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzzing/TokenizerTarget.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    espalier::fuzzing::runTokenizerInput({reinterpret_cast<const char*>(data), size});
    return 0;
}
