// SPDX-License-Identifier: GPL-3.0-or-later
// The inner loops of an encoder over packed tokens: the rows of all sentences of a batch one after the other, without padding. LibTorch's own
// operators would need padding for attention, and its dropout draws from a serial generator, which costs more time than the products of
// a small encoder. Here a dropout mask is a function of seed and position, so it is never stored and does not depend on threads.
// Plain C++ without LibTorch, for float, and for double (which is exact where float is approximated, for gradient checks).
#pragma once

#include <cstddef>
#include <cstdint>

namespace espalier::packed {

/// Element i is zero where a hash of i and @c seed says so, which it does for the share @c rate; the others grow by 1 / (1 - rate).
struct Dropout {
    std::uint64_t seed = 0;
    double rate = 0; ///< 0: none; below 1
};

/// out[i] = in[i], dropped or grown, for elements @p begin to @p end of an array. @p in and @p out may be the same.
template <typename Number>
void drop(const Dropout& dropout, const Number* in, Number* out, std::size_t begin, std::size_t end);

/// The arrays of a residual connection with layer norm (Ba, Kiros and Hinton, "Layer Normalization", 2016). All of rows x columns numbers
/// but @c scale and @c shift (columns), and @c mean and @c inverse (rows).
template <typename Number>
struct NormArrays {
    std::size_t columns = 0;
    Number epsilon = 0;
    const Number* input = nullptr;
    const Number* residual = nullptr;
    const Number* scale = nullptr;
    const Number* shift = nullptr;
    Number* sum = nullptr;     ///< residual + input with dropout
    Number* output = nullptr;  ///< (sum - mean) * inverse * scale + shift
    Number* mean = nullptr;    ///< of each row of sum
    Number* inverse = nullptr; ///< 1 / sqrt(variance + epsilon) of each row
};

/// Rows @p begin to @p end.
template <typename Number>
void normForward(const NormArrays<Number>& arrays, const Dropout& dropout, std::size_t begin, std::size_t end);

template <typename Number>
struct NormGradients {
    const Number* output = nullptr; ///< of the loss by output
    const Number* sum = nullptr;    ///< the same by sum, from elsewhere; null: none
    Number* residual = nullptr;     ///< written: by the residual, and so by sum
    Number* input = nullptr;        ///< written, unless null: by the input (where there is no dropout it is the residual's)
    Number* scale = nullptr;        ///< added to: columns
    Number* shift = nullptr;        ///< added to: columns
};

/// Rows @p begin to @p end; arrays.sum, mean and inverse are what normForward() left.
template <typename Number>
void normBackward(const NormArrays<Number>& arrays, const NormGradients<Number>& gradients, const Dropout& dropout, std::size_t begin, std::size_t end);

/// Queries, keys and values of one sentence: @c tokens rows of 3 * heads * headSize numbers: the queries of all heads, the keys, the values.
template <typename Number>
struct Sentence {
    const Number* qkv = nullptr;
    std::size_t tokens = 0;
    std::size_t heads = 0;
    std::size_t headSize = 0;
    std::uint32_t firstWeight = 0; ///< position of its first attention weight in the batch, for dropout
};

/// Numbers of working memory that one thread needs for sentences of up to @p tokens tokens.
std::size_t attentionScratch(std::size_t tokens, std::size_t headSize);

/// Scaled dot-product attention (Vaswani et al., "Attention Is All You Need", 2017): for each head softmax(Q K^T / sqrt(headSize)) V, with dropout
/// of the weights. @p out: tokens x (heads * headSize).
template <typename Number>
void attentionForward(const Sentence<Number>& sentence, const Dropout& dropout, Number* scratch, Number* out);

/// @p gradient: of the loss by out; @p qkvGradient: written, as qkv. The attention weights are computed again, so nothing of their size is kept.
template <typename Number>
void attentionBackward(const Sentence<Number>& sentence, const Dropout& dropout, const Number* gradient, Number* scratch, Number* qkvGradient);

} // namespace espalier::packed
