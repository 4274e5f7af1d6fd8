// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/ops/OpCatalog.h"

#include <algorithm>

namespace espalier::edge {
namespace {

class ConcatStep final : public Step {
public:
    ConcatStep(std::vector<ValueInfo> inputs, const ValueInfo& output) : m_inputs(std::move(inputs)), m_output(output) {}

    void run(const Frame& frame) const override
    {
        float* out = frame.at<float>(m_output.slot);
        for (std::size_t row = 0; row < m_output.rows(frame.tokens()); ++row)
            for (const ValueInfo& input : m_inputs)
                out = std::copy_n(frame.at<float>(input.slot) + row * input.columns, input.columns, out);
    }

private:
    std::vector<ValueInfo> m_inputs;
    ValueInfo m_output;
};

} // namespace

Result<BuiltStep> buildConcat(const Op& op, BuildContext& context)
{
    ESPALIER_CHECK(checkForm(op, 0, {}, {}));
    std::vector<ValueInfo> inputs;
    std::size_t columns = 0;
    for (std::size_t i = 0; i < op.inputs.size(); ++i) {
        ESPALIER_TRY(const ValueInfo input, context.input(op, i));
        inputs.push_back(input);
        if (input.perToken != inputs.front().perToken)
            return opError(op, "some of its inputs have a row a token and others a single row");
        if (__builtin_add_overflow(columns, input.columns, &columns))
            return opError(op, "its inputs are too wide together");
    }
    ESPALIER_TRY(const ValueInfo output, context.reserveValue(inputs.front().perToken, columns));
    return BuiltStep{std::make_unique<ConcatStep>(std::move(inputs), output), output};
}

} // namespace espalier::edge
