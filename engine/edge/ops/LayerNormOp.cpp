// SPDX-License-Identifier: Apache-2.0
// Sums and norms of rows: a residual connection and layer norm in one pass over a row while it is in the first-level cache.
#include "engine/edge/kernels/VectorBlocks.h"
#include "engine/edge/kernels/VectorLoops.h"
#include "engine/edge/ops/OpCatalog.h"

#include <cmath>

namespace espalier::edge {
namespace {

class AddStep final : public Step {
public:
    AddStep(const ValueInfo& one, const ValueInfo& two, const ValueInfo& output) : m_one(one), m_two(two), m_output(output) {}

    void run(const Frame& frame) const override
    {
        const float* one = frame.at<float>(m_one.slot);
        const float* two = frame.at<float>(m_two.slot);
        float* out = frame.at<float>(m_output.slot);
        const std::size_t count = m_one.rows(frame.tokens()) * m_one.columns;
        vectorized([=]() ESPALIER_INLINED {
            for (std::size_t i = 0; i < count; ++i)
                out[i] = one[i] + two[i];
        });
    }

private:
    ValueInfo m_one;
    ValueInfo m_two;
    ValueInfo m_output;
};

struct NormPlan {
    std::vector<float> weight;
    std::vector<float> bias;
    float epsilon = 0;
    std::vector<ValueInfo> inputs; ///< one, or two that are added first
    ValueInfo output;
};

/// A row's norm, or that of the sum of two.
struct RowNorm {
    const float* weight = nullptr;
    const float* bias = nullptr;
    float epsilon = 0;
    std::size_t columns = 0;

    template <std::size_t Bytes>
    [[gnu::always_inline]] void normalize(const float* in, const float* residual, float* out) const
    {
        for (std::size_t c = 0; c < columns; ++c)
            out[c] = residual == nullptr ? in[c] : in[c] + residual[c];
        const auto count = static_cast<float>(columns);
        const float mean = sumOfRow<Bytes>(out, columns) / count;
        const float variance = sumOfSquares<Bytes>(out, columns, mean) / count;
        const float inverse = 1 / std::sqrt(variance + epsilon);
        for (std::size_t c = 0; c < columns; ++c)
            out[c] = (out[c] - mean) * inverse * weight[c] + bias[c];
    }
};

class LayerNormStep final : public Step {
public:
    explicit LayerNormStep(NormPlan plan) : m_plan(std::move(plan)) {}

    void run(const Frame& frame) const override
    {
        const std::size_t columns = m_plan.output.columns;
        const RowNorm norm{m_plan.weight.data(), m_plan.bias.data(), m_plan.epsilon, columns};
        const float* in = frame.at<float>(m_plan.inputs[0].slot);
        const float* residual = m_plan.inputs.size() == 2 ? frame.at<float>(m_plan.inputs[1].slot) : nullptr;
        float* out = frame.at<float>(m_plan.output.slot);
        const std::size_t rows = m_plan.output.rows(frame.tokens());
        vectorizedByWidth([=](auto bytes) ESPALIER_INLINED {
            for (std::size_t row = 0; row < rows; ++row)
                norm.normalize<bytes()>(in + row * columns, residual == nullptr ? nullptr : residual + row * columns, out + row * columns);
        });
    }

private:
    NormPlan m_plan;
};

/// The inputs of @p op, one or two, which must have the same form.
Result<std::vector<ValueInfo>> sameInputs(const Op& op, const BuildContext& context)
{
    std::vector<ValueInfo> inputs;
    for (std::size_t i = 0; i < op.inputs.size(); ++i) {
        ESPALIER_TRY(const ValueInfo input, context.input(op, i));
        if (!inputs.empty() && (input.perToken != inputs[0].perToken || input.columns != inputs[0].columns))
            return opError(op, "its inputs '" + op.inputs[0] + "' and '" + op.inputs[i] + "' must have the same rows and columns");
        inputs.push_back(input);
    }
    return inputs;
}

Result<float> epsilonOf(const Op& op)
{
    const auto text = op.attributes.find("epsilon");
    if (text == op.attributes.end())
        return opError(op, "its attribute 'epsilon' is missing");
    const float epsilon = numberOf(op, "epsilon").value_or(-1);
    if (!(epsilon >= 0 && epsilon <= 1))
        return opError(op, "its attribute 'epsilon' is '" + text->second + "', which is no number from 0 to 1");
    return epsilon;
}

} // namespace

Result<BuiltStep> buildAdd(const Op& op, BuildContext& context)
{
    ESPALIER_CHECK(checkForm(op, 2, {}, {}));
    ESPALIER_TRY(const auto inputs, sameInputs(op, context));
    ESPALIER_TRY(const ValueInfo output, context.reserveValue(inputs[0].perToken, inputs[0].columns));
    return BuiltStep{std::make_unique<AddStep>(inputs[0], inputs[1], output), output};
}

Result<BuiltStep> buildLayerNorm(const Op& op, BuildContext& context)
{
    ESPALIER_CHECK(checkForm(op, 0, {"weight", "bias"}, {"epsilon"}));
    if (op.inputs.size() > 2)
        return opError(op, "it takes one input or two, not " + std::to_string(op.inputs.size()));
    NormPlan plan;
    ESPALIER_TRY(plan.epsilon, epsilonOf(op));
    ESPALIER_TRY(plan.inputs, sameInputs(op, context));
    const ValueInfo& input = plan.inputs[0];
    ESPALIER_TRY(plan.weight, context.vector(op, "weight", input.columns));
    ESPALIER_TRY(plan.bias, context.vector(op, "bias", input.columns));
    ESPALIER_TRY(plan.output, context.reserveValue(input.perToken, input.columns));
    const ValueInfo output = plan.output;
    return BuiltStep{std::make_unique<LayerNormStep>(std::move(plan)), output};
}

} // namespace espalier::edge
