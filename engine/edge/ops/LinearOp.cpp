// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/ops/Activation.h"
#include "engine/edge/ops/OpCatalog.h"
#include "engine/edge/ops/Projection.h"

namespace espalier::edge {
namespace {

struct LinearPlan {
    Projection weight; ///< O x I
    std::vector<float> bias;
    Activation activation = Activation::None;
    ValueInfo input;
    ValueInfo output;
};

/// A product with each row of the input: every token's, or the one of a sentence.
class LinearStep final : public Step {
public:
    explicit LinearStep(LinearPlan plan) : m_plan(std::move(plan)) {}

    void run(const Frame& frame) const override
    {
        const std::size_t rows = m_plan.input.rows(frame.tokens());
        float* out = frame.at<float>(m_plan.output.slot);
        m_plan.weight.multiply(frame, frame.at<float>(m_plan.input.slot), rows, out);
        addBiasAndActivate(m_plan.activation, {out, rows, m_plan.output.columns, m_plan.bias.data()});
    }

private:
    LinearPlan m_plan;
};

} // namespace

Result<BuiltStep> buildLinear(const Op& op, BuildContext& context)
{
    LinearPlan plan;
    ESPALIER_CHECK(checkForm(op, 1, {"weight", "bias"}, {"activation", "input_range"}));
    ESPALIER_TRY(plan.activation, activationOf(op));
    ESPALIER_TRY(plan.input, context.input(op, 0));
    ESPALIER_TRY(plan.weight, Projection::create(op, context, "weight", plan.input.columns, plan.input.rows(context.maxTokens())));
    ESPALIER_TRY(plan.bias, context.vector(op, "bias", plan.weight.outputs()));
    ESPALIER_TRY(plan.output, context.reserveValue(plan.input.perToken, plan.weight.outputs()));
    const ValueInfo output = plan.output;
    return BuiltStep{std::make_unique<LinearStep>(std::move(plan)), output};
}

} // namespace espalier::edge
