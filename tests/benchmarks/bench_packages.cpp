// SPDX-License-Identifier: GPL-3.0-or-later
// Bits a weight of int8 tensors in a package, with the scales of their rows and without, beside the limit H(s) + (1 - s) H(v) and zstd -19 of
// the same codes, neither of which has scales; and how fast one core decodes them: random matrices under random and balanced masks, then the tensors of a checkpoint, pruned layer by layer without fine-tuning. After
// that, for every position of the slider, the package's predicted size against its true one; and what a profile of 25 million weights takes.
//
//   bench_packages [CHECKPOINT]    the folder of a trained checkpoint
#include "engine/compression/Pruning.h"
#include "engine/core/Random.h"
#include "engine/edge/PackageFormat.h"
#include "engine/edge/Tensor.h"
#include "engine/exporting/Encodings.h"
#include "engine/exporting/EntropyEncoder.h"
#include "engine/exporting/PackageWriter.h"
#include "tests/benchmarks/Benchmark.h"
#include "tests/exporting/ToyCheckpoint.h"

#include <cmath>
#include <ctime>
#include <map>
#include <zstd.h>

using namespace espalier;
using namespace espalier::benchmark;

namespace {

constexpr std::array sparsities{0.0, 0.5, 0.8, 0.9, 0.95, 0.99};

double entropyOf(const std::map<int, std::size_t>& counts)
{
    double total = 0;
    for (const auto& [symbol, count] : counts)
        total += static_cast<double>(count);
    double bits = 0;
    for (const auto& [symbol, count] : counts)
        bits += static_cast<double>(count) * std::log2(total / static_cast<double>(count));
    return total == 0 ? 0 : bits / total;
}

/// H(s) + (1 - s) H(v) in bits a weight.
double limitOf(const std::vector<std::int8_t>& codes)
{
    std::map<int, std::size_t> mask;
    std::map<int, std::size_t> kept;
    for (const std::int8_t code : codes) {
        ++mask[code != 0];
        if (code != 0)
            ++kept[code];
    }
    return entropyOf(mask) + static_cast<double>(mask[1]) / static_cast<double>(codes.size()) * entropyOf(kept);
}

double zstdBits(const std::vector<std::int8_t>& codes)
{
    std::string compressed(ZSTD_compressBound(codes.size()), '\0');
    const std::size_t size = ZSTD_compress(compressed.data(), compressed.size(), codes.data(), codes.size(), 19);
    return 8.0 * static_cast<double>(size) / static_cast<double>(codes.size());
}

/// Of this thread alone, whatever else the machine does.
double coreSecondsOf(auto action)
{
    const std::clock_t begin = std::clock();
    action();
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

/// Seconds of one core for decoding @p encoded once: the least of some rounds.
double decodingSeconds(const std::string& name, const Tensor& tensor, const EncodedTensor& encoded)
{
    const edge::TensorRecord record{name, tensor.shape, encoded.choice.encoding, 0, encoded.bytes.size()};
    const auto bytes = std::as_bytes(std::span(encoded.bytes));
    const std::size_t times = 1 + 2'000'000 / tensor.values.size();
    double least = 1e9;
    for (int round = 0; round < 9; ++round)
        least = std::min(least, coreSecondsOf([&] {
            for (std::size_t i = 0; i < times; ++i)
                must(edge::decodeTensor(record, bytes));
        }));
    return least / static_cast<double>(times);
}

void report(const std::string& name, const Tensor& tensor)
{
    const auto quantized = quantize(tensor, {});
    const auto encoded = must(encodeTensor(name, tensor, "int8", true));
    const auto count = static_cast<double>(quantized.codes.size());
    const auto zeros = static_cast<double>(std::count(quantized.codes.begin(), quantized.codes.end(), 0));
    const double bits = 8 * static_cast<double>(encoded.bytes.size()) / count;
    const double limit = limitOf(quantized.codes);
    const std::vector<float> noScales(quantized.scales.size());
    const double codes = 8 * static_cast<double>(entropyCoded(noScales, quantized.codes)->size()) / count;
    std::printf("%-26s %5.1f %% %-9s %7.3f %7.3f %+6.1f %% %7.3f %+6.1f %% %8.3f %8.0f\n", name.c_str(), 100 * zeros / count, encoded.choice.encoding.c_str(), limit, bits,
                100 * (bits / limit - 1), codes, 100 * (codes / limit - 1), zstdBits(quantized.codes), count / decodingSeconds(name, tensor, encoded) / 1e6);
}

Tensor gaussian(std::int64_t rows, std::int64_t columns)
{
    Random random(5);
    Tensor tensor{{rows, columns}, {}};
    for (std::int64_t i = 0; i < rows * columns; ++i)
        tensor.values.push_back(test::normal(random));
    return tensor;
}

/// Keeps the largest of all, or of every 64 in a row.
Tensor pruned(Tensor tensor, double sparsity, bool balanced)
{
    const std::size_t pool = balanced ? 64 : tensor.values.size();
    const auto zeros = static_cast<std::size_t>(std::lround(sparsity * static_cast<double>(pool)));
    for (std::size_t begin = 0; begin < tensor.values.size(); begin += pool) {
        std::vector<std::size_t> order(pool);
        for (std::size_t i = 0; i < pool; ++i)
            order[i] = begin + i;
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return std::fabs(tensor.values[a]) < std::fabs(tensor.values[b]); });
        for (std::size_t i = 0; i < zeros; ++i)
            tensor.values[order[i]] = 0;
    }
    return tensor;
}

void reportRandom()
{
    const Tensor dense = gaussian(768, 3072);
    for (const bool balanced : {false, true})
        for (const double sparsity : sparsities)
            if (sparsity > 0 || !balanced)
                report(balanced ? "768 x 3072, balanced k:64" : "768 x 3072, unstructured", pruned(dense, sparsity, balanced));
}

void reportTensors(const Checkpoint& checkpoint)
{
    for (const double sparsity : sparsities) {
        const Checkpoint smaller = must(prune(checkpoint, {"layerwise", sparsity, "own"}));
        for (const auto& [name, tensor] : smaller.weights)
            if (tensor.shape.size() > 1)
                report(name, tensor);
    }
}

void reportPrediction(const Checkpoint& checkpoint)
{
    const std::vector<std::string> sentences{"turn on the lights", "what is the weather", "play a song"};
    RunContext context;
    for (const char* method : {"layerwise", "global"}) {
        const SparsityProfile profile = must(sparsityProfile(checkpoint, {method, 0, "own"}, "int8", context, sentences));
        double worst = 0;
        std::int64_t dense = 0;
        for (int step = 0; step < sparsityStepCount; step += 2) {
            const Checkpoint smaller = must(prune(checkpoint, {method, sparsityOfStep(step), "own"}));
            const auto bytes = static_cast<double>(must(encodePackage(smaller, sentences, {}, context)).bytes.size());
            worst = std::max(worst, std::fabs(static_cast<double>(profile.steps[static_cast<std::size_t>(step)].estimatedBytes) / bytes - 1));
            dense = step == 0 ? static_cast<std::int64_t>(bytes) : dense;
            if (step % 40 == 0 || step == 198)
                std::printf("%s, %d %%: %lld bytes predicted, %.0f packaged\n", method, step / 2,
                            static_cast<long long>(profile.steps[static_cast<std::size_t>(step)].estimatedBytes), bytes);
        }
        std::printf("%s: predicted sizes differ by %.2f %% at most\n", method, 100 * worst);
    }
}

void reportProfileTime()
{
    const Checkpoint large = test::randomCheckpoint({.words = 180000, .embedding = 128, .filters = 768, .classes = 150});
    std::size_t weights = 0;
    for (const auto& [name, tensor] : large.weights)
        weights += tensor.values.size();
    RunContext context;
    for (const char* method : {"layerwise", "global"}) {
        const double seconds = coreSecondsOf([&] { must(sparsityProfile(large, {method, 0, "own"}, "int8", context)); });
        std::printf("profile of %.1f million weights, %s: %.2f s of one core\n", static_cast<double>(weights) / 1e6, method, seconds);
    }
}

} // namespace

int main(int count, char** arguments)
{
    std::printf("%-26s %7s %-9s %7s %7s %8s %7s %8s %8s %8s\n", "tensor", "zeros", "encoding", "limit", "all", "above", "codes", "above", "zstd-19", "M/s");
    reportRandom();
    if (count > 1) {
        const Checkpoint checkpoint = must(loadCheckpoint(arguments[1]));
        reportTensors(checkpoint);
        reportPrediction(checkpoint);
    }
    reportProfileTime();
    return 0;
}
