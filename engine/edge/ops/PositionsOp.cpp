// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/ops/OpCatalog.h"

namespace espalier::edge {
namespace {

/// What each place adds was worked out when the session was made: its position's row and the first segment's.
class PositionsStep final : public Step {
public:
    PositionsStep(std::vector<float> rows, const ValueInfo& input, const ValueInfo& output) : m_rows(std::move(rows)), m_input(input), m_output(output) {}

    void run(const Frame& frame) const override
    {
        const float* in = frame.at<float>(m_input.slot);
        float* out = frame.at<float>(m_output.slot);
        for (std::size_t i = 0; i < frame.tokens() * m_input.columns; ++i)
            out[i] = in[i] + m_rows[i];
    }

private:
    std::vector<float> m_rows;
    ValueInfo m_input;
    ValueInfo m_output;
};

Result<void> checkTables(const Op& op, const BuildContext& context, const Tensor& position, const Tensor& segment, std::size_t columns)
{
    if (position.columns() != columns || segment.columns() != columns)
        return opError(op, "its tensors have " + std::to_string(position.columns()) + " and " + std::to_string(segment.columns()) +
                               " columns, its input has " + std::to_string(columns));
    if (position.rows() < context.maxTokens())
        return opError(op, "it knows " + std::to_string(position.rows()) + " positions, but a sentence may have " + std::to_string(context.maxTokens()) + " tokens");
    return {};
}

} // namespace

Result<BuiltStep> buildAddPositions(const Op& op, BuildContext& context)
{
    ESPALIER_CHECK(checkForm(op, 1, {"position", "segment"}, {}));
    ESPALIER_TRY(const ValueInfo input, context.tokenInput(op, 0));
    ESPALIER_TRY(const Tensor position, context.tensor(op, "position", 2));
    ESPALIER_TRY(const Tensor segment, context.tensor(op, "segment", 2));
    ESPALIER_CHECK(checkTables(op, context, position, segment, input.columns));
    ESPALIER_TRY(const ValueInfo output, context.reserveValue(true, input.columns));
    std::vector<float> rows(context.maxTokens() * input.columns);
    for (std::size_t token = 0; token < context.maxTokens(); ++token) {
        float* row = rows.data() + token * input.columns;
        position.readRow(token, input.columns, [&](std::size_t c, float value) { row[c] = value; });
        segment.readRow(0, input.columns, [&](std::size_t c, float value) { row[c] += value; });
    }
    return BuiltStep{std::make_unique<PositionsStep>(std::move(rows), input, output), output};
}

} // namespace espalier::edge
