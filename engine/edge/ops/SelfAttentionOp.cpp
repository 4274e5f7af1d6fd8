// SPDX-License-Identifier: Apache-2.0
// Scaled dot-product attention, a few query rows of one head at a time: their scores over all tokens and the head's keys, transposed, are the only working memory, so a long
// sentence needs no tokens x tokens matrix.
#include "engine/edge/Elementary.h"
#include "engine/edge/kernels/VectorBlocks.h"
#include "engine/edge/kernels/VectorLoops.h"
#include "engine/edge/ops/OpCatalog.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace espalier::edge {
namespace {

/// Query rows at once, where registers are many and where they are few.
constexpr std::size_t mostRows = 8;
constexpr std::size_t fewRows = 4;

/// Whether any table of this architecture has products of floats of its own.
#if defined(__arm__) || defined(__aarch64__)
constexpr bool kernelsMultiplyFloats = true;
#else
constexpr bool kernelsMultiplyFloats = false;
#endif

struct SelfAttentionPlan {
    decltype(Kernels::multiplyFloats) multiply = nullptr; ///< the kernels' own
    std::size_t heads = 0;
    ValueInfo query;
    ValueInfo key;
    ValueInfo value;
    ValueInfo output;
    Slot keys;   ///< of one head, transposed: its columns x tokens
    Slot values; ///< of one head, side by side: tokens x its columns
    Slot scores; ///< of some rows: rows x tokens
};

constexpr std::size_t paddedTokens(std::size_t tokens)
{
    return (tokens + blockFloats - 1) / blockFloats * blockFloats;
}

/// One head's part of every row.
struct Head {
    FloatRows query;
    FloatRows key;
    FloatRows value;
    float* out = nullptr; ///< rows as far apart as those of the query
    std::size_t tokens = 0;
    std::size_t size = 0;
    float* keys = nullptr;
    float* values = nullptr;
    float* scores = nullptr;
    decltype(Kernels::multiplyFloats) multiply = nullptr; ///< none: VectorBlocks.h

    /// Keys to columns, so that the scores of many tokens lie side by side; zeros behind the last. Values closer to each other: as many kB apart as rows are, they would drive
    /// each other out of the first-level cache.
    [[gnu::always_inline]] void prepare() const
    {
        const std::size_t padded = paddedTokens(tokens);
        transposeTo(key, tokens, size, keys, padded);
        for (std::size_t c = 0; c < size; ++c)
            for (std::size_t t = tokens; t < padded; ++t)
                keys[c * padded + t] = 0;
        for (std::size_t t = 0; t < tokens; ++t)
            std::memcpy(values + t * size, value.data + t * value.stride, size * sizeof(float));
    }
    /// Scores to weights that are not divided by their sum, which is returned. Behind the last, next to nothing.
    template <std::size_t Bytes>
    [[gnu::always_inline]] float exponentiate(float* row) const
    {
        const std::size_t padded = paddedTokens(tokens);
        constexpr float logarithmOfE = 1.44269504088896341F; // to the base of two
        const float scale = logarithmOfE / std::sqrt(static_cast<float>(size));
        for (std::size_t t = tokens; t < padded; ++t)
            row[t] = std::numeric_limits<float>::lowest();
        const float largest = largestOfRow<Bytes>(row, padded);
        for (std::size_t t = 0; t < padded; ++t)
            row[t] = powerOfTwo((row[t] - largest) * scale);
        return sumOfRow<Bytes>(row, padded);
    }
    /// @p rows rows from @p row on, at most mostRows. @p product(left, right, inner, columns, out)
    template <std::size_t Bytes, typename Product>
    [[gnu::always_inline]] void attendWith(std::size_t row, std::size_t rows, const Product& product) const
    {
        const std::size_t padded = paddedTokens(tokens);
        product(FloatRows{query.data + row * query.stride, query.stride}, FloatRows{keys, padded}, size, padded, ProductRows{scores, padded});
        float factors[mostRows];
        for (std::size_t r = 0; r < rows; ++r)
            factors[r] = 1 / exponentiate<Bytes>(scores + r * padded);
        product(FloatRows{scores, padded}, FloatRows{values, size}, tokens, size, ProductRows{out + row * query.stride, query.stride, factors});
    }
    template <std::size_t Rows, std::size_t Bytes>
    [[gnu::always_inline]] void attend(std::size_t row) const
    {
        attendWith<Bytes>(row, Rows, [](const FloatRows& left, const FloatRows& right, std::size_t inner, std::size_t columns, const ProductRows& to)
                                         ESPALIER_INLINED { multiplyRows<Rows, Bytes>(left, right, inner, columns, to); });
    }
    /// The same with the kernels' own products, which take any number of rows.
    void attendAllWithKernels() const
    {
        prepare();
        for (std::size_t row = 0; row < tokens; row += mostRows) {
            const std::size_t rows = std::min(mostRows, tokens - row);
            attendWith<16>(row, rows, [&](const FloatRows& left, const FloatRows& right, std::size_t inner, std::size_t columns, const ProductRows& to)
                                          ESPALIER_INLINED { multiply(left, right, {rows, inner, columns}, to); });
        }
    }
    /// The last rows again, rather than fewer at once.
    template <std::size_t Bytes>
    [[gnu::always_inline]] void attendAll() const
    {
        constexpr std::size_t rows = Bytes == blockFloats * sizeof(float) ? mostRows : fewRows;
        prepare();
        for (std::size_t row = 0; row < tokens; row += tokens < rows ? 1 : rows)
            if (tokens < rows)
                attend<1, Bytes>(row);
            else
                attend<rows, Bytes>(row + rows <= tokens ? row : tokens - rows);
    }
};

class SelfAttentionStep final : public Step {
public:
    explicit SelfAttentionStep(const SelfAttentionPlan& plan) : m_plan(plan) {}

    void run(const Frame& frame) const override
    {
        const std::size_t columns = m_plan.output.columns;
        const std::size_t size = columns / m_plan.heads;
        for (std::size_t first = 0; first < columns; first += size) {
            const auto part = [&](const ValueInfo& value) { return FloatRows{frame.at<float>(value.slot) + first, columns}; };
            const Head head{part(m_plan.query), part(m_plan.key), part(m_plan.value), frame.at<float>(m_plan.output.slot) + first, frame.tokens(), size,
                            frame.at<float>(m_plan.keys), frame.at<float>(m_plan.values), frame.at<float>(m_plan.scores), m_plan.multiply};
            if (kernelsMultiplyFloats && head.multiply != nullptr)
                head.attendAllWithKernels();
            else
                vectorizedByWidth([=](auto bytes) ESPALIER_INLINED { head.attendAll<bytes()>(); });
        }
    }

private:
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
    plan.multiply = context.kernels().multiplyFloats;
    ESPALIER_CHECK(checkForm(op, 3, {}, {"heads"}));
    ESPALIER_TRY(plan.query, context.tokenInput(op, 0));
    ESPALIER_TRY(plan.key, context.tokenInput(op, 1));
    ESPALIER_TRY(plan.value, context.tokenInput(op, 2));
    if (plan.query.columns != plan.key.columns || plan.query.columns != plan.value.columns)
        return opError(op, "its queries, keys and values must have the same columns");
    ESPALIER_TRY(plan.heads, headsOf(op, plan.query.columns));
    ESPALIER_TRY(plan.output, context.reserveValue(true, plan.query.columns));
    ESPALIER_TRY(plan.keys, context.reserve(plan.output.columns / plan.heads, paddedTokens(context.maxTokens()), sizeof(float)));
    ESPALIER_TRY(plan.values, context.reserve(context.maxTokens(), plan.output.columns / plan.heads, sizeof(float)));
    ESPALIER_TRY(plan.scores, context.reserve(mostRows, paddedTokens(context.maxTokens()), sizeof(float)));
    return BuiltStep{std::make_unique<SelfAttentionStep>(plan), plan.output};
}

} // namespace espalier::edge
