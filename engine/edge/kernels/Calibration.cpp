// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/kernels/Calibration.h"

#include "engine/edge/kernels/PackedMatrix.h"

#include <algorithm>

#include <time.h>

namespace espalier::edge {
namespace {

constexpr std::size_t severalRows = 16;
constexpr double budgetSeconds = 0.03; ///< for the products; packing their matrices takes about as long
constexpr int leastRuns = 3;
/// Of one run, so that reading the clock does not count.
constexpr double runSeconds = 20e-6;
/// More than the second-level cache of most processors, and enough.
constexpr std::size_t mostWeights = std::size_t{4} << 20;

struct Sample {
    std::size_t inputs;
    std::size_t outputs;
    std::uint32_t kept; ///< of 256 codes
};

/// Small and large, at 90 and at 60 % zeros: what is done for each input and output counts once more, once less. The largest are of the size of a model's, since small ones, again
/// and again, flatter the sparse layouts.
constexpr std::array<Sample, 3> samples{{{128, 384, 26}, {384, 768, 26}, {768, 512, 102}}};
constexpr std::size_t mostInputs = 768;
constexpr std::size_t mostOutputs = 768;

/// Dense, gather with fixed and with sliding windows, pairs.
constexpr std::size_t layouts = 4;

double threadSeconds()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// xorshift (Marsaglia 2003): codes that no processor foresees.
class Numbers {
public:
    std::uint32_t next()
    {
        m_state ^= m_state << 13;
        m_state ^= m_state >> 17;
        return m_state ^= m_state << 5;
    }

private:
    std::uint32_t m_state = 2463534242U;
};

LayoutCost& costOf(ProductCosts& costs, std::size_t layout)
{
    return layout == 0 ? costs.dense : layout == 3 ? costs.pairs : costs.gather[layout - 1];
}

bool hasLayout(const Kernels& kernels, std::size_t layout)
{
    return layout == 0 || (layout == 3 ? kernels.multiplyPairs != nullptr : kernels.gatherShapes[layout - 1].outputs > 0);
}

constexpr float nextToNothing = 1e-6F;

/// The table with costs that leave no other choice.
Kernels onlyWith(const Kernels& kernels, std::size_t layout)
{
    Kernels only = kernels;
    only.costs = {};
    only.costs.dense = {1, 1};
    if (layout > 0)
        costOf(only.costs, layout).place = nextToNothing;
    return only;
}

/// What was measured of one product.
struct Point {
    std::size_t layout = 0;
    std::size_t rows = 0;
    double ends = 0;   ///< inputs and outputs
    double places = 0; ///< that the layout has for the matrix
    double least = 1;  ///< seconds of one product
};

/// ends and place of one row, such that the squares of the relative errors are least; neither below 0.
LayoutCost fit(const std::vector<Point>& points, std::size_t layout, std::size_t rows)
{
    double xx = 0;
    double xy = 0;
    double yy = 0;
    double x1 = 0;
    double y1 = 0;
    for (const Point& point : points) {
        if (point.layout != layout || point.rows != rows)
            continue;
        const double femtoseconds = std::max(point.least, 1e-9) * 1e15 / static_cast<double>(rows);
        const double x = point.ends / femtoseconds;
        const double y = point.places / femtoseconds;
        xx += x * x;
        xy += x * y;
        yy += y * y;
        x1 += x;
        y1 += y;
    }
    const double determinant = xx * yy - xy * xy;
    const double ends = determinant > 0 ? (x1 * yy - y1 * xy) / determinant : 0;
    const double place = determinant > 0 ? (y1 * xx - x1 * xy) / determinant : 0;
    if (ends >= 0 && place > 0)
        return {static_cast<float>(ends), static_cast<float>(place)};
    return {0, yy > 0 ? static_cast<float>(y1 / yy) : 0};
}

class Calibrator {
public:
    Calibrator(const Kernels& kernels, std::size_t weights)
        : m_kernels(kernels), m_weights(std::min(weights, mostWeights)), m_rows(severalRows * mostInputs + rowSlack), m_scales(mostOutputs, 1),
          m_out(severalRows * mostOutputs), m_scratch(scratchBytes(kernels, mostInputs))
    {
        for (std::int8_t& code : m_rows)
            code = static_cast<std::int8_t>(static_cast<int>(m_numbers.next() % 255) - 127);
    }

    Kernels run()
    {
        for (const Sample& sample : samples)
            measure(sample);
        Kernels result = m_kernels;
        result.costs = result.costsOfOneRow = {};
        result.measuredHere = true;
        for (std::size_t layout = 0; layout < layouts; ++layout) {
            costOf(result.costs, layout) = fit(m_points, layout, severalRows);
            costOf(result.costsOfOneRow, layout) = fit(m_points, layout, 1);
        }
        return result;
    }

private:
    void measure(const Sample& sample)
    {
        std::vector<std::int8_t> codes(sample.inputs * sample.outputs);
        for (std::int8_t& code : codes) {
            const std::uint32_t bits = m_numbers.next();
            code = bits >> 24 < sample.kept ? static_cast<std::int8_t>(bits & 127U) : std::int8_t{0};
        }
        const std::span<const float> scales(m_scales.data(), sample.outputs);
        for (std::size_t layout = 0; layout < layouts; ++layout) {
            if (!hasLayout(m_kernels, layout))
                continue;
            const PackedMatrix packed = PackedMatrix::pack(onlyWith(m_kernels, layout), codes, scales, {sample.inputs, severalRows});
            const double places = layout == 0 ? static_cast<double>(codes.size()) : packed.rowCost().chosen / double{nextToNothing};
            // As many as the model has weights: what does not stay in the caches there must not do so here.
            const std::vector<PackedMatrix> matrices(std::max<std::size_t>(m_weights / codes.size(), 1), packed);
            for (const std::size_t rows : {std::size_t{1}, severalRows})
                m_points.push_back({layout, rows, static_cast<double>(sample.inputs + sample.outputs), places, secondsOf(matrices, rows)});
        }
    }
    /// Of one product, in the fastest of several runs, each over the next of the matrices.
    double secondsOf(const std::vector<PackedMatrix>& matrices, std::size_t count)
    {
        constexpr double share = budgetSeconds / (2 * layouts * samples.size());
        const QuantizedRows rows{m_rows.data(), count, m_scales.data(), reinterpret_cast<std::byte*>(m_scratch.data())};
        std::size_t next = 0;
        std::size_t products = 1; // of a run
        double least = 1;
        const double start = threadSeconds();
        double now = start;
        for (int run = 0; run < leastRuns || now - start < share; ++run) {
            const double begin = now;
            for (std::size_t i = 0; i < products; ++i, ++next)
                matrices[next % matrices.size()].multiply(m_kernels, rows, m_out.data());
            now = threadSeconds();
            least = std::min(least, (now - begin) / static_cast<double>(products));
            products = static_cast<std::size_t>(std::clamp(runSeconds / std::max(least, 1e-7), 1.0, 64.0));
        }
        return least;
    }

    const Kernels& m_kernels;
    std::size_t m_weights;
    Numbers m_numbers;
    std::vector<std::int8_t> m_rows;
    std::vector<float> m_scales;
    std::vector<float> m_out;
    LineVector<std::uint8_t> m_scratch;
    std::vector<Point> m_points;
};

} // namespace

Kernels calibrated(const Kernels& kernels, std::size_t weights)
{
    return Calibrator(kernels, weights).run();
}

} // namespace espalier::edge
