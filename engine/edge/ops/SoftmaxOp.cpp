// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/ops/OpCatalog.h"

#include <algorithm>
#include <cmath>

namespace espalier::edge {
namespace {

class SoftmaxStep final : public Step {
public:
    SoftmaxStep(const ValueInfo& input, const ValueInfo& output) : m_input(input), m_output(output) {}

    void run(const Frame& frame) const override
    {
        const float* in = frame.at<float>(m_input.slot);
        float* out = frame.at<float>(m_output.slot);
        const float largest = *std::max_element(in, in + m_input.columns);
        float sum = 0;
        for (std::size_t i = 0; i < m_input.columns; ++i)
            sum += out[i] = std::exp(in[i] - largest);
        for (std::size_t i = 0; i < m_input.columns; ++i)
            out[i] /= sum;
    }

private:
    ValueInfo m_input;
    ValueInfo m_output;
};

class SigmoidStep final : public Step {
public:
    SigmoidStep(const ValueInfo& input, const ValueInfo& output) : m_input(input), m_output(output) {}

    void run(const Frame& frame) const override
    {
        const float* in = frame.at<float>(m_input.slot);
        float* out = frame.at<float>(m_output.slot);
        for (std::size_t i = 0; i < m_input.columns; ++i)
            out[i] = 1.0F / (1.0F + std::exp(-in[i]));
    }

private:
    ValueInfo m_input;
    ValueInfo m_output;
};

} // namespace

Result<BuiltStep> buildSigmoid(const Op& op, BuildContext& context)
{
    ESPALIER_CHECK(checkForm(op, 1, {}, {}));
    ESPALIER_TRY(const ValueInfo input, context.rowInput(op, 0));
    ESPALIER_TRY(const ValueInfo output, context.reserveValue(false, input.columns));
    return BuiltStep{std::make_unique<SigmoidStep>(input, output), output};
}

Result<BuiltStep> buildSoftmax(const Op& op, BuildContext& context)
{
    ESPALIER_CHECK(checkForm(op, 1, {}, {}));
    ESPALIER_TRY(const ValueInfo input, context.rowInput(op, 0));
    ESPALIER_TRY(const ValueInfo output, context.reserveValue(false, input.columns));
    return BuiltStep{std::make_unique<SoftmaxStep>(input, output), output};
}

} // namespace espalier::edge
