// SPDX-License-Identifier: GPL-3.0-or-later
// One target, ESPALIER_FUZZ_TARGET, as a libFuzzer program.
#include "tests/fuzzing/FuzzTargets.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace espalier::fuzzing;
    static const FuzzTarget target = *std::find_if(fuzzTargets().begin(), fuzzTargets().end(), [](const FuzzTarget& t) { return std::string_view(t.name) == ESPALIER_FUZZ_TARGET; });
    target.run({reinterpret_cast<const char*>(data), size});
    return 0;
}
