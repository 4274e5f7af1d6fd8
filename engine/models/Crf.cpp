// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/Crf.h"

namespace espalier {

CrfImpl::CrfImpl(std::int64_t tags) : m_tags(tags)
{
    transitions = register_parameter("transitions", torch::zeros({tags * tags}));
    start = register_parameter("start", torch::zeros({tags}));
    end = register_parameter("end", torch::zeros({tags}));
}

torch::Tensor CrfImpl::negativeLogLikelihood(const torch::Tensor& logits, const torch::Tensor& tags, const torch::Tensor& lengths)
{
    return logPartition({logits, transitions, start, end}, lengths) - scoreOf(logits, tags, lengths);
}

/// The score of the given sequences: [B].
torch::Tensor CrfImpl::scoreOf(const torch::Tensor& logits, const torch::Tensor& tags, const torch::Tensor& lengths) const
{
    const std::int64_t words = logits.size(1);
    const torch::Tensor counts = torch::arange(words, lengths.options()).unsqueeze(0) < lengths.unsqueeze(1); // [B x W]
    const torch::Tensor weights = counts.to(logits.dtype());
    torch::Tensor score = (logits.gather(2, tags.unsqueeze(2)).squeeze(2) * weights).sum(1);
    score = score + start.index_select(0, tags.select(1, 0)) + end.index_select(0, tags.gather(1, (lengths - 1).unsqueeze(1)).squeeze(1));
    if (words == 1)
        return score;
    const torch::Tensor pairs = tags.slice(1, 0, words - 1) * m_tags + tags.slice(1, 1, words); // places in transitions
    return score + (transitions.index_select(0, pairs.reshape({-1})).view_as(pairs) * weights.slice(1, 1, words)).sum(1);
}

/// The logarithm of the sum over all sequences, by the forward algorithm: [B]. The sums are taken as products with the exponentials of the transitions,
/// relative to each sentence's largest, so that they stay within range.
torch::Tensor CrfImpl::logPartition(const Scores& scores, const torch::Tensor& lengths)
{
    const torch::Tensor& logits = scores.logits;
    const torch::Tensor steps = scores.transitions.view({logits.size(2), logits.size(2)}).exp();
    torch::Tensor sums = scores.start.unsqueeze(0) + logits.select(1, 0);
    for (std::int64_t word = 1; word < logits.size(1); ++word) {
        const torch::Tensor largest = std::get<0>(sums.max(1, true)).detach();
        const torch::Tensor next = (sums - largest).exp().matmul(steps).clamp_min(1e-37).log() + largest + logits.select(1, word);
        sums = torch::where((lengths > word).unsqueeze(1), next, sums);
    }
    return torch::logsumexp(sums + scores.end.unsqueeze(0), 1);
}

CrfImpl::Scores CrfImpl::scores(const torch::Tensor& logits, double temperature) const
{
    return {logits / temperature, transitions / temperature, start / temperature, end / temperature};
}

/// A sequence's score is linear in the parts of Scores, and the gradient of the log-partition in them is what is expected of each: so
/// KL(p || q) = log Z(q) - log Z(p) - <grad log Z(p), scores of q - scores of p>.
torch::Tensor CrfImpl::divergence(const Scores& truth, const Scores& guess, const torch::Tensor& lengths, const torch::Tensor& counted)
{
    const auto leaf = [](const torch::Tensor& part) { return part.detach().requires_grad_(true); };
    const Scores parts{leaf(truth.logits), leaf(truth.transitions), leaf(truth.start), leaf(truth.end)};
    const torch::Tensor partition = (logPartition(parts, lengths) * counted).sum();
    const auto expected = torch::autograd::grad({partition}, {parts.logits, parts.transitions, parts.start, parts.end}, {}, {}, false, true);
    torch::Tensor divergence = (logPartition(guess, lengths) * counted).sum() - partition.detach();
    const auto subtract = [&](const torch::Tensor& expectation, const torch::Tensor& q, const torch::Tensor& p) {
        if (expectation.defined()) // nothing follows where sentences have one word
            divergence = divergence - (expectation * (q - p.detach())).sum();
    };
    subtract(expected[0], guess.logits, parts.logits);
    subtract(expected[1], guess.transitions, parts.transitions);
    subtract(expected[2], guess.start, parts.start);
    subtract(expected[3], guess.end, parts.end);
    return divergence;
}

} // namespace espalier
