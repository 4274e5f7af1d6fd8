// SPDX-License-Identifier: Apache-2.0
// A filter of width W over T tokens of E numbers is a product with the W x E numbers that lie side by side under it, so the window slides over
// the input as it stands, without a copy. Where the sentence is shorter than the filter, the rows past its end are zero: the
// product then simply stops at the last token. Addition of the bias and ReLU keep order, so they come after the maximum.
#include "engine/edge/ops/OpCatalog.h"
#include "engine/edge/ops/Quantize.h"

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
    float range = 0; ///< of the input, calibrated; 0: each token has its own
    std::vector<float> bias;
    std::vector<float> values;      ///< fp32 weights, filters x (width x input columns)
    std::vector<std::int8_t> codes; ///< int8 weights, (width x filters) x input columns
    std::vector<float> scales;      ///< int8: one a filter; or as GroupedView has them
    std::size_t group = 0;          ///< int8: input columns that share a scale; 0: all of them
    ValueInfo input;
    ValueInfo output;
    Slot tokenCodes;  ///< int8: tokens x input columns
    Slot tokenScales; ///< int8: one a token
    Slot windowSums;  ///< int8: windows x filters
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
        quantizeTokens(frame);
        float* sums = frame.at<float>(m_plan.windowSums);
        std::fill_n(sums, windows(frame.tokens()) * m_plan.filters, 0.0F);
        for (std::size_t position = 0; position < std::min(m_plan.width, frame.tokens()); ++position)
            for (std::size_t f = 0; f < m_plan.filters; f += block)
                addPosition(frame, position, f);
        float* out = frame.at<float>(m_plan.output.slot);
        std::copy_n(sums, m_plan.filters, out);
        for (std::size_t window = 1; window < windows(frame.tokens()); ++window)
            for (std::size_t f = 0; f < m_plan.filters; ++f)
                out[f] = std::max(out[f], sums[window * m_plan.filters + f]);
        for (std::size_t f = 0; m_plan.group == 0 && f < m_plan.filters; ++f)
            out[f] *= m_plan.scales[f];
        finish(out);
    }

private:
    void quantizeTokens(const Frame& frame) const
    {
        const std::size_t columns = m_plan.input.columns;
        const float* in = frame.at<float>(m_plan.input.slot);
        auto* codes = frame.at<std::int8_t>(m_plan.tokenCodes);
        auto* scales = frame.at<float>(m_plan.tokenScales);
        for (std::size_t t = 0; t < frame.tokens(); ++t)
            scales[t] = m_plan.range > 0 ? quantizeWithin(m_plan.range, in + t * columns, columns, codes + t * columns)
                                         : quantizeRow(in + t * columns, columns, codes + t * columns);
    }

    /// Adds what @p position of up to `block` filters from @p first contributes to every window.
    void addPosition(const Frame& frame, std::size_t position, std::size_t first) const
    {
        const std::size_t columns = m_plan.input.columns;
        const std::size_t rows = std::min(block, m_plan.filters - first);
        const MatrixView<std::int8_t> weights{m_plan.codes.data() + (position * m_plan.filters + first) * columns, rows, columns, columns};
        const auto* codes = frame.at<std::int8_t>(m_plan.tokenCodes);
        const auto* scales = frame.at<float>(m_plan.tokenScales);
        float* sums = frame.at<float>(m_plan.windowSums) + first;
        float products[block];
        for (std::size_t window = 0; window < windows(frame.tokens()); ++window, sums += m_plan.filters) {
            const std::size_t token = window + position;
            multiply(weights, first, codes + token * columns, products);
            for (std::size_t i = 0; i < rows; ++i)
                sums[i] += scales[token] * products[i];
        }
    }

    /// @p weights: those of the filters from @p first on. Without groups the filters' scales come last.
    void multiply(const MatrixView<std::int8_t>& weights, std::size_t first, const std::int8_t* codes, float* out) const
    {
        if (m_plan.group > 0)
            return m_plan.kernels->multiplyGroups({weights, m_plan.group, m_plan.scales.data() + first, m_plan.filters}, codes, out);
        std::int32_t products[block];
        m_plan.kernels->multiplyInt8(weights, codes, products);
        std::copy_n(products, weights.rows, out);
    }
};

/// From the package's order (filter, column, position) to the kernels'.
void pack(const Tensor& weight, ConvPlan& plan)
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

Result<void> reserveWorkingMemory(ConvPlan& plan, BuildContext& context)
{
    ESPALIER_TRY(plan.tokenCodes, context.reserve(context.maxTokens(), plan.input.columns, sizeof(std::int8_t)));
    ESPALIER_TRY(plan.tokenScales, context.reserve(context.maxTokens(), 1, sizeof(float)));
    ESPALIER_TRY(plan.windowSums, context.reserve(context.maxTokens(), plan.filters, sizeof(float)));
    return {};
}

} // namespace

Result<BuiltStep> buildConv1dMax(const Op& op, BuildContext& context)
{
    ConvPlan plan;
    plan.kernels = &context.kernels();
    ESPALIER_CHECK(checkForm(op, 1, {"weight", "bias"}, {"activation", "input_range"}));
    ESPALIER_TRY(plan.relu, usesRelu(op));
    ESPALIER_TRY(plan.range, rangeOf(op, "input_range"));
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
    if (!weight.quantized)
        return BuiltStep{std::make_unique<FloatConvStep>(std::move(plan)), output};
    ESPALIER_CHECK(reserveWorkingMemory(plan, context));
    return BuiltStep{std::make_unique<Int8ConvStep>(std::move(plan)), output};
}

} // namespace espalier::edge
