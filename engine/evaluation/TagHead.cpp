// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/TagHead.h"

#include "engine/edge/CrfDecoder.h"
#include "engine/evaluation/TaskScores.h"
#include "engine/models/Crf.h"

#include <algorithm>
#include <array>

namespace espalier {
namespace {

/// The words of a batch that have a token, with their tags; padded to the longest sentence.
struct BatchWords {
    torch::Tensor tokens;  ///< [B x W] int64, zero beyond a sentence's end
    torch::Tensor otherTokens; ///< [B x W] int64: the same words' tokens in the other batch, where there is one
    torch::Tensor tags;    ///< [B x W] int64, zero beyond a sentence's end
    torch::Tensor lengths; ///< [B] int64; 1 where a sentence has no word, whose loss then does not count
    torch::Tensor counted; ///< [B x W] float, 1 for a word
    std::int64_t words = 0;
};

/// @p other: the same sentences, perhaps cut into other tokens, of which a word needs one too.
BatchWords wordsOfBatch(const BatchLogits& batch, const EncodedExamples& other)
{
    std::vector<std::vector<std::array<std::int32_t, 3>>> rows;
    std::vector<std::int32_t> first;
    std::vector<std::int32_t> second;
    std::vector<std::int32_t> third;
    std::size_t longest = 1;
    for (const std::uint32_t index : batch.indices) {
        const auto tokens = batch.examples.wordTokens.read(index, first);
        const auto tags = batch.examples.targets.read(index, second);
        const auto others = other.wordTokens.read(index, third);
        auto& row = rows.emplace_back();
        for (std::size_t w = 0; w < tokens.size(); ++w)
            if (tokens[w] >= 0 && tags[w] >= 0 && others[w] >= 0)
                row.push_back({tokens[w], tags[w], others[w]});
        longest = std::max(longest, row.size());
    }
    const auto count = static_cast<std::int64_t>(rows.size());
    const torch::Tensor ints = torch::zeros({3, count, static_cast<std::int64_t>(longest)}, torch::kInt64);
    const torch::Tensor counted = torch::zeros({count, static_cast<std::int64_t>(longest)});
    const torch::Tensor lengths = torch::ones({count}, torch::kInt64);
    std::int64_t words = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t w = 0; w < rows[i].size(); ++w) {
            for (std::size_t part = 0; part < 3; ++part)
                ints.data_ptr<std::int64_t>()[(part * rows.size() + i) * longest + w] = rows[i][w][part];
            counted.data_ptr<float>()[i * longest + w] = 1;
        }
        lengths.data_ptr<std::int64_t>()[i] = std::max<std::int64_t>(1, static_cast<std::int64_t>(rows[i].size()));
        words += static_cast<std::int64_t>(rows[i].size());
    }
    const auto device = batch.logits.device();
    return {ints[0].to(device), ints[2].to(device), ints[1].to(device), lengths.to(device), counted.to(device), words};
}

/// The logits of each word: [B x W x C].
torch::Tensor wordLogits(const torch::Tensor& logits, const torch::Tensor& tokens)
{
    return logits.gather(1, tokens.unsqueeze(2).expand({tokens.size(0), tokens.size(1), logits.size(2)}));
}

std::vector<float> values(const torch::Tensor& tensor)
{
    const torch::Tensor plain = tensor.detach().to(torch::kCPU).contiguous();
    return {plain.data_ptr<float>(), plain.data_ptr<float>() + plain.numel()};
}

/// A model that scores each word's tag alone is a field, too: with nothing said about which tag follows which.
CrfImpl::Scores fieldOf(TextModel& model, const torch::Tensor& logits, double temperature)
{
    if (CrfImpl* crf = model.crf())
        return crf->scores(logits, temperature);
    const std::int64_t tags = logits.size(2);
    const torch::Tensor none = torch::zeros({tags}, logits.options());
    return {logits / temperature, torch::zeros({tags * tags}, logits.options()), none, none};
}

class TagHead final : public TaskHead {
public:
    BatchLoss loss(const BatchLogits& batch, double smoothing) const override
    {
        const BatchWords words = wordsOfBatch(batch, batch.examples);
        const torch::Tensor logits = wordLogits(batch.logits, words.tokens);
        const double count = static_cast<double>(std::max<std::int64_t>(words.words, 1));
        const std::int64_t right = (logits.detach().argmax(2).eq(words.tags) & words.counted.gt(0)).sum().item<std::int64_t>();
        if (CrfImpl* crf = batch.model.crf()) { // a sequence's likelihood is averaged over sentences, tags' over words
            const torch::Tensor total = (crf->negativeLogLikelihood(logits, words.tags, words.lengths) * words.counted.select(1, 0)).sum();
            return {total / static_cast<double>(batch.indices.size()), total.item<double>() / count, right, words.words};
        }
        const torch::Tensor logProbabilities = torch::log_softmax(logits, 2);
        const torch::Tensor plain = -(logProbabilities.gather(2, words.tags.unsqueeze(2)).squeeze(2) * words.counted).sum() / count;
        const torch::Tensor spread = -(logProbabilities.mean(2) * words.counted).sum() / count;
        return {plain * (1 - smoothing) + spread * smoothing, plain.item<double>(), right, words.words};
    }

    torch::Tensor divergence(const BatchLogits& student, const BatchLogits& teacher, double temperature) const override
    {
        const BatchWords words = wordsOfBatch(student, teacher.examples);
        const torch::Tensor p = wordLogits(teacher.logits, words.otherTokens);
        const torch::Tensor q = wordLogits(student.logits, words.tokens);
        const auto count = static_cast<double>(std::max<std::int64_t>(words.words, 1));
        if (student.model.crf() == nullptr && teacher.model.crf() == nullptr)
            return (softmaxDivergence(p / temperature, q / temperature) * words.counted).sum() / count;
        const auto sum = CrfImpl::divergence(fieldOf(teacher.model, p, temperature), fieldOf(student.model, q, temperature), words.lengths, words.counted.select(1, 0));
        return sum / (student.model.crf() != nullptr ? static_cast<double>(student.indices.size()) : count); // averaged as the student's loss is
    }

    void prepare(const EncodedExamples& examples, std::int64_t classes, Predictions& predictions) const override
    {
        predictions.begins.assign(1, 0);
        for (const std::uint16_t words : examples.wordTokens.lengths())
            predictions.begins.push_back(predictions.begins.back() + words);
        predictions.classes.assign(predictions.begins.back(), -1);
        predictions.probabilities.resize(predictions.begins.back() * static_cast<std::size_t>(classes));
    }

    void answer(const BatchLogits& batch, Predictions& predictions) const override
    {
        CrfImpl* crf = batch.model.crf();
        const torch::Tensor rows = (crf ? batch.logits : torch::softmax(batch.logits, 2)).to(torch::kCPU).contiguous();
        const edge::CrfDecoder decoder = crf ? edge::CrfDecoder(values(crf->transitions), values(crf->start), values(crf->end)) : edge::CrfDecoder();
        const auto sentenceSize = static_cast<std::size_t>(rows.size(1) * rows.size(2));
        for (std::size_t i = 0; i < batch.indices.size(); ++i)
            answerSentence(batch, i, {rows.data_ptr<float>() + i * sentenceSize, static_cast<std::size_t>(rows.size(2)), crf ? &decoder : nullptr}, predictions);
    }

    double score(const Predictions& predictions, const EncodedExamples& examples, const std::vector<std::string>& labels) const override
    {
        return entityScores(predictions, examples, labels).total.f1;
    }

private:
    struct Sentence {
        const float* rows; ///< of its tokens
        std::size_t tags;
        const edge::CrfDecoder* decoder; ///< null: the rows are probabilities already
    };

    /// Words that were cut off keep zeros, and class -1, of which the evaluation makes "O".
    static void answerSentence(const BatchLogits& batch, std::size_t i, const Sentence& sentence, Predictions& predictions)
    {
        std::vector<std::int32_t> buffer;
        std::vector<const float*> words;
        std::vector<std::size_t> places;
        std::size_t place = predictions.begins[batch.indices[i]];
        for (const std::int32_t token : batch.examples.wordTokens.read(batch.indices[i], buffer)) {
            if (token >= 0) {
                words.push_back(sentence.rows + static_cast<std::size_t>(token) * sentence.tags);
                places.push_back(place);
            }
            ++place;
        }
        std::vector<float> decoded(words.size() * sentence.tags);
        if (sentence.decoder) {
            std::vector<float> memory(sentence.decoder->workingFloats(words.size()));
            sentence.decoder->decode(words, decoded.data(), memory.data());
        } else {
            for (std::size_t w = 0; w < words.size(); ++w)
                std::copy_n(words[w], sentence.tags, decoded.begin() + static_cast<std::ptrdiff_t>(w * sentence.tags));
        }
        for (std::size_t w = 0; w < words.size(); ++w) {
            const auto row = decoded.begin() + static_cast<std::ptrdiff_t>(w * sentence.tags);
            predictions.classes[places[w]] = std::max_element(row, row + static_cast<std::ptrdiff_t>(sentence.tags)) - row;
            std::copy_n(row, sentence.tags, predictions.probabilities.begin() + static_cast<std::ptrdiff_t>(places[w] * sentence.tags));
        }
    }
};

} // namespace

const TaskHead& tagHead()
{
    static const TagHead head;
    return head;
}

} // namespace espalier
