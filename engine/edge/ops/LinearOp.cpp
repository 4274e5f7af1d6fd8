// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/ops/OpCatalog.h"
#include "engine/edge/ops/Quantize.h"

#include <algorithm>

namespace espalier::edge {
namespace {

struct LinearPlan {
    const Kernels* kernels = nullptr;
    Tensor weight; ///< O x I
    std::vector<float> bias;
    bool relu = false;
    ValueInfo input;
    ValueInfo output;
    Slot codes; ///< int8: the input's codes
    Slot sums;  ///< int8: O integers
};

class LinearStep final : public Step {
public:
    explicit LinearStep(LinearPlan plan) : m_plan(std::move(plan)) {}

    void run(const Frame& frame) const override
    {
        if (m_plan.weight.quantized)
            multiplyCodes(frame);
        else
            m_plan.kernels->multiplyFloat(view(m_plan.weight.values), frame.at<float>(m_plan.input.slot), frame.at<float>(m_plan.output.slot));
        float* out = frame.at<float>(m_plan.output.slot);
        for (std::size_t o = 0; o < m_plan.output.columns; ++o) {
            out[o] += m_plan.bias[o];
            if (m_plan.relu)
                out[o] = std::max(out[o], 0.0F);
        }
    }

private:
    template <typename T>
    [[nodiscard]] MatrixView<T> view(const std::vector<T>& elements) const
    {
        return {elements.data(), m_plan.output.columns, m_plan.input.columns, m_plan.input.columns};
    }

    void multiplyCodes(const Frame& frame) const
    {
        auto* codes = frame.at<std::int8_t>(m_plan.codes);
        auto* sums = frame.at<std::int32_t>(m_plan.sums);
        const float scale = quantizeRow(frame.at<float>(m_plan.input.slot), m_plan.input.columns, codes);
        m_plan.kernels->multiplyInt8(view(m_plan.weight.codes), codes, sums);
        float* out = frame.at<float>(m_plan.output.slot);
        for (std::size_t o = 0; o < m_plan.output.columns; ++o)
            out[o] = static_cast<float>(sums[o]) * scale * m_plan.weight.scales[o];
    }

    LinearPlan m_plan;
};

} // namespace

Result<BuiltStep> buildLinear(const Op& op, BuildContext& context)
{
    LinearPlan plan;
    plan.kernels = &context.kernels();
    ESPALIER_CHECK(checkForm(op, 1, {"weight", "bias"}, {"activation"}));
    ESPALIER_TRY(plan.relu, usesRelu(op));
    ESPALIER_TRY(plan.input, context.rowInput(op, 0));
    ESPALIER_TRY(plan.weight, context.tensor(op, "weight", 2));
    if (plan.weight.columns() != plan.input.columns)
        return opError(op, "its weight takes " + std::to_string(plan.weight.columns()) + " numbers, its input has " + std::to_string(plan.input.columns));
    if (plan.weight.quantized && plan.input.columns > maxInt8Columns)
        return opError(op, "its weight is too wide for int8");
    const std::size_t rows = plan.weight.rows();
    ESPALIER_TRY(plan.bias, context.vector(op, "bias", rows));
    ESPALIER_TRY(plan.output, context.reserveValue(false, rows));
    if (plan.weight.quantized) {
        ESPALIER_TRY(plan.codes, context.reserve(1, plan.input.columns, sizeof(std::int8_t)));
        ESPALIER_TRY(plan.sums, context.reserve(1, rows, sizeof(std::int32_t)));
    }
    const ValueInfo output = plan.output;
    return BuiltStep{std::make_unique<LinearStep>(std::move(plan)), output};
}

} // namespace espalier::edge
