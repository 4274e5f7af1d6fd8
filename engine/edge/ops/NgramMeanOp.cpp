// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/NgramHash.h"
#include "engine/edge/ops/OpCatalog.h"
#include "engine/tokenizers/Tokenizer.h"

#include <algorithm>

namespace espalier::edge {
namespace {

constexpr std::size_t maxOrder = 8;

struct NgramPlan {
    RowTable weight;
    RowTable ngrams; ///< no rows when order is 1
    std::size_t order = 1;
    ValueInfo output;
};

/// Adds rows up; quantised rows stay int8 in memory and become numbers as they are read.
class NgramMeanStep final : public Step {
public:
    explicit NgramMeanStep(NgramPlan plan) : m_plan(std::move(plan)) {}

    void run(const Frame& frame) const override
    {
        m_plan.weight.expect(frame.ids);
        float* out = frame.at<float>(m_plan.output.slot);
        std::fill_n(out, m_plan.output.columns, 0.0F);
        std::size_t features = frame.tokens();
        for (std::size_t begin = 0; begin < frame.tokens(); ++begin) {
            if (frame.ids[begin] != Tokenizer::padId)
                addRow(m_plan.weight, static_cast<std::size_t>(frame.ids[begin]), out);
            features += addNgrams(frame, begin, out);
        }
        const float count = static_cast<float>(features);
        for (std::size_t c = 0; c < m_plan.output.columns; ++c)
            out[c] /= count;
    }

    [[nodiscard]] bool damaged() const override { return m_plan.weight.damaged() || m_plan.ngrams.damaged(); }

private:
    /// Those that begin at token @p begin; returns how many they are.
    std::size_t addNgrams(const Frame& frame, std::size_t begin, float* out) const
    {
        NgramHash hash;
        hash.add(frame.ids[begin]);
        const std::size_t end = std::min(begin + m_plan.order, frame.tokens());
        for (std::size_t t = begin + 1; t < end; ++t) {
            hash.add(frame.ids[t]);
            addRow(m_plan.ngrams, hash.bucket(m_plan.ngrams.rows()), out);
        }
        return end - begin - 1;
    }

    void addRow(const RowTable& rows, std::size_t row, float* out) const
    {
        rows.readRow(row, [&](std::size_t c, float value) { out[c] += value; });
    }

    NgramPlan m_plan;
};

Result<std::size_t> orderOf(const Op& op)
{
    const auto it = op.attributes.find("order");
    if (it == op.attributes.end() || it->second.size() != 1 || it->second[0] < '1' || it->second[0] > '0' + static_cast<char>(maxOrder))
        return opError(op, "its order must be a number from 1 to " + std::to_string(maxOrder));
    return static_cast<std::size_t>(it->second[0] - '0');
}

} // namespace

Result<BuiltStep> buildNgramMean(const Op& op, BuildContext& context)
{
    NgramPlan plan;
    ESPALIER_TRY(plan.order, orderOf(op));
    std::vector<std::string> tensors{"weight"};
    if (plan.order > 1)
        tensors.emplace_back("ngrams");
    ESPALIER_CHECK(checkForm(op, 1, tensors, {"order"}));
    if (op.inputs[0] != "ids")
        return opError(op, "its input must be 'ids'");
    ESPALIER_TRY(plan.weight, context.rowTable(op, "weight"));
    if (plan.weight.rows() < context.vocabularySize())
        return opError(op, "its weight has " + std::to_string(plan.weight.rows()) + " rows for a vocabulary of " + std::to_string(context.vocabularySize()));
    if (plan.order > 1) {
        ESPALIER_TRY(plan.ngrams, context.rowTable(op, "ngrams"));
        if (plan.ngrams.columns() != plan.weight.columns())
            return opError(op, "its two tensors differ in the length of a row");
        if (plan.ngrams.rows() > (std::size_t{1} << 31))
            return opError(op, "it has too many buckets");
    }
    ESPALIER_TRY(plan.output, context.reserveValue(false, plan.weight.columns()));
    const ValueInfo output = plan.output;
    return BuiltStep{std::make_unique<NgramMeanStep>(std::move(plan)), output};
}

} // namespace espalier::edge
