// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/kernels/PackedMatrix.h"

#include <algorithm>
#include <optional>

namespace espalier::edge {
namespace {

/// Outputs worked on at once, so that their weights stay in the first-level cache while all rows pass by.
constexpr std::size_t block = 16;

enum class Layout { Dense, Gather, Pairs };

struct Plan {
    Layout layout = Layout::Dense;
    std::size_t gather = 0; ///< which of the table's shapes
    std::size_t steps = 0;  ///< in it
    RowCost cost;
};

/// Bytes that a sparse layout may take for each code of the matrix, so that no costs, however wrong, use up the memory.
constexpr double mostBytes = 2.5;
/// Of the dense layout's cost, what a sparse one may be expected to take: about even, it would only take more memory and longer to pack.
constexpr double mostCost = 0.9;

double rowCost(const LayoutCost& cost, const CodeMatrix& matrix, double places)
{
    return static_cast<double>(cost.ends) * static_cast<double>(matrix.inputs + matrix.outputs()) + static_cast<double>(cost.place) * places;
}

bool offered(const LayoutCost& cost) { return cost.ends > 0 || cost.place > 0; }

/// The cheapest layout of @p matrix. Makes @p keptInputs where it needs them.
Plan planOf(const Kernels& kernels, const CodeMatrix& matrix, std::size_t maxRows, std::optional<KeptInputs>& keptInputs)
{
    const ProductCosts& costs = maxRows > 1 ? kernels.costs : kernels.costsOfOneRow;
    const std::size_t keptCount = matrix.codes.size() - zerosOf(matrix.codes);
    const auto all = static_cast<double>(matrix.codes.size());
    const auto kept = static_cast<double>(keptCount);
    const double dense = rowCost(costs.dense, matrix, all);
    Plan best{Layout::Dense, 0, 0, {dense, dense}};
    double least = dense * mostCost;
    if (const double cost = rowCost(costs.pairs, matrix, kept); kernels.multiplyPairs != nullptr && offered(costs.pairs) && cost < least
                                                                && matrix.inputs <= maxPairInputs && kept * sizeof(CodePair) / 2 <= all * mostBytes) {
        best = {Layout::Pairs, 0, 0, {cost, dense}};
        least = cost;
    }
    for (std::size_t i = 0; i < costs.gather.size(); ++i) {
        const GatherShape& shape = kernels.gatherShapes[i];
        // With every place used it would win nothing.
        if (shape.outputs == 0 || !offered(costs.gather[i]) || rowCost(costs.gather[i], matrix, kept) >= least
            || (shape.windows == Windows::Sliding && matrix.inputs > maxSlidingInputs))
            continue;
        if (!keptInputs)
            keptInputs.emplace(matrix, keptCount);
        const std::size_t steps = countGatherSteps(*keptInputs, shape);
        const auto places = static_cast<double>(steps * shape.places());
        if (const double cost = rowCost(costs.gather[i], matrix, places); cost < least && 2 * places <= all * mostBytes) {
            best = {Layout::Gather, i, steps, {cost, dense}};
            least = cost;
        }
    }
    return best;
}

} // namespace

PackedMatrix PackedMatrix::pack(const Kernels& kernels, std::vector<std::int8_t> codes, std::span<const float> scales, const PackOptions& options)
{
    const std::size_t inputs = options.inputs;
    PackedMatrix packed;
    packed.m_inputs = inputs;
    packed.m_scales.assign(scales.begin(), scales.end());
    const CodeMatrix matrix{codes, scales, inputs};
    std::optional<KeptInputs> kept;
    const Plan plan = planOf(kernels, matrix, options.maxRows, kept);
    packed.m_cost = plan.cost;
    if (plan.layout == Layout::Pairs)
        packed.m_pairs = packPairLists(matrix);
    else if (plan.layout == Layout::Gather)
        packed.m_gather = packGatherPanels(*kept, kernels.gatherShapes[plan.gather], plan.steps);
    else if (kernels.multiplyPanels != nullptr)
        packed.m_panels = packPanels(matrix);
    else
        packed.m_codes = std::move(codes);
    return packed;
}

std::string PackedMatrix::layout() const
{
    if (m_gather.outputs > 0)
        return m_gather.shape.windows == Windows::Fixed ? "gather" : "sliding gather";
    if (m_pairs.outputs > 0)
        return "pairs";
    return m_panels.outputs > 0 ? "panels" : "rows";
}

std::size_t PackedMatrix::bytes() const
{
    return m_scales.size() * sizeof(float) + m_codes.size() + m_panels.bytes() + m_gather.bytes() + m_pairs.bytes();
}

std::size_t PackedMatrix::tile(const Kernels& kernels) const
{
    if (m_gather.outputs > 0)
        return kernels.tiles.gather[m_gather.shape.windows == Windows::Fixed ? 0 : 1];
    if (m_pairs.outputs > 0)
        return kernels.tiles.pairs;
    return m_panels.outputs > 0 ? kernels.tiles.panels : 1;
}

void PackedMatrix::multiply(const Kernels& kernels, const QuantizedRows& rows, float* out) const
{
    if (m_gather.outputs > 0)
        return kernels.multiplyGather(m_gather.view(), rows, out);
    if (m_pairs.outputs > 0)
        return kernels.multiplyPairs(m_pairs.view(), rows, out);
    if (m_panels.outputs > 0)
        return kernels.multiplyPanels(m_panels, rows, out);
    multiplyRows(kernels, rows, out);
}

void PackedMatrix::multiplyRows(const Kernels& kernels, const QuantizedRows& rows, float* out) const
{
    for (std::size_t first = 0; first < outputs(); first += block) {
        const std::size_t count = std::min(block, outputs() - first);
        const MatrixView<std::int8_t> weights{m_codes.data() + first * m_inputs, count, m_inputs, m_inputs};
        for (std::size_t row = 0; row < rows.count; ++row) {
            std::int32_t sums[block];
            kernels.multiplyInt8(weights, rows.codes + row * m_inputs, sums);
            for (std::size_t i = 0; i < count; ++i)
                out[row * outputs() + first + i] = static_cast<float>(sums[i]) * rows.scales[row] * m_scales[first + i];
        }
    }
}

} // namespace espalier::edge
