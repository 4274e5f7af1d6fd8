// SPDX-License-Identifier: GPL-3.0-or-later
// What sparse layouts of int8 matrices win over the dense one of the same kernels: dense-equivalent GMAC/s (products that the dense matrix has, in 1e9 a second), and the
// dense layout's time over theirs, measured in turn on one thread. The costs in the kernels' tables (ProductCosts) come from the last column: the time of a place of the
// layout over that of one product of the dense one.
//
//   bench_kernels [TABLE...]    names of tables; default: all that this processor runs
#include "engine/edge/kernels/PackedMatrix.h"
#include "tests/benchmarks/Benchmark.h"
#include "tests/support/SparseCodes.h"

#include <functional>
#include <map>
#include <memory>

using namespace espalier;
using namespace espalier::benchmark;
using namespace espalier::edge;

namespace {

/// Different matrices one after the other, as in a model: a processor must not learn one by heart.
constexpr std::size_t matrixCount = 3;
constexpr int rounds = 40;

struct Shape {
    std::size_t inputs = 0;
    std::size_t outputs = 0;
    std::size_t rows = 0;
};

struct Layout {
    std::string name;
    double places = 0; ///< of one matrix
    std::function<void(const QuantizedRows& rows, float* out)> multiply; ///< all matrices
};

struct Mask {
    std::string name;
    std::function<test::SparseCodes(Random& random, const Shape& shape)> make;
};

const std::vector<Mask>& masks()
{
    static const std::vector<Mask> all = [] {
        std::vector<Mask> result;
        for (const double sparsity : {0.0, 0.4, 0.5, 0.6, 0.75, 0.875, 0.9, 0.95})
            result.push_back({std::to_string(sparsity * 100).substr(0, 4) + " %", [=](Random& random, const Shape& shape) {
                                  return test::freeMask(random, shape.outputs, shape.inputs, 1 - sparsity);
                              }});
        for (const std::size_t kept : {32, 16, 8, 4})
            result.push_back({std::to_string(kept) + ":64", [=](Random& random, const Shape& shape) { return test::balancedMask(random, shape.outputs, shape.inputs, kept); }});
        return result;
    }();
    return all;
}

/// @p multiply(packed, rows, out)
template <typename Packed, typename Multiply>
Layout layoutOf(const std::string& name, double places, std::vector<Packed> packed, Multiply multiply)
{
    return {name, places, [packed = std::make_shared<std::vector<Packed>>(std::move(packed)), multiply](const QuantizedRows& rows, float* out) {
                for (const Packed& matrix : *packed)
                    multiply(matrix, rows, out);
            }};
}

/// The dense layout first.
std::vector<Layout> layoutsOf(const Kernels& kernels, const std::vector<test::SparseCodes>& codes)
{
    std::vector<Layout> layouts;
    const auto packed = [&](auto pack) {
        std::vector<decltype(pack(codes[0]))> result;
        for (const auto& matrix : codes)
            result.push_back(pack(matrix));
        return result;
    };
    Kernels dense = kernels;
    dense.costs = dense.costsOfOneRow = {};
    auto matrices = packed([&](const test::SparseCodes& m) { return PackedMatrix::pack(dense, m.codes, m.scales, {m.inputs, 1}); });
    layouts.push_back(layoutOf("dense", static_cast<double>(codes[0].codes.size()), std::move(matrices),
                               [&](const PackedMatrix& matrix, const QuantizedRows& rows, float* out) { matrix.multiply(kernels, rows, out); }));
    if (kernels.multiplyPairs != nullptr) {
        auto lists = packed([](const test::SparseCodes& m) { return packPairLists(m.view()); });
        const auto places = static_cast<double>(lists[0].pairs.size() * 2);
        layouts.push_back(layoutOf("pairs", places, std::move(lists), [&](const PairLists& l, const QuantizedRows& rows, float* out) { kernels.multiplyPairs(l.view(), rows, out); }));
    }
    for (const GatherShape& shape : kernels.gatherShapes) {
        if (shape.outputs == 0)
            continue;
        auto panels = packed([&](const test::SparseCodes& m) { return packGatherPanels(m.view(), shape); });
        const auto places = static_cast<double>(panels[0].steps.size() / 2);
        layouts.push_back(layoutOf(shape.windows == Windows::Fixed ? "gather" : "sliding", places, std::move(panels),
                                   [&](const GatherPanels& p, const QuantizedRows& rows, float* out) { kernels.multiplyGather(p.view(), rows, out); }));
    }
    return layouts;
}

void report(const Kernels& kernels, const Shape& shape, const Mask& mask)
{
    Random random(7);
    std::vector<test::SparseCodes> codes;
    for (std::size_t i = 0; i < matrixCount; ++i)
        codes.push_back(mask.make(random, shape));
    const std::vector<Layout> layouts = layoutsOf(kernels, codes);
    const std::string chosen = PackedMatrix::pack(kernels, codes[0].codes, codes[0].scales, {shape.inputs, shape.rows}).layout();
    const test::SparseCodes rows = test::freeMask(random, shape.rows + 1, shape.inputs, 1);
    std::vector<float> out(shape.rows * shape.outputs);
    std::vector<std::byte> scratch(scratchBytes(kernels, shape.inputs) + 64);
    std::byte* aligned = scratch.data() + (64 - reinterpret_cast<std::uintptr_t>(scratch.data()) % 64);
    const QuantizedRows view{rows.codes.data(), shape.rows, rows.scales.data(), aligned};
    const std::size_t times = 1 + 16 / shape.rows;
    std::vector<double> least(layouts.size(), 1e9);
    for (int round = 0; round < rounds; ++round)
        for (std::size_t i = 0; i < layouts.size(); ++i)
            least[i] = std::min(least[i], secondsOf([&] {
                for (std::size_t time = 0; time < times; ++time)
                    layouts[i].multiply(view, out.data());
            }));
    const double products = static_cast<double>(times * matrixCount * shape.rows) * static_cast<double>(shape.inputs * shape.outputs);
    std::printf("%-12s %4zu x %4zu  M %3zu  %-6s dense %5.0f GMAC/s", kernels.name.data(), shape.inputs, shape.outputs, shape.rows, mask.name.c_str(), products / least[0] / 1e9);
    for (std::size_t i = 1; i < layouts.size(); ++i)
        std::printf("   %s %5.0f = %5.2f x, a place %4.2f", layouts[i].name.c_str(), products / least[i] / 1e9, least[0] / least[i],
                    least[i] / least[0] * layouts[0].places / layouts[i].places);
    std::printf("   plan: %s\n", chosen.c_str());
    std::fflush(stdout);
}

} // namespace

int main(int count, char** arguments)
{
    const std::vector<std::string> wanted(arguments + 1, arguments + count);
    for (const Kernels* kernels : availableKernels())
        if (wanted.empty() || std::find(wanted.begin(), wanted.end(), kernels->name) != wanted.end())
            for (const auto& [inputs, outputs] : {std::pair<std::size_t, std::size_t>{768, 3072}, {384, 1536}})
                for (const std::size_t rows : {1, 16, 128})
                    for (const Mask& mask : masks())
                        report(*kernels, {inputs, outputs, rows}, mask);
    return 0;
}
