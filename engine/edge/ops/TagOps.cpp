// SPDX-License-Identifier: Apache-2.0
// The answers of a model that tags words: the likeliest tags one by one, or as a whole by a conditional random field.
#include "engine/edge/CrfDecoder.h"
#include "engine/edge/ops/OpCatalog.h"

#include <algorithm>
#include <cmath>

namespace espalier::edge {
namespace {

class TagSoftmaxStep final : public Step {
public:
    TagSoftmaxStep(const ValueInfo& input, const ValueInfo& output) : m_input(input), m_output(output) {}

    void run(const Frame& frame) const override
    {
        float* out = frame.at<float>(m_output.slot);
        std::fill_n(out, frame.tokens() * m_output.columns, 0.0F);
        for (const std::uint32_t token : frame.words) {
            softmax(frame.at<float>(m_input.slot) + token * m_input.columns, out);
            out += m_output.columns;
        }
    }

private:
    void softmax(const float* in, float* out) const
    {
        const float largest = *std::max_element(in, in + m_input.columns);
        float sum = 0;
        for (std::size_t i = 0; i < m_input.columns; ++i)
            sum += out[i] = std::exp(in[i] - largest);
        for (std::size_t i = 0; i < m_input.columns; ++i)
            out[i] /= sum;
    }

    ValueInfo m_input;
    ValueInfo m_output;
};

struct CrfPlan {
    CrfDecoder decoder;
    ValueInfo input;
    ValueInfo output;
    Slot logits; ///< a pointer a word
    Slot memory;
};

class CrfStep final : public Step {
public:
    explicit CrfStep(CrfPlan plan) : m_plan(std::move(plan)) {}

    void run(const Frame& frame) const override
    {
        const auto** logits = frame.at<const float*>(m_plan.logits);
        for (std::size_t w = 0; w < frame.words.size(); ++w)
            logits[w] = frame.at<float>(m_plan.input.slot) + frame.words[w] * m_plan.input.columns;
        float* out = frame.at<float>(m_plan.output.slot);
        std::fill_n(out, frame.tokens() * m_plan.output.columns, 0.0F);
        m_plan.decoder.decode({logits, frame.words.size()}, out, frame.at<float>(m_plan.memory));
    }

private:
    CrfPlan m_plan;
};

Result<ValueInfo> tokenInput(const Op& op, const BuildContext& context)
{
    ESPALIER_TRY(const ValueInfo input, context.input(op, 0));
    if (!input.perToken)
        return opError(op, "its input '" + op.inputs[0] + "' must have a row a token");
    return input;
}

} // namespace

Result<BuiltStep> buildTagSoftmax(const Op& op, BuildContext& context)
{
    ESPALIER_CHECK(checkForm(op, 1, {}, {}));
    ESPALIER_TRY(const ValueInfo input, tokenInput(op, context));
    ESPALIER_TRY(const ValueInfo output, context.reserveValue(true, input.columns));
    return BuiltStep{std::make_unique<TagSoftmaxStep>(input, output), output};
}

Result<BuiltStep> buildCrf(const Op& op, BuildContext& context)
{
    CrfPlan plan;
    ESPALIER_CHECK(checkForm(op, 1, {"transitions", "start", "end"}, {}));
    ESPALIER_TRY(plan.input, tokenInput(op, context));
    const std::size_t tags = plan.input.columns;
    std::size_t pairs = 0;
    if (__builtin_mul_overflow(tags, tags, &pairs))
        return opError(op, "it has too many tags");
    ESPALIER_TRY(auto transitions, context.vector(op, "transitions", pairs));
    ESPALIER_TRY(auto start, context.vector(op, "start", tags));
    ESPALIER_TRY(auto end, context.vector(op, "end", tags));
    plan.decoder = CrfDecoder(std::move(transitions), std::move(start), std::move(end));
    ESPALIER_TRY(plan.output, context.reserveValue(true, tags));
    ESPALIER_TRY(plan.logits, context.reserve(context.maxTokens(), 1, sizeof(const float*)));
    ESPALIER_TRY(plan.memory, context.reserve(3 * context.maxTokens() + 2, tags, sizeof(float)));
    const ValueInfo output = plan.output;
    return BuiltStep{std::make_unique<CrfStep>(std::move(plan)), output};
}

} // namespace espalier::edge
