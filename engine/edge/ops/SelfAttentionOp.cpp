// SPDX-License-Identifier: Apache-2.0
// Scaled dot-product attention, one query row of one head at a time: its scores over all tokens are the only working memory, so a long
// sentence needs no tokens x tokens matrix.
#include "engine/edge/Elementary.h"
#include "engine/edge/ops/OpCatalog.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace espalier::edge {
namespace {

struct SelfAttentionPlan {
    const Kernels* kernels = nullptr;
    std::size_t heads = 0;
    ValueInfo query;
    ValueInfo key;
    ValueInfo value;
    ValueInfo output;
    Slot scores; ///< one a token
};

class SelfAttentionStep final : public Step {
public:
    explicit SelfAttentionStep(const SelfAttentionPlan& plan) : m_plan(plan) {}

    void run(const Frame& frame) const override
    {
        const std::size_t size = m_plan.output.columns / m_plan.heads;
        for (std::size_t head = 0; head < m_plan.heads; ++head)
            for (std::size_t row = 0; row < frame.tokens(); ++row)
                attend(frame, row, head * size, size);
    }

private:
    void attend(const Frame& frame, std::size_t row, std::size_t first, std::size_t size) const
    {
        const std::size_t tokens = frame.tokens();
        const std::size_t columns = m_plan.output.columns;
        float* scores = frame.at<float>(m_plan.scores);
        const MatrixView<float> keys{frame.at<float>(m_plan.key.slot) + first, tokens, size, columns};
        m_plan.kernels->multiplyFloat(keys, frame.at<float>(m_plan.query.slot) + row * columns + first, scores);
        const float scale = 1 / std::sqrt(static_cast<float>(size));
        const float largest = *std::max_element(scores, scores + tokens);
        for (std::size_t t = 0; t < tokens; ++t)
            scores[t] = exponential((scores[t] - largest) * scale);
        float* out = frame.at<float>(m_plan.output.slot) + row * columns + first;
        std::fill_n(out, size, 0.0F);
        const float* value = frame.at<float>(m_plan.value.slot) + first;
        float sum = 0;
        for (std::size_t t = 0; t < tokens; ++t, value += columns) {
            sum += scores[t];
            for (std::size_t c = 0; c < size; ++c)
                out[c] += scores[t] * value[c];
        }
        for (std::size_t c = 0; c < size; ++c)
            out[c] /= sum;
    }

    SelfAttentionPlan m_plan;
};

Result<std::size_t> headsOf(const Op& op, std::size_t columns)
{
    const auto text = op.attributes.find("heads");
    if (text == op.attributes.end())
        return opError(op, "its attribute 'heads' is missing");
    std::size_t heads = 0;
    const char* end = text->second.data() + text->second.size();
    const auto [next, status] = std::from_chars(text->second.data(), end, heads);
    if (status != std::errc{} || next != end || heads == 0 || columns % heads != 0)
        return opError(op, "its attribute 'heads' is '" + text->second + "', which does not divide its " + std::to_string(columns) + " columns");
    return heads;
}

} // namespace

Result<BuiltStep> buildSelfAttention(const Op& op, BuildContext& context)
{
    SelfAttentionPlan plan;
    plan.kernels = &context.kernels();
    ESPALIER_CHECK(checkForm(op, 3, {}, {"heads"}));
    ESPALIER_TRY(plan.query, context.tokenInput(op, 0));
    ESPALIER_TRY(plan.key, context.tokenInput(op, 1));
    ESPALIER_TRY(plan.value, context.tokenInput(op, 2));
    if (plan.query.columns != plan.key.columns || plan.query.columns != plan.value.columns)
        return opError(op, "its queries, keys and values must have the same columns");
    ESPALIER_TRY(plan.heads, headsOf(op, plan.query.columns));
    ESPALIER_TRY(plan.output, context.reserveValue(true, plan.query.columns));
    ESPALIER_TRY(plan.scores, context.reserve(context.maxTokens(), 1, sizeof(float)));
    return BuiltStep{std::make_unique<SelfAttentionStep>(plan), plan.output};
}

} // namespace espalier::edge
