// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a package with random int8 weights, for measuring a runtime that was built for another machine: tests/benchmarks/instructions.sh.
//
//   write_model MODEL SPARSITY WORDS FILE    MODEL: as randomModel() has them; SPARSITY: 0 to 1, without pattern; WORDS: of the vocabulary, "w2", "w3"...
#include "engine/core/SafeFile.h"
#include "tests/benchmarks/Benchmark.h"
#include "tests/benchmarks/RandomModels.h"

using namespace espalier;
using namespace espalier::benchmark;

int main(int count, char** arguments)
{
    if (count != 5) {
        std::fprintf(stderr, "write_model MODEL SPARSITY WORDS FILE\n");
        return 2;
    }
    const Pruning pruning{"free", std::atof(arguments[2])};
    const auto written = writeFileSafely(arguments[4], randomPackage(arguments[1], pruning, std::atoll(arguments[3])));
    if (!written)
        std::fprintf(stderr, "%s\n", written.error().message().c_str());
    return written ? 0 : 1;
}
