// SPDX-License-Identifier: GPL-3.0-or-later
// The other half of encoders.py: the encoders of ../shared/peers on the edge runtime, timed when it asks. It reads lines of the standard input:
//
//   load MODEL                        tiny, minilm or distilbert, dense and pruned; prints "ready", the kernels' name, and the names of the prunings
//   time PRUNING TOKENS SECONDS       sentences of so many tokens, again and again; prints the least milliseconds of one
#include "engine/edge/LargeMemory.h"
#include "tests/benchmarks/Benchmark.h"
#include "tests/benchmarks/RandomModels.h"

#include <iostream>
#include <map>
#include <sstream>

using namespace espalier;
using namespace espalier::benchmark;

namespace {

constexpr std::int64_t words = 30522; ///< BERT's

const std::vector<Pruning> prunings{{"dense"}, {"8:64", 0.875, true}, {"free87.5", 0.875}};

double leastMilliseconds(edge::Session& session, std::size_t tokens, double seconds)
{
    std::vector<std::int32_t> ids;
    for (std::size_t i = 0; i < tokens; ++i)
        ids.push_back(static_cast<std::int32_t>((i * 97 + 11) % 30000)); // as run.js has them
    double least = 1e9;
    double all = 0;
    for (int run = 0; run < 5 || all < seconds; ++run) {
        const double one = threadSecondsOf([&] { session.classifyIds(ids); });
        least = std::min(least, one);
        all += one;
    }
    return least * 1e3;
}

} // namespace

int main()
{
    edge::expectPackage(std::size_t{100} << 20); // as espalier-edge does
    std::map<std::string, edge::Session> sessions;
    for (std::string line; std::getline(std::cin, line);) {
        std::istringstream request(line);
        std::string act;
        std::string name;
        std::size_t tokens = 0;
        double seconds = 0;
        request >> act >> name >> tokens >> seconds;
        if (act == "load") {
            sessions.clear();
            std::cout << "ready " << edge::chosenKernels().name;
            for (const Pruning& pruning : prunings) {
                sessions.emplace(pruning.name, randomModel(name, pruning, words, edge::chosenKernels()));
                std::cout << ' ' << pruning.name;
            }
            std::cout << std::endl;
        } else {
            std::cout << leastMilliseconds(sessions.at(name), tokens, seconds) << std::endl;
        }
    }
    return 0;
}
