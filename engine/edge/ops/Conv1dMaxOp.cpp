// SPDX-License-Identifier: Apache-2.0
// A filter of width W over T tokens of E numbers is a product with the W x E numbers that lie side by side under it, so the window slides over
// the input as it stands, without a copy. Where the sentence is shorter than the filter, the rows past its end are zero: the
// product then simply stops at the last token. Addition of the bias and ReLU keep order, so they come after the maximum.
#include "engine/edge/kernels/VectorLoops.h"
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
    std::vector<Panels> panels;     ///< int8, where the kernels have a use for them, instead of codes: for each position, without the filters' scales
    std::vector<float> scales;      ///< int8: one a filter; or as GroupedView has them
    std::size_t group = 0;          ///< int8: input columns that share a scale; 0: all of them
    ValueInfo input;
    ValueInfo output;
    Slot tokenCodes;  ///< int8: tokens x input columns
    Slot tokenScales; ///< int8: one a token
    Slot tokenSums;   ///< panels: of each token's codes
    Slot windowSums;  ///< int8: windows x filters
    Slot products;    ///< panels: the same of one position
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
        std::fill_n(frame.at<float>(m_plan.windowSums), windows(frame.tokens()) * m_plan.filters, 0.0F);
        for (std::size_t position = 0; position < std::min(m_plan.width, frame.tokens()); ++position) {
            if (!m_plan.panels.empty())
                addPanels(frame, position);
            for (std::size_t f = 0; m_plan.panels.empty() && f < m_plan.filters; f += block)
                addPosition(frame, position, f);
        }
        float* out = frame.at<float>(m_plan.output.slot);
        takeLargest(frame, out);
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
        auto* sums = m_plan.panels.empty() ? nullptr : frame.at<std::int32_t>(m_plan.tokenSums);
        const float range = m_plan.range;
        const std::size_t tokens = frame.tokens();
        vectorized([=]() ESPALIER_INLINED {
            for (std::size_t t = 0; t < tokens; ++t) {
                const float* from = in + t * columns;
                std::int8_t* to = codes + t * columns;
                scales[t] = range > 0 ? quantizeWithin(range, from, columns, to) : quantizeRow(from, columns, to);
                if (sums)
                    sums[t] = sumOfCodes(to, columns);
            }
        });
    }

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
    void addPanels(const Frame& frame, std::size_t position) const
    {
        const std::size_t count = windows(frame.tokens());
        float* products = frame.at<float>(m_plan.products);
        m_plan.kernels->multiplyPanels(m_plan.panels[position],
                                       {frame.at<std::int8_t>(m_plan.tokenCodes) + position * m_plan.input.columns, count, frame.at<float>(m_plan.tokenScales) + position,
                                        frame.at<std::int32_t>(m_plan.tokenSums) + position},
                                       products);
        float* sums = frame.at<float>(m_plan.windowSums);
        const std::size_t all = count * m_plan.filters;
        vectorized([=]() ESPALIER_INLINED {
            for (std::size_t i = 0; i < all; ++i)
                sums[i] += products[i];
        });
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

/// Where the kernels read panels, the codes of each position become one.
Result<void> packPositions(ConvPlan& plan, BuildContext& context)
{
    if (!plan.kernels->multiplyPanels || plan.group > 0 || plan.input.columns % panelInputs != 0)
        return {};
    ESPALIER_TRY(plan.tokenSums, context.reserve(context.maxTokens(), 1, sizeof(std::int32_t)));
    ESPALIER_TRY(plan.products, context.reserve(context.maxTokens(), plan.filters, sizeof(float)));
    const std::vector<float> ones(plan.filters, 1); // the filters' own scales come after the positions are added up
    const std::size_t size = plan.filters * plan.input.columns;
    for (std::size_t position = 0; position < plan.width; ++position)
        plan.panels.push_back(packPanels(std::span(plan.codes).subspan(position * size, size), ones, plan.input.columns));
    plan.codes = {};
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
    ESPALIER_CHECK(packPositions(plan, context));
    return BuiltStep{std::make_unique<Int8ConvStep>(std::move(plan)), output};
}

} // namespace espalier::edge
