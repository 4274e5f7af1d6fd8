// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/ops/OpCatalog.h"
#include "engine/tokenizers/Tokenizer.h"

#include <algorithm>

namespace espalier::edge {
namespace {

/// Looks rows up. Quantised rows stay int8 in memory and become numbers as they are read.
class EmbeddingStep final : public Step {
public:
    EmbeddingStep(RowTable weight, const ValueInfo& output) : m_weight(std::move(weight)), m_output(output) {}

    void run(const Frame& frame) const override
    {
        m_weight.expect(frame.ids);
        float* out = frame.at<float>(m_output.slot);
        for (const std::int32_t id : frame.ids) {
            if (id == Tokenizer::padId)
                std::fill_n(out, m_output.columns, 0.0F);
            else
                m_weight.readRow(static_cast<std::size_t>(id), [&](std::size_t c, float value) { out[c] = value; });
            out += m_output.columns;
        }
    }
    [[nodiscard]] bool damaged() const override { return m_weight.damaged(); }

private:
    RowTable m_weight;
    ValueInfo m_output;
};

} // namespace

Result<BuiltStep> buildEmbedding(const Op& op, BuildContext& context)
{
    ESPALIER_CHECK(checkForm(op, 1, {"weight"}, {}));
    if (op.inputs[0] != "ids")
        return opError(op, "its input must be 'ids'");
    ESPALIER_TRY(RowTable weight, context.rowTable(op, "weight"));
    if (weight.rows() < context.vocabularySize())
        return opError(op, "its weight has " + std::to_string(weight.rows()) + " rows for a vocabulary of " + std::to_string(context.vocabularySize()));
    ESPALIER_TRY(const ValueInfo output, context.reserveValue(true, weight.columns()));
    return BuiltStep{std::make_unique<EmbeddingStep>(std::move(weight), output), output};
}

} // namespace espalier::edge
