// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/CrfDecoder.h"

#include "engine/edge/Elementary.h"

#include <algorithm>

namespace espalier::edge {
namespace {

/// A tag on the best path has at least this, so that it can be told from the others, which have zero.
constexpr float leastProbability = 1e-6F;

/// Scales @p values so that they add up to one: only their proportions matter, and they stay within range however long the sentence is.
void normalize(float* values, std::size_t count)
{
    float sum = 0;
    for (std::size_t i = 0; i < count; ++i)
        sum += values[i];
    for (std::size_t i = 0; i < count; ++i)
        values[i] /= sum;
}

} // namespace

CrfDecoder::CrfDecoder(std::vector<float> transitions, std::vector<float> start, std::vector<float> end)
    : m_transitions(std::move(transitions)), m_exponentials(m_transitions.size()), m_start(std::move(start)), m_end(std::move(end))
{
    for (std::size_t i = 0; i < m_transitions.size(); ++i)
        m_exponentials[i] = exponential(m_transitions[i]);
}

void CrfDecoder::decode(std::span<const float* const> logits, float* out, float* memory) const
{
    const std::size_t words = logits.size();
    if (words == 0)
        return;
    const std::size_t table = words * tags();
    viterbi(logits, memory + 3 * table, memory, out);
    float* before = memory + table;
    float* after = memory + 2 * table;
    forward(logits, before);
    backward(logits, after, memory + 3 * table);
    for (std::size_t w = 0; w < words; ++w) {
        float total = 0;
        for (std::size_t i = w * tags(); i < (w + 1) * tags(); ++i)
            total += before[i] * after[i];
        for (std::size_t i = w * tags(); i < (w + 1) * tags(); ++i)
            if (out[i] > 0)
                out[i] = std::max(leastProbability, total > 0 ? before[i] * after[i] / total : 0.0F);
    }
}

/// Marks the best path with ones in @p out. @p best: [words x C], the tag before; @p scores: [2 x C].
void CrfDecoder::viterbi(std::span<const float* const> logits, float* scores, float* best, float* out) const
{
    const std::size_t n = tags();
    float* now = scores;
    float* next = scores + n;
    for (std::size_t tag = 0; tag < n; ++tag)
        now[tag] = m_start[tag] + logits[0][tag];
    for (std::size_t w = 1; w < logits.size(); ++w, std::swap(now, next))
        for (std::size_t tag = 0; tag < n; ++tag) {
            std::size_t from = 0;
            for (std::size_t other = 1; other < n; ++other)
                if (now[other] + m_transitions[other * n + tag] > now[from] + m_transitions[from * n + tag])
                    from = other;
            best[w * n + tag] = static_cast<float>(from);
            next[tag] = now[from] + m_transitions[from * n + tag] + logits[w][tag];
        }
    std::size_t tag = 0;
    for (std::size_t other = 1; other < n; ++other)
        if (now[other] + m_end[other] > now[tag] + m_end[tag])
            tag = other;
    std::fill_n(out, logits.size() * n, 0.0F);
    for (std::size_t w = logits.size(); w-- > 0;) {
        out[w * n + tag] = 1;
        if (w > 0) // none is before the first, and nothing was written there
            tag = static_cast<std::size_t>(best[w * n + tag]);
    }
}

/// sums[tag] *= e^(logits[tag] + scores[tag]), up to a common factor; @p scores may be null.
void CrfDecoder::emit(const float* logits, const float* scores, float* sums) const
{
    const float largest = *std::max_element(logits, logits + tags());
    for (std::size_t tag = 0; tag < tags(); ++tag)
        sums[tag] *= exponential(logits[tag] - largest + (scores ? scores[tag] : 0.0F));
}

void CrfDecoder::forward(std::span<const float* const> logits, float* sums) const
{
    const std::size_t n = tags();
    std::fill_n(sums, n, 1.0F);
    emit(logits[0], m_start.data(), sums);
    normalize(sums, n);
    for (std::size_t w = 1; w < logits.size(); ++w) {
        const float* before = sums + (w - 1) * n;
        float* now = sums + w * n;
        std::fill_n(now, n, 0.0F);
        for (std::size_t from = 0; from < n; ++from)
            for (std::size_t tag = 0; tag < n; ++tag)
                now[tag] += before[from] * m_exponentials[from * n + tag];
        emit(logits[w], nullptr, now);
        normalize(now, n);
    }
}

/// @p next: [C].
void CrfDecoder::backward(std::span<const float* const> logits, float* sums, float* next) const
{
    const std::size_t n = tags();
    const std::size_t words = logits.size();
    for (std::size_t tag = 0; tag < n; ++tag)
        sums[(words - 1) * n + tag] = exponential(m_end[tag]);
    for (std::size_t w = words - 1; w-- > 0;) {
        std::copy_n(sums + (w + 1) * n, n, next);
        emit(logits[w + 1], nullptr, next);
        float* now = sums + w * n;
        for (std::size_t tag = 0; tag < n; ++tag) {
            now[tag] = 0;
            for (std::size_t to = 0; to < n; ++to)
                now[tag] += m_exponentials[tag * n + to] * next[to];
        }
        normalize(now, n);
    }
}

} // namespace espalier::edge
