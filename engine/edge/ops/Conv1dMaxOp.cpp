// SPDX-License-Identifier: Apache-2.0
// A filter of width W over T tokens of E numbers is a product with the W x E numbers that lie side by side under it, so the window slides over
// the input as it stands, without a copy. Where the sentence is shorter than the filter, the rows past its end are zero: the
// product then simply stops at the last token. Addition of the bias and ReLU keep order, so they come after the maximum.
#include "engine/edge/kernels/PackedMatrix.h"
#include "engine/edge/kernels/VectorLoops.h"
#include "engine/edge/ops/OpCatalog.h"
#include "engine/edge/ops/QuantizedInput.h"

#include <algorithm>
#include <limits>

namespace espalier::edge {
namespace {

/// Filters worked on together while the windows slide: their weights stay in the first-level cache.
constexpr std::size_t block = 16;

struct ConvPlan {
    const Kernels* kernels = nullptr;
    std::size_t filters = 0;
    std::size_t width = 0;
    bool relu = false;
    std::vector<float> bias;
    std::vector<float> values;      ///< fp32 weights, filters x (width x input columns)
    std::vector<std::int8_t> codes; ///< int8 weights with groups, (width x filters) x input columns
    std::vector<PackedMatrix> positions; ///< int8 weights without: for each position, without the filters' scales
    std::vector<float> scales;      ///< int8: one a filter; or as GroupedView has them
    std::size_t group = 0;          ///< int8: input columns that share a scale; 0: all of them
    ValueInfo input;
    ValueInfo output;
    QuantizedInput tokens; ///< int8
    Slot windowSums;       ///< int8: windows x filters
    Slot products;         ///< int8: the same of one position
};

/// What both precisions share: bias, activation and the number of windows.
class ConvStep : public Step {
protected:
    explicit ConvStep(ConvPlan plan) : m_plan(std::move(plan)) {}

    [[nodiscard]] std::size_t windows(std::size_t tokens) const { return tokens < m_plan.width ? 1 : tokens - m_plan.width + 1; }
    void finish(float* out) const
    {
        for (std::size_t f = 0; f < m_plan.filters; ++f) {
            out[f] += m_plan.bias[f];
            if (m_plan.relu)
                out[f] = std::max(out[f], 0.0F);
        }
    }

    ConvPlan m_plan;
};

class FloatConvStep final : public ConvStep {
public:
    explicit FloatConvStep(ConvPlan plan) : ConvStep(std::move(plan)) {}

    void run(const Frame& frame) const override
    {
        const float* in = frame.at<float>(m_plan.input.slot);
        float* out = frame.at<float>(m_plan.output.slot);
        const std::size_t stride = m_plan.width * m_plan.input.columns;
        const std::size_t columns = std::min(m_plan.width, frame.tokens()) * m_plan.input.columns;
        for (std::size_t f = 0; f < m_plan.filters; f += block) {
            const std::size_t rows = std::min(block, m_plan.filters - f);
            const MatrixView<float> weights{m_plan.values.data() + f * stride, rows, columns, stride};
            std::fill_n(out + f, rows, -std::numeric_limits<float>::infinity());
            float sums[block];
            for (std::size_t window = 0; window < windows(frame.tokens()); ++window) {
                m_plan.kernels->multiplyFloat(weights, in + window * m_plan.input.columns, sums);
                for (std::size_t i = 0; i < rows; ++i)
                    out[f + i] = std::max(out[f + i], sums[i]);
            }
        }
        finish(out);
    }
};

/// Each token may be quantised with a scale of its own, so a product covers one token and one position in the filter; the positions are
/// added up as floats, in the same order on every processor.
class Int8ConvStep final : public ConvStep {
public:
    explicit Int8ConvStep(ConvPlan plan) : ConvStep(std::move(plan)) {}

    void run(const Frame& frame) const override
    {
        m_plan.tokens.quantize(frame, frame.at<float>(m_plan.input.slot), frame.tokens());
        float* sums = frame.at<float>(m_plan.windowSums);
        std::fill_n(sums, windows(frame.tokens()) * m_plan.filters, 0.0F);
        for (std::size_t position = 0; position < std::min(m_plan.width, frame.tokens()); ++position)
            addPosition(frame, position, sums);
        float* out = frame.at<float>(m_plan.output.slot);
        takeLargest(frame, out);
        for (std::size_t f = 0; m_plan.group == 0 && f < m_plan.filters; ++f)
            out[f] *= m_plan.scales[f];
        finish(out);
    }

private:
    /// For each filter, of all windows.
    void takeLargest(const Frame& frame, float* out) const
    {
        const float* sums = frame.at<float>(m_plan.windowSums);
        const std::size_t count = windows(frame.tokens());
        const std::size_t filters = m_plan.filters;
        std::copy_n(sums, filters, out);
        vectorized([=]() ESPALIER_INLINED {
            for (std::size_t window = 1; window < count; ++window)
                for (std::size_t f = 0; f < filters; ++f)
                    out[f] = out[f] < sums[window * filters + f] ? sums[window * filters + f] : out[f];
        });
    }

    /// Adds what @p position contributes to every window.
    void addPosition(const Frame& frame, std::size_t position, float* sums) const
    {
        const std::size_t count = windows(frame.tokens());
        float* products = frame.at<float>(m_plan.products);
        const QuantizedRows tokens = m_plan.tokens.rows(frame, position, count);
        if (m_plan.group > 0)
            multiplyGroups(tokens, position, products);
        else
            m_plan.positions[position].multiply(*m_plan.kernels, tokens, products);
        const std::size_t all = count * m_plan.filters;
        vectorized([=]() ESPALIER_INLINED {
            for (std::size_t i = 0; i < all; ++i)
                sums[i] += products[i];
        });
    }

    void multiplyGroups(const QuantizedRows& tokens, std::size_t position, float* out) const
    {
        const std::size_t columns = m_plan.input.columns;
        for (std::size_t first = 0; first < m_plan.filters; first += block) {
            const std::size_t rows = std::min(block, m_plan.filters - first);
            const MatrixView<std::int8_t> weights{m_plan.codes.data() + (position * m_plan.filters + first) * columns, rows, columns, columns};
            for (std::size_t token = 0; token < tokens.count; ++token) {
                float* target = out + token * m_plan.filters + first;
                m_plan.kernels->multiplyGroups({weights, m_plan.group, m_plan.scales.data() + first, m_plan.filters}, tokens.codes + token * columns, target);
                for (std::size_t i = 0; i < rows; ++i)
                    target[i] *= tokens.scales[token];
            }
        }
    }
};

/// From the package's order (filter, column, position) to the kernels'.
[[gnu::hot, gnu::noinline]] void pack(const Tensor& weight, ConvPlan& plan)
{
    const std::size_t columns = plan.input.columns;
    plan.values.resize(weight.values.size());
    plan.codes.resize(weight.codes.size());
    plan.scales = weight.quantized ? scalesByGroup(weight) : std::vector<float>();
    if (plan.scales.empty())
        plan.scales = weight.scales;
    else
        plan.group = weight.groupElements / plan.width;
    for (std::size_t f = 0; f < plan.filters; ++f)
        for (std::size_t c = 0; c < columns; ++c)
            for (std::size_t w = 0; w < plan.width; ++w) {
                const std::size_t from = (f * columns + c) * plan.width + w;
                if (weight.quantized)
                    plan.codes[(w * plan.filters + f) * columns + c] = weight.codes[from];
                else
                    plan.values[(f * plan.width + w) * columns + c] = weight.values[from];
            }
}

Result<void> reserveWorkingMemory(ConvPlan& plan, BuildContext& context, float range)
{
    ESPALIER_TRY(plan.tokens, QuantizedInput::create(context, {context.maxTokens(), plan.input.columns, range, plan.group == 0 && plan.kernels->biasedCodes}));
    ESPALIER_TRY(plan.windowSums, context.reserve(context.maxTokens(), plan.filters, sizeof(float)));
    ESPALIER_TRY(plan.products, context.reserve(context.maxTokens(), plan.filters, sizeof(float)));
    return {};
}

/// Without groups, the codes of each position become a matrix of their own.
void packPositions(ConvPlan& plan, std::size_t maxRows)
{
    const std::vector<float> ones(plan.filters, 1); // the filters' own scales come after the positions are added up
    const auto size = static_cast<std::ptrdiff_t>(plan.filters * plan.input.columns);
    for (auto begin = plan.codes.begin(); plan.group == 0 && begin != plan.codes.end(); begin += size)
        plan.positions.push_back(PackedMatrix::pack(*plan.kernels, std::vector<std::int8_t>(begin, begin + size), ones, {plan.input.columns, maxRows}));
    if (plan.group == 0)
        std::vector<std::int8_t>().swap(plan.codes); // "= {}" would keep the memory
}

/// That of all positions, which may have different layouts: "gather, panels".
MatrixPlan describe(const ConvPlan& plan, const Tensor& weight)
{
    MatrixPlan description = unpackedPlan(weight);
    if (plan.positions.empty())
        return description;
    description.layout.clear();
    description.bytes = 0;
    for (const PackedMatrix& position : plan.positions) {
        description.bytes += position.bytes();
        description.tile = std::max(description.tile, position.tile(*plan.kernels));
        description.cost.chosen += position.rowCost().chosen;
        description.cost.dense += position.rowCost().dense;
        if (description.layout.find(position.layout()) == std::string::npos)
            description.layout += (description.layout.empty() ? "" : ", ") + position.layout();
    }
    return description;
}

} // namespace

Result<BuiltStep> buildConv1dMax(const Op& op, BuildContext& context)
{
    ConvPlan plan;
    plan.kernels = &context.kernels();
    ESPALIER_CHECK(checkForm(op, 1, {"weight", "bias"}, {"activation", "input_range"}));
    ESPALIER_TRY(plan.relu, usesRelu(op));
    ESPALIER_TRY(const float range, rangeOf(op, "input_range"));
    ESPALIER_TRY(plan.input, context.input(op, 0));
    if (!plan.input.perToken)
        return opError(op, "its input '" + op.inputs[0] + "' must have a row a token");
    ESPALIER_TRY(const Tensor weight, context.tensor(op, "weight", 3));
    if (static_cast<std::size_t>(weight.shape[1]) != plan.input.columns)
        return opError(op, "its weight takes " + std::to_string(weight.shape[1]) + " columns, its input has " + std::to_string(plan.input.columns));
    plan.filters = weight.rows();
    plan.width = static_cast<std::size_t>(weight.shape[2]);
    if (weight.quantized && plan.input.columns > maxInt8Columns)
        return opError(op, "its weight is too wide for int8");
    ESPALIER_TRY(plan.bias, context.vector(op, "bias", plan.filters));
    ESPALIER_TRY(plan.output, context.reserveValue(false, plan.filters));
    pack(weight, plan);
    const ValueInfo output = plan.output;
    if (weight.quantized) {
        ESPALIER_CHECK(reserveWorkingMemory(plan, context, range));
        packPositions(plan, context.maxTokens());
    }
    context.record(describe(plan, weight));
    if (!weight.quantized)
        return BuiltStep{std::make_unique<FloatConvStep>(std::move(plan)), output};
    return BuiltStep{std::make_unique<Int8ConvStep>(std::move(plan)), output};
}

} // namespace espalier::edge
