// SPDX-License-Identifier: GPL-3.0-or-later
// Whole models with random int8 weights on the edge runtime, one thread: milliseconds a sentence with nothing pruned, and how many times faster with pruned weights, under
// free masks and under balanced ones of k:64, measured in turn. Sentences of one length at a time.
//
//   bench_models TABLE [MODEL...]    the kernels' name; models: tiny minilm distilbert bilstm textcnn; default: all
#include "tests/benchmarks/Benchmark.h"
#include "tests/benchmarks/RandomModels.h"

using namespace espalier;
using namespace espalier::benchmark;

namespace {

constexpr std::int64_t words = 400;
constexpr int rounds = 15;

const std::vector<Pruning> prunings{{"dense", 0}, {"75 %", 0.75}, {"87.5 %", 0.875}, {"90 %", 0.9}, {"95 %", 0.95}, {"16:64", 0.75, true}, {"8:64", 0.875, true}};

void report(const edge::Kernels& kernels, const std::string& name)
{
    std::vector<edge::Session> sessions;
    for (const Pruning& pruning : prunings)
        sessions.push_back(randomModel(name, pruning, words, kernels));
    for (const std::size_t length : {16, 64, 128}) {
        std::vector<std::int32_t> ids;
        for (std::size_t i = 0; i < length; ++i)
            ids.push_back(static_cast<std::int32_t>(2 + i * 37 % (words - 2)));
        std::vector<double> least(sessions.size(), 1e9);
        for (int round = 0; round < rounds; ++round)
            for (std::size_t i = 0; i < sessions.size(); ++i)
                for (int again = 0; again < 2; ++again) // the first brings the weights back into the caches
                    least[i] = std::min(least[i], secondsOf([&] { sessions[i].classifyIds(ids); }));
        std::printf("%-11s %-10s %3zu tokens: dense %8.3f ms;", kernels.name.data(), name.c_str(), length, least[0] * 1e3);
        for (std::size_t i = 1; i < sessions.size(); ++i)
            std::printf("  %s %.3f ms, %.2f x", prunings[i].name.c_str(), least[i] * 1e3, least[0] / least[i]);
        std::printf("\n");
        std::fflush(stdout);
    }
}

} // namespace

int main(int count, char** arguments)
{
    std::vector<std::string> models(arguments + std::min(count, 2), arguments + count);
    if (models.empty())
        models = {"tiny", "minilm", "distilbert", "bilstm", "textcnn"};
    if (count > 1)
        setenv("ESPALIER_EDGE_KERNELS", arguments[1], 1); // for the loops around the kernels, too
    for (const std::string& name : models)
        report(edge::chosenKernels(), name);
    return 0;
}
