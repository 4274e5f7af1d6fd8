// SPDX-License-Identifier: Apache-2.0
// A product with each row of the input: every token's, or the one of a sentence. The outputs are worked on a block at a time, so that the
// block's weights stay in the first-level cache while all rows pass by.
#include "engine/edge/ops/Activation.h"
#include "engine/edge/ops/OpCatalog.h"
#include "engine/edge/ops/Quantize.h"

#include <algorithm>

namespace espalier::edge {
namespace {

constexpr std::size_t block = 16;

struct LinearPlan {
    const Kernels* kernels = nullptr;
    Tensor weight; ///< O x I
    std::vector<float> bias;
    Activation activation = Activation::None;
    ValueInfo input;
    ValueInfo output;
    Slot codes;  ///< int8: the input's codes, rows x I
    Slot scales; ///< int8: one a row of the input
};

class LinearStep final : public Step {
public:
    explicit LinearStep(LinearPlan plan) : m_plan(std::move(plan)) {}

    void run(const Frame& frame) const override
    {
        const std::size_t rows = m_plan.input.rows(frame.tokens());
        if (m_plan.weight.quantized)
            quantizeRows(frame, rows);
        const std::size_t outputs = m_plan.output.columns;
        for (std::size_t first = 0; first < outputs; first += block)
            for (std::size_t row = 0; row < rows; ++row)
                if (m_plan.weight.quantized)
                    multiplyCodes(frame, row, first, std::min(block, outputs - first));
                else
                    multiplyFloats(frame, row, first, std::min(block, outputs - first));
        float* out = frame.at<float>(m_plan.output.slot);
        for (std::size_t row = 0; row < rows; ++row, out += outputs) {
            for (std::size_t o = 0; o < outputs; ++o)
                out[o] += m_plan.bias[o];
            activate(m_plan.activation, out, outputs);
        }
    }

private:
    template <typename T>
    [[nodiscard]] MatrixView<T> view(const std::vector<T>& elements, std::size_t first, std::size_t count) const
    {
        const std::size_t columns = m_plan.input.columns;
        return {elements.data() + first * columns, count, columns, columns};
    }

    void multiplyFloats(const Frame& frame, std::size_t row, std::size_t first, std::size_t count) const
    {
        m_plan.kernels->multiplyFloat(view(m_plan.weight.values, first, count), frame.at<float>(m_plan.input.slot) + row * m_plan.input.columns,
                                      frame.at<float>(m_plan.output.slot) + row * m_plan.output.columns + first);
    }

    void quantizeRows(const Frame& frame, std::size_t rows) const
    {
        const std::size_t columns = m_plan.input.columns;
        for (std::size_t row = 0; row < rows; ++row)
            frame.at<float>(m_plan.scales)[row] =
                quantizeRow(frame.at<float>(m_plan.input.slot) + row * columns, columns, frame.at<std::int8_t>(m_plan.codes) + row * columns);
    }

    void multiplyCodes(const Frame& frame, std::size_t row, std::size_t first, std::size_t count) const
    {
        std::int32_t sums[block];
        m_plan.kernels->multiplyInt8(view(m_plan.weight.codes, first, count), frame.at<std::int8_t>(m_plan.codes) + row * m_plan.input.columns, sums);
        const float scale = frame.at<float>(m_plan.scales)[row];
        float* out = frame.at<float>(m_plan.output.slot) + row * m_plan.output.columns + first;
        for (std::size_t i = 0; i < count; ++i)
            out[i] = static_cast<float>(sums[i]) * scale * m_plan.weight.scales[first + i];
    }

    LinearPlan m_plan;
};

} // namespace

Result<BuiltStep> buildLinear(const Op& op, BuildContext& context)
{
    LinearPlan plan;
    plan.kernels = &context.kernels();
    ESPALIER_CHECK(checkForm(op, 1, {"weight", "bias"}, {"activation"}));
    ESPALIER_TRY(plan.activation, activationOf(op));
    ESPALIER_TRY(plan.input, context.input(op, 0));
    ESPALIER_TRY(plan.weight, context.tensor(op, "weight", 2));
    if (plan.weight.columns() != plan.input.columns)
        return opError(op, "its weight takes " + std::to_string(plan.weight.columns()) + " numbers, its input has " + std::to_string(plan.input.columns));
    if (plan.weight.quantized && plan.input.columns > maxInt8Columns)
        return opError(op, "its weight is too wide for int8");
    const std::size_t outputs = plan.weight.rows();
    ESPALIER_TRY(plan.bias, context.vector(op, "bias", outputs));
    ESPALIER_TRY(plan.output, context.reserveValue(plan.input.perToken, outputs));
    if (plan.weight.quantized) {
        const std::size_t rows = plan.input.rows(context.maxTokens());
        ESPALIER_TRY(plan.codes, context.reserve(rows, plan.input.columns, sizeof(std::int8_t)));
        ESPALIER_TRY(plan.scales, context.reserve(rows, 1, sizeof(float)));
    }
    const ValueInfo output = plan.output;
    return BuiltStep{std::make_unique<LinearStep>(std::move(plan)), output};
}

} // namespace espalier::edge
