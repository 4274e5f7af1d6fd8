// SPDX-License-Identifier: Apache-2.0
// CrfDecoder: the likeliest tags of a sentence under a linear-chain conditional random field (Lafferty, McCallum and Pereira, ICML 2001) by Viterbi's algorithm, and
// how probable each of them is, by the forward and backward sums. The same code where a model is evaluated and on the device.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace espalier::edge {

class CrfDecoder {
public:
    CrfDecoder() = default;
    /// @p transitions: [C * C], from the row's tag to the column's; @p start and @p end: [C]. All scores are added to logits.
    CrfDecoder(std::vector<float> transitions, std::vector<float> start, std::vector<float> end);

    [[nodiscard]] std::size_t tags() const { return m_start.size(); }
    /// Floats of working memory for @p words words.
    [[nodiscard]] std::size_t workingFloats(std::size_t words) const { return (3 * words + 2) * tags(); }

    /// @p logits: a pointer to the scores [C] of each word. Row w of @p out, [words x C], holds the posterior probability of word w's tag on the best path
    /// at that tag, and zeros elsewhere. @p memory: workingFloats(words) floats.
    void decode(std::span<const float* const> logits, float* out, float* memory) const;

private:
    void viterbi(std::span<const float* const> logits, float* scores, float* best, float* out) const;
    void forward(std::span<const float* const> logits, float* sums) const;
    void backward(std::span<const float* const> logits, float* sums, float* next) const;
    void emit(const float* logits, const float* scores, float* sums) const;

    std::vector<float> m_transitions;
    std::vector<float> m_exponentials; ///< of m_transitions
    std::vector<float> m_start;
    std::vector<float> m_end;
};

} // namespace espalier::edge
