// SPDX-License-Identifier: GPL-3.0-or-later
// Attention of one sentence, head by head: each head is copied out of the batch into rows of whole vector registers, so that every product runs on
// registers without a rest.
#include "engine/edge/Elementary.h"
#include "engine/models/PackedLoops.h"

#include <algorithm>

namespace espalier::packed {
namespace {

constexpr std::size_t packBytes = 32;

/// As many numbers as one vector register holds; compilers split it where registers are narrower.
template <typename Number>
struct PackOf {
    typedef Number type __attribute__((vector_size(packBytes), aligned(alignof(Number)), may_alias));
};
template <typename Number>
using Pack = typename PackOf<Number>::type;
template <typename Number>
constexpr std::size_t lanes = packBytes / sizeof(Number);

/// Rows of scratch matrices are filled up with zeros to whole packs of 8, for float and double alike.
constexpr std::size_t padded(std::size_t count) { return (count + 7) / 8 * 8; }

template <typename Number>
ESPALIER_INLINE Number largestOf(const Number* values, std::size_t count)
{
    Number largest = values[0];
    for (std::size_t i = 1; i < count; ++i)
        largest = values[i] > largest ? values[i] : largest;
    return largest;
}

/// A matrix read one number at a time, so it may lie in any order.
template <typename Number>
struct Left {
    const Number* data;
    std::size_t rowStride;
    std::size_t columnStride;
};

template <std::size_t Rows, typename Number>
ESPALIER_INLINE void productTile(const Left<Number>& a, const Number* b, std::size_t bStride, Number* c, std::size_t cStride, std::size_t depth)
{
    Pack<Number> sums[Rows] = {};
    for (std::size_t k = 0; k < depth; ++k) {
        const auto row = *reinterpret_cast<const Pack<Number>*>(b + k * bStride);
        for (std::size_t r = 0; r < Rows; ++r)
            sums[r] += a.data[r * a.rowStride + k * a.columnStride] * row;
    }
    for (std::size_t r = 0; r < Rows; ++r)
        *reinterpret_cast<Pack<Number>*>(c + r * cStride) = sums[r];
}

/// c [rows x columns] = a [rows x depth] * b [depth x columns]; columns is a multiple of 8.
template <typename Number>
ESPALIER_INLINE void product(Left<Number> a, const Number* b, std::size_t bStride, Number* c, std::size_t cStride, std::size_t rows, std::size_t columns,
                             std::size_t depth)
{
    constexpr std::size_t tile = 8;
    for (; rows >= tile; rows -= tile, a.data += tile * a.rowStride, c += tile * cStride)
        for (std::size_t column = 0; column < columns; column += lanes<Number>)
            productTile<tile>(a, b + column, bStride, c + column, cStride, depth);
    for (; rows > 0; --rows, a.data += a.rowStride, c += cStride)
        for (std::size_t column = 0; column < columns; column += lanes<Number>)
            productTile<1>(a, b + column, bStride, c + column, cStride, depth);
}

/// One head of one sentence, copied out of the batch: [tokens x size] with rows filled up with zeros, and transposed.
template <typename Number>
struct Head {
    std::size_t tokens = 0;
    std::size_t size = 0;
    std::size_t wide = 0; ///< size, filled up
    std::size_t span = 0; ///< tokens, filled up
    Number* query = nullptr; ///< scaled by 1 / sqrt(size)
    Number* key = nullptr;
    Number* value = nullptr;
    Number* gradient = nullptr;
    Number* transposed = nullptr; ///< size x tokens, of key or value
    Number* weights = nullptr;    ///< tokens x tokens: softmax, without dropout
    Number* other = nullptr;      ///< tokens x tokens: with dropout; later a gradient
    Number* result = nullptr;     ///< tokens x size

    ESPALIER_INLINE Head(std::size_t tokenCount, std::size_t headSize, Number* scratch)
        : tokens(tokenCount), size(headSize), wide(padded(headSize)), span(padded(tokenCount))
    {
        for (Number** matrix : {&query, &key, &value, &gradient, &result, &transposed, &weights, &other}) {
            *matrix = scratch;
            scratch += matrix == &weights || matrix == &other ? tokens * span : span * wide;
        }
    }
};

template <typename Number>
ESPALIER_INLINE void copyIn(const Head<Number>& head, const Number* from, std::size_t stride, Number factor, Number* to)
{
    for (std::size_t t = 0; t < head.tokens; ++t, from += stride, to += head.wide) {
        for (std::size_t c = 0; c < head.size; ++c)
            to[c] = from[c] * factor;
        for (std::size_t c = head.size; c < head.wide; ++c)
            to[c] = 0;
    }
}

template <typename Number>
ESPALIER_INLINE void copyOut(const Head<Number>& head, const Number* from, Number factor, Number* to, std::size_t stride)
{
    for (std::size_t t = 0; t < head.tokens; ++t, from += head.wide, to += stride)
        for (std::size_t c = 0; c < head.size; ++c)
            to[c] = from[c] * factor;
}

template <typename Number>
ESPALIER_INLINE void transpose(const Head<Number>& head, const Number* from)
{
    for (std::size_t c = 0; c < head.size; ++c) {
        Number* to = head.transposed + c * head.span;
        for (std::size_t t = 0; t < head.tokens; ++t)
            to[t] = from[t * head.wide + c];
        for (std::size_t t = head.tokens; t < head.span; ++t)
            to[t] = 0;
    }
}

template <typename Number>
ESPALIER_INLINE void softmaxRow(Number* row, std::size_t count, std::size_t rowLength)
{
    const Number largest = largestOf(row, count);
    for (std::size_t i = 0; i < count; ++i)
        row[i] = edge::exponential(row[i] - largest);
    const Number sum = sumOf<Number>(count, [&](std::size_t i) { return row[i]; });
    for (std::size_t i = 0; i < count; ++i)
        row[i] /= sum;
    for (std::size_t i = count; i < rowLength; ++i)
        row[i] = 0;
}

/// head.weights from queries and keys, and head.other: the same with dropout. Returns the matrix to go on with.
template <typename Number>
ESPALIER_INLINE const Number* attend(const Head<Number>& head, const Dropout& dropout, std::uint32_t position)
{
    transpose(head, head.key);
    product<Number>({head.query, head.wide, 1}, head.transposed, head.span, head.weights, head.span, head.tokens, head.span, head.size);
    const Factor<Number> factor(dropout);
    for (std::size_t t = 0; t < head.tokens; ++t) {
        Number* row = head.weights + t * head.span;
        softmaxRow(row, head.tokens, head.span);
        if (dropout.rate > 0)
            for (std::size_t i = 0; i < head.tokens; ++i)
                head.other[t * head.span + i] = row[i] * factor(position + static_cast<std::uint32_t>(t * head.tokens + i));
    }
    return dropout.rate > 0 ? head.other : head.weights;
}

/// From the gradient by the weights with dropout, in head.other, to that by the scores before softmax, in the same place.
template <typename Number>
ESPALIER_INLINE void softmaxBackward(const Head<Number>& head, const Dropout& dropout, std::uint32_t position)
{
    const Factor<Number> factor(dropout);
    for (std::size_t t = 0; t < head.tokens; ++t) {
        const Number* weights = head.weights + t * head.span;
        Number* row = head.other + t * head.span;
        if (dropout.rate > 0)
            for (std::size_t i = 0; i < head.tokens; ++i)
                row[i] *= factor(position + static_cast<std::uint32_t>(t * head.tokens + i));
        const Number mean = sumOf<Number>(head.tokens, [&](std::size_t i) { return row[i] * weights[i]; });
        for (std::size_t i = 0; i < head.tokens; ++i)
            row[i] = weights[i] * (row[i] - mean);
    }
}

template <typename Number>
ESPALIER_INLINE void copyHeadIn(const Head<Number>& head, const Sentence<Number>& sentence, std::size_t index)
{
    const std::size_t hidden = sentence.heads * sentence.headSize;
    const Number* from = sentence.qkv + index * sentence.headSize;
    copyIn(head, from, 3 * hidden, 1 / std::sqrt(static_cast<Number>(head.size)), head.query);
    copyIn(head, from + hidden, 3 * hidden, Number{1}, head.key);
    copyIn(head, from + 2 * hidden, 3 * hidden, Number{1}, head.value);
}

template <typename Number>
ESPALIER_INLINE std::uint32_t firstWeight(const Sentence<Number>& sentence, std::size_t head)
{
    return sentence.firstWeight + static_cast<std::uint32_t>(head * sentence.tokens * sentence.tokens);
}

template <typename Number>
ESPALIER_INLINE void headBackward(const Head<Number>& head, const Dropout& dropout, std::uint32_t position, Number* out, std::size_t hidden)
{
    const Number* weights = attend(head, dropout, position);
    product<Number>({weights, 1, head.span}, head.gradient, head.wide, head.result, head.wide, head.tokens, head.wide, head.tokens);
    copyOut(head, head.result, Number{1}, out + 2 * hidden, 3 * hidden);
    transpose(head, head.value);
    product<Number>({head.gradient, head.wide, 1}, head.transposed, head.span, head.other, head.span, head.tokens, head.span, head.size);
    softmaxBackward(head, dropout, position);
    product<Number>({head.other, head.span, 1}, head.key, head.wide, head.result, head.wide, head.tokens, head.wide, head.tokens);
    copyOut(head, head.result, 1 / std::sqrt(static_cast<Number>(head.size)), out, 3 * hidden);
    product<Number>({head.other, 1, head.span}, head.query, head.wide, head.result, head.wide, head.tokens, head.wide, head.tokens);
    copyOut(head, head.result, Number{1}, out + hidden, 3 * hidden); // the query was scaled already
}

} // namespace

std::size_t attentionScratch(std::size_t tokens, std::size_t headSize)
{
    return 6 * padded(tokens) * padded(headSize) + 2 * tokens * padded(tokens);
}

template <typename Number>
void attentionForward(const Sentence<Number>& sentence, const Dropout& dropout, Number* scratch, Number* out)
{
    run([&]() __attribute__((always_inline)) {
        const Head<Number> head(sentence.tokens, sentence.headSize, scratch);
        for (std::size_t h = 0; h < sentence.heads; ++h) {
            copyHeadIn(head, sentence, h);
            const Number* weights = attend(head, dropout, firstWeight(sentence, h));
            product<Number>({weights, head.span, 1}, head.value, head.wide, head.result, head.wide, head.tokens, head.wide, head.tokens);
            copyOut(head, head.result, Number{1}, out + h * head.size, sentence.heads * head.size);
        }
    });
}

template <typename Number>
void attentionBackward(const Sentence<Number>& sentence, const Dropout& dropout, const Number* gradient, Number* scratch, Number* qkvGradient)
{
    run([&]() __attribute__((always_inline)) {
        const Head<Number> head(sentence.tokens, sentence.headSize, scratch);
        const std::size_t hidden = sentence.heads * head.size;
        for (std::size_t h = 0; h < sentence.heads; ++h) {
            copyHeadIn(head, sentence, h);
            copyIn(head, gradient + h * head.size, hidden, Number{1}, head.gradient);
            headBackward(head, dropout, firstWeight(sentence, h), qkvGradient + h * head.size, hidden);
        }
    });
}

#define ESPALIER_INSTANTIATE(Number)                                                                                                         \
    template void attentionForward(const Sentence<Number>&, const Dropout&, Number*, Number*);                                               \
    template void attentionBackward(const Sentence<Number>&, const Dropout&, const Number*, Number*, Number*);

ESPALIER_INSTANTIATE(float)
ESPALIER_INSTANTIATE(double)

} // namespace espalier::packed
