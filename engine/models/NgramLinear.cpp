// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/NgramLinear.h"

#include "engine/edge/NgramHash.h"
#include "engine/models/InputRecorder.h"
#include "engine/models/ModelParts.h"
#include "engine/tokenizers/Tokenizer.h"

#include <map>

namespace espalier {
namespace {

/// The rows of one bag a sentence, one after the other, as LibTorch's embedding_bag takes them.
struct Bags {
    std::vector<std::int64_t> rows;
    std::vector<std::int64_t> offsets; ///< where each sentence's rows begin
};

/// The features of a batch, read off its ids.
class Features {
public:
    Features(const torch::Tensor& ids, const torch::Tensor& lengths, std::int64_t order, std::int64_t buckets)
        : m_order(order), m_buckets(static_cast<std::size_t>(buckets))
    {
        const torch::Tensor tokens = ids.to(torch::kCPU).contiguous();
        const auto* row = tokens.data_ptr<std::int64_t>();
        const torch::Tensor tokenCounts = lengths.to(torch::kCPU).contiguous();
        for (std::int64_t i = 0; i < tokens.size(0); ++i, row += tokens.size(1))
            addSentence(row, tokenCounts.data_ptr<std::int64_t>()[i]);
    }

    Bags words;
    Bags ngrams;
    std::vector<float> counts; ///< features of each sentence

private:
    void addSentence(const std::int64_t* ids, std::int64_t length)
    {
        words.offsets.push_back(static_cast<std::int64_t>(words.rows.size()));
        ngrams.offsets.push_back(static_cast<std::int64_t>(ngrams.rows.size()));
        const std::size_t before = ngrams.rows.size();
        words.rows.insert(words.rows.end(), ids, ids + length);
        for (std::int64_t begin = 0; begin < length; ++begin) {
            edge::NgramHash hash;
            hash.add(static_cast<std::int32_t>(ids[begin]));
            for (std::int64_t end = begin + 1; end < std::min(begin + m_order, length); ++end) {
                hash.add(static_cast<std::int32_t>(ids[end]));
                ngrams.rows.push_back(static_cast<std::int64_t>(hash.bucket(m_buckets)));
            }
        }
        counts.push_back(static_cast<float>(static_cast<std::size_t>(length) + ngrams.rows.size() - before));
    }

    std::int64_t m_order;
    std::size_t m_buckets;
};

torch::Tensor asTensor(const std::vector<std::int64_t>& values)
{
    return torch::tensor(values, torch::kInt64);
}

/// The sum of each bag's rows: [B x E]. The gradient is sparse where the embedding says so.
torch::Tensor sumOf(torch::nn::Embedding& embedding, const Bags& bags)
{
    constexpr std::int64_t sum = 0; // embedding_bag's mode
    const auto device = embedding->weight.device();
    return std::get<0>(torch::embedding_bag(embedding->weight, asTensor(bags.rows).to(device), asTensor(bags.offsets).to(device), false, sum,
                                            embedding->options.sparse()));
}

/// What each of @p rows of a table is multiplied with in a mean over a sentence's features: how often it is among them, over how many there are. Summed
/// squares [rows x 1].
torch::Tensor shareSquares(const Bags& bags, const std::vector<float>& counts, std::int64_t rows)
{
    torch::Tensor sums = torch::zeros({rows, 1}, torch::kFloat64);
    auto* sum = sums.data_ptr<double>();
    std::map<std::int64_t, double> shares;
    for (std::size_t sentence = 0; sentence < bags.offsets.size(); ++sentence) {
        shares.clear();
        const auto end = sentence + 1 < bags.offsets.size() ? static_cast<std::size_t>(bags.offsets[sentence + 1]) : bags.rows.size();
        for (auto at = static_cast<std::size_t>(bags.offsets[sentence]); at < end; ++at)
            shares[bags.rows[at]] += 1 / static_cast<double>(counts[sentence]);
        for (const auto& [row, share] : shares)
            sum[row] += share * share;
    }
    return sums;
}

class NgramLinear final : public TextModel {
public:
    explicit NgramLinear(const ModelSpec& spec)
        : m_order(integer(spec, "ngram_order")), m_buckets(integer(spec, "ngram_buckets")), m_wordDropout(real(spec, "word_dropout"))
    {
        const std::int64_t dimension = integer(spec, "embedding_dim");
        m_embedding = register_module("embedding", tokenEmbedding(spec));
        if (m_order > 1) {
            m_ngrams = register_module("ngrams", torch::nn::Embedding(torch::nn::EmbeddingOptions(m_buckets, dimension)));
            const torch::NoGradGuard noGrad;
            m_ngrams->weight.zero_();
        }
        m_output = register_module("output", torch::nn::Linear(dimension, spec.classes));
    }

    torch::Tensor forward(torch::Tensor ids, const torch::Tensor& lengths) override
    {
        if (is_training() && m_wordDropout > 0)
            ids = withWordsDropped(ids, m_wordDropout);
        const Features features(ids, lengths, m_order, m_buckets);
        torch::Tensor sum = sumOf(m_embedding, features.words);
        if (m_order > 1)
            sum = sum + sumOf(m_ngrams, features.ngrams);
        const torch::Tensor mean = sum / torch::tensor(features.counts).to(sum.device()).unsqueeze(1);
        if (recorder() != nullptr)
            record(features, mean);
        return m_output->forward(mean);
    }

    void weightsReplaced() override { clearPadding(m_embedding); }

private:
    void record(const Features& features, const torch::Tensor& mean)
    {
        recorder()->add(m_embedding->weight, shareSquares(features.words, features.counts, m_embedding->weight.size(0)));
        if (m_order > 1)
            recorder()->add(m_ngrams->weight, shareSquares(features.ngrams, features.counts, m_buckets));
        recorder()->rows(m_output->weight, mean);
    }

    std::int64_t m_order;
    std::int64_t m_buckets;
    double m_wordDropout;
    torch::nn::Embedding m_embedding{nullptr};
    torch::nn::Embedding m_ngrams{nullptr};
    torch::nn::Linear m_output{nullptr};
};

bool hasNgrams(const ModelSpec& spec)
{
    return integer(spec, "ngram_order") > 1;
}

TensorShapes shapes(const ModelSpec& spec)
{
    const std::int64_t dimension = integer(spec, "embedding_dim");
    TensorShapes result{{"embedding.weight", {spec.vocabularySize, dimension}},
                        {"output.weight", {spec.classes, dimension}},
                        {"output.bias", {spec.classes}}};
    if (hasNgrams(spec))
        result["ngrams.weight"] = {integer(spec, "ngram_buckets"), dimension};
    return result;
}

std::vector<PrunableTensor> prunable(const ModelSpec& spec)
{
    std::vector<PrunableTensor> tensors{{"embedding.weight", "embedding"}};
    if (hasNgrams(spec))
        tensors.push_back({"ngrams.weight", "embedding"});
    tensors.push_back({"output.weight", "linear"});
    return tensors;
}

edge::Program lower(const ModelSpec& spec)
{
    edge::Op mean{.kind = "ngram_mean", .inputs = {"ids"}, .output = "features", .tensors = {{"weight", "embedding.weight"}},
                  .attributes = {{"order", std::to_string(integer(spec, "ngram_order"))}}};
    if (hasNgrams(spec))
        mean.tensors["ngrams"] = "ngrams.weight";
    edge::Program program;
    program.ops.push_back(std::move(mean));
    program.ops.push_back({.kind = "linear", .inputs = {"features"}, .output = "logits",
                           .tensors = {{"weight", "output.weight"}, {"bias", "output.bias"}}, .attributes = {{"activation", "none"}}});
    addAnswer(spec, program);
    return program;
}

} // namespace

ModelType ngramLinear()
{
    return {.id = "ngram", .check = [](const ModelSpec&) -> Result<void> { return {}; }, .shapes = shapes, .prunable = prunable, .lower = lower,
            .create = [](const ModelSpec& spec) -> std::shared_ptr<TextModel> { return std::make_shared<NgramLinear>(spec); }};
}

} // namespace espalier
