// SPDX-License-Identifier: Apache-2.0
// One row from a row a token: the first, the largest of each column, the mean, or a mean weighted by attention.
#include "engine/edge/Elementary.h"
#include "engine/edge/ops/OpCatalog.h"

#include <algorithm>

namespace espalier::edge {
namespace {

class FirstRowStep final : public Step {
public:
    FirstRowStep(const ValueInfo& input, const ValueInfo& output) : m_input(input), m_output(output) {}

    void run(const Frame& frame) const override { std::copy_n(frame.at<float>(m_input.slot), m_input.columns, frame.at<float>(m_output.slot)); }

private:
    ValueInfo m_input;
    ValueInfo m_output;
};

class MaxPoolStep final : public Step {
public:
    MaxPoolStep(const ValueInfo& input, const ValueInfo& output) : m_input(input), m_output(output) {}

    void run(const Frame& frame) const override
    {
        const float* in = frame.at<float>(m_input.slot);
        float* out = frame.at<float>(m_output.slot);
        std::copy_n(in, m_input.columns, out);
        for (std::size_t t = 1; t < frame.tokens(); ++t) {
            in += m_input.columns;
            for (std::size_t c = 0; c < m_input.columns; ++c)
                out[c] = std::max(out[c], in[c]);
        }
    }

private:
    ValueInfo m_input;
    ValueInfo m_output;
};

/// Adds the rows of @p in to @p out, each times its weight.
void addWeighted(const float* in, const float* weights, std::size_t rows, std::size_t columns, float* out)
{
    std::fill_n(out, columns, 0.0F);
    for (std::size_t t = 0; t < rows; ++t, in += columns)
        for (std::size_t c = 0; c < columns; ++c)
            out[c] += weights[t] * in[c];
}

class MeanPoolStep final : public Step {
public:
    MeanPoolStep(const ValueInfo& input, const ValueInfo& output, Slot weights) : m_input(input), m_output(output), m_weights(weights) {}

    void run(const Frame& frame) const override
    {
        float* weights = frame.at<float>(m_weights);
        std::fill_n(weights, frame.tokens(), 1.0F / static_cast<float>(frame.tokens()));
        addWeighted(frame.at<float>(m_input.slot), weights, frame.tokens(), m_input.columns, frame.at<float>(m_output.slot));
    }

private:
    ValueInfo m_input;
    ValueInfo m_output;
    Slot m_weights;
};

struct AttentionPlan {
    const Kernels* kernels = nullptr;
    std::vector<float> query;
    ValueInfo keys;
    ValueInfo input;
    ValueInfo output;
    Slot weights; ///< one a token
};

class AttentionPoolStep final : public Step {
public:
    explicit AttentionPoolStep(AttentionPlan plan) : m_plan(std::move(plan)) {}

    void run(const Frame& frame) const override
    {
        const std::size_t columns = m_plan.keys.columns;
        float* weights = frame.at<float>(m_plan.weights);
        m_plan.kernels->multiplyFloat({frame.at<float>(m_plan.keys.slot), frame.tokens(), columns, columns}, m_plan.query.data(), weights);
        const float largest = *std::max_element(weights, weights + frame.tokens());
        float sum = 0;
        for (std::size_t t = 0; t < frame.tokens(); ++t)
            sum += weights[t] = exponential(weights[t] - largest);
        for (std::size_t t = 0; t < frame.tokens(); ++t)
            weights[t] /= sum;
        addWeighted(frame.at<float>(m_plan.input.slot), weights, frame.tokens(), m_plan.input.columns, frame.at<float>(m_plan.output.slot));
    }

private:
    AttentionPlan m_plan;
};

} // namespace

Result<BuiltStep> buildFirstRow(const Op& op, BuildContext& context)
{
    ESPALIER_CHECK(checkForm(op, 1, {}, {}));
    ESPALIER_TRY(const ValueInfo input, context.tokenInput(op, 0));
    ESPALIER_TRY(const ValueInfo output, context.reserveValue(false, input.columns));
    return BuiltStep{std::make_unique<FirstRowStep>(input, output), output};
}

Result<BuiltStep> buildMaxPool(const Op& op, BuildContext& context)
{
    ESPALIER_CHECK(checkForm(op, 1, {}, {}));
    ESPALIER_TRY(const ValueInfo input, context.tokenInput(op, 0));
    ESPALIER_TRY(const ValueInfo output, context.reserveValue(false, input.columns));
    return BuiltStep{std::make_unique<MaxPoolStep>(input, output), output};
}

Result<BuiltStep> buildMeanPool(const Op& op, BuildContext& context)
{
    ESPALIER_CHECK(checkForm(op, 1, {}, {}));
    ESPALIER_TRY(const ValueInfo input, context.tokenInput(op, 0));
    ESPALIER_TRY(const ValueInfo output, context.reserveValue(false, input.columns));
    ESPALIER_TRY(const Slot weights, context.reserve(context.maxTokens(), 1, sizeof(float)));
    return BuiltStep{std::make_unique<MeanPoolStep>(input, output, weights), output};
}

Result<BuiltStep> buildAttentionPool(const Op& op, BuildContext& context)
{
    AttentionPlan plan;
    plan.kernels = &context.kernels();
    ESPALIER_CHECK(checkForm(op, 2, {"query"}, {}));
    ESPALIER_TRY(plan.keys, context.tokenInput(op, 0));
    ESPALIER_TRY(plan.input, context.tokenInput(op, 1));
    ESPALIER_TRY(plan.query, context.vector(op, "query", plan.keys.columns));
    ESPALIER_TRY(plan.output, context.reserveValue(false, plan.input.columns));
    ESPALIER_TRY(plan.weights, context.reserve(context.maxTokens(), 1, sizeof(float)));
    const ValueInfo output = plan.output;
    return BuiltStep{std::make_unique<AttentionPoolStep>(std::move(plan)), output};
}

} // namespace espalier::edge
