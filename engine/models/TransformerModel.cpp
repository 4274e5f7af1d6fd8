// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/InputRecorder.h"
#include "engine/models/ModelParts.h"
#include "engine/models/PackedOps.h"
#include "engine/models/Transformer.h"

namespace espalier {
namespace {

constexpr double initialSpread = 0.02; ///< BERT's

torch::nn::Linear dense(std::int64_t inputs, std::int64_t outputs)
{
    torch::nn::Linear linear(inputs, outputs);
    const torch::NoGradGuard noGrad;
    linear->weight.normal_(0, initialSpread);
    linear->bias.zero_();
    return linear;
}

torch::nn::Embedding table(std::int64_t rows, std::int64_t columns)
{
    torch::nn::Embedding embedding(rows, columns);
    const torch::NoGradGuard noGrad;
    embedding->weight.normal_(0, initialSpread);
    return embedding;
}

torch::nn::LayerNorm norm(std::int64_t columns)
{
    return torch::nn::LayerNorm(torch::nn::LayerNormOptions({columns}).eps(transformerEpsilon));
}

torch::Tensor rowsOf(const torch::nn::Embedding& embedding, const torch::Tensor& ids)
{
    return packed::rowsOf(embedding->weight, ids, embedding->options.sparse());
}

/// The dropout of one forward pass: every use has a seed of its own, made from one number of LibTorch's generator.
class Droppings {
public:
    explicit Droppings(bool training) : m_training(training), m_seed(training ? draw() : 0) {}

    packed::Dropout next(double rate)
    {
        constexpr std::uint64_t step = 0x9E3779B97F4A7C15U; // seeds far apart (Steele et al., "Fast Splittable Pseudorandom Number Generators", 2014)
        m_seed += step;
        return {m_seed, m_training ? rate : 0};
    }

private:
    static std::uint64_t draw() { return static_cast<std::uint64_t>(torch::randint(std::numeric_limits<std::int64_t>::max(), {1}, torch::kInt64).item<std::int64_t>()); }

    bool m_training;
    std::uint64_t m_seed;
};

/// What flows between the parts of an encoder: the next part's input, and what goes on beside it.
struct Stream {
    torch::Tensor input;
    torch::Tensor beside;
};

struct EncoderOptions {
    std::int64_t hidden;
    std::int64_t inner;
    std::int64_t heads;
    std::int64_t attended; ///< of all heads together
    bool carriesSum; ///< pre-norm
    bool relu;
    double hiddenDropout;
    double attentionDropout;
};

/// The sum of @p part and what goes on beside it, through @p layerNorm.
Stream joined(const EncoderOptions& options, const torch::Tensor& part, const torch::Tensor& beside, const torch::nn::LayerNorm& layerNorm, const packed::Dropout& dropout)
{
    const packed::Normed normed = packed::residualNorm(part, beside, layerNorm->weight, layerNorm->bias, transformerEpsilon, dropout);
    return {normed.output, options.carriesSum ? normed.sum : normed.output};
}

/// BERT's names come from its nested modules; these hold the parameters and nothing else.
class Group final : public torch::nn::Module {
public:
    template <typename Module>
    Module add(const char* name, Module module)
    {
        return register_module(name, std::move(module));
    }
};

class EncoderLayer final : public torch::nn::Module {
public:
    explicit EncoderLayer(const EncoderOptions& options) : m_options(options)
    {
        const auto attention = register_module("attention", std::make_shared<Group>());
        const auto self = attention->add("self", std::make_shared<Group>());
        m_query = self->add("query", dense(options.hidden, options.attended));
        m_key = self->add("key", dense(options.hidden, options.attended));
        m_value = self->add("value", dense(options.hidden, options.attended));
        const auto attentionOutput = attention->add("output", std::make_shared<Group>());
        m_mix = attentionOutput->add("dense", dense(options.attended, options.hidden));
        m_mixNorm = attentionOutput->add("LayerNorm", norm(options.hidden));
        m_inner = register_module("intermediate", std::make_shared<Group>())->add("dense", dense(options.hidden, options.inner));
        const auto output = register_module("output", std::make_shared<Group>());
        m_outer = output->add("dense", dense(options.inner, options.hidden));
        m_outerNorm = output->add("LayerNorm", norm(options.hidden));
    }

    /// @p recorder may be null.
    Stream forward(const Stream& stream, const packed::Packing& packing, Droppings& droppings, InputRecorder* recorder)
    {
        // One product instead of three: the weights are small beside the tokens.
        const torch::Tensor qkv = torch::addmm(torch::cat({m_query->bias, m_key->bias, m_value->bias}), stream.input,
                                               torch::cat({m_query->weight, m_key->weight, m_value->weight}).t());
        const torch::Tensor mixed = packed::attention(qkv, packing, m_options.heads, droppings.next(m_options.attentionDropout));
        const Stream between = joined(m_options, m_mix->forward(mixed), stream.beside, m_mixNorm, droppings.next(m_options.hiddenDropout));
        const torch::Tensor inner = m_inner->forward(between.input);
        const torch::Tensor active = m_options.relu ? torch::relu(inner) : torch::gelu(inner);
        const torch::Tensor fed = m_outer->forward(active);
        if (recorder != nullptr) {
            for (const auto& linear : {m_query, m_key, m_value})
                recorder->rows(linear->weight, stream.input);
            recorder->rows(m_mix->weight, mixed);
            recorder->rows(m_inner->weight, between.input);
            recorder->rows(m_outer->weight, active);
        }
        return joined(m_options, fed, between.beside, m_outerNorm, droppings.next(m_options.hiddenDropout));
    }

private:
    EncoderOptions m_options;
    torch::nn::Linear m_query{nullptr};
    torch::nn::Linear m_key{nullptr};
    torch::nn::Linear m_value{nullptr};
    torch::nn::Linear m_mix{nullptr};
    torch::nn::LayerNorm m_mixNorm{nullptr};
    torch::nn::Linear m_inner{nullptr};
    torch::nn::Linear m_outer{nullptr};
    torch::nn::LayerNorm m_outerNorm{nullptr};
};

class Transformer final : public TextModel {
public:
    explicit Transformer(const ModelSpec& spec)
        : m_options{.hidden = integer(spec, "hidden_size"), .inner = integer(spec, "ffn_size"), .heads = integer(spec, "heads"),
                    .attended = integer(spec, "heads") * headSize(spec), .carriesSum = text(spec, "norm") == "pre", .relu = text(spec, "encoder_activation") == "relu",
                    .hiddenDropout = real(spec, "hidden_dropout"), .attentionDropout = real(spec, "attention_dropout")},
          m_wordDropout(real(spec, "word_dropout"))
    {
        const auto embeddings = register_module("embeddings", std::make_shared<Group>());
        m_words = embeddings->add("word_embeddings", table(spec.vocabularySize, m_options.hidden));
        m_positions = embeddings->add("position_embeddings", table(integer(spec, "max_positions"), m_options.hidden));
        m_types = embeddings->add("token_type_embeddings", table(2, m_options.hidden));
        m_embeddingNorm = embeddings->add("LayerNorm", norm(m_options.hidden));
        auto layers = register_module("encoder", std::make_shared<Group>())->add("layer", torch::nn::ModuleList());
        for (std::int64_t i = 0; i < integer(spec, "layers"); ++i) {
            m_layers.push_back(std::make_shared<EncoderLayer>(m_options));
            layers->push_back(m_layers.back());
        }
        if (text(spec, "encoder_pooling") == "cls")
            m_pooler = register_module("pooler", std::make_shared<Group>())->add("dense", dense(m_options.hidden, m_options.hidden));
        m_classifier = register_module("classifier", dense(m_options.hidden, spec.classes));
        weightsReplaced();
    }

    torch::Tensor forward(torch::Tensor ids, const torch::Tensor& lengths) override
    {
        if (is_training() && m_wordDropout > 0)
            ids = withWordsDropped(ids, m_wordDropout);
        Droppings droppings(is_training());
        const packed::Packing packing = packed::pack(ids, lengths);
        Stream stream = embed(packing, droppings);
        if (m_record != nullptr)
            m_record->clear();
        for (const auto& layer : m_layers) {
            stream = layer->forward(stream, packing, droppings, recorder());
            if (m_record != nullptr)
                m_record->push_back(stream.input);
        }
        const torch::Tensor pooled = pool(stream.input, packing);
        if (recorder() != nullptr) {
            recorder()->tokens(m_words->weight, ownTokens(ids));
            recorder()->rows(m_classifier->weight, pooled);
        }
        return m_classifier->forward(packed::dropout(pooled, droppings.next(m_options.hiddenDropout)));
    }

    bool recordLayers(std::vector<torch::Tensor>* outputs) override
    {
        m_record = outputs;
        return true;
    }

    void weightsReplaced() override { clearPadding(m_words); }

private:
    [[nodiscard]] Stream embed(const packed::Packing& packing, Droppings& droppings) const
    {
        TORCH_CHECK(packing.longest <= m_positions->weight.size(0), "a sentence of ", packing.longest, " tokens is longer than the model's ",
                    m_positions->weight.size(0), " positions");
        const torch::Tensor places = rowsOf(m_positions, packing.positions) + m_types->weight[0];
        const packed::Dropout dropout = droppings.next(m_options.hiddenDropout);
        const Stream stream = joined(m_options, rowsOf(m_words, packing.ids), places, m_embeddingNorm, {});
        const torch::Tensor input = packed::dropout(stream.input, dropout);
        return {input, m_options.carriesSum ? stream.beside : input};
    }

    torch::Tensor pool(const torch::Tensor& tokens, const packed::Packing& packing)
    {
        if (!m_pooler)
            return packed::sentenceMeans(tokens, packing);
        const std::vector<std::int64_t> firsts(packing.offsets.begin(), packing.offsets.end() - 1);
        const torch::Tensor rows = tokens.index_select(0, torch::tensor(firsts, torch::kInt64).to(tokens.device()));
        if (recorder() != nullptr)
            recorder()->rows(m_pooler->weight, rows);
        return torch::tanh(m_pooler->forward(rows));
    }

    EncoderOptions m_options;
    double m_wordDropout;
    std::vector<torch::Tensor>* m_record = nullptr;
    torch::nn::Embedding m_words{nullptr};
    torch::nn::Embedding m_positions{nullptr};
    torch::nn::Embedding m_types{nullptr};
    torch::nn::LayerNorm m_embeddingNorm{nullptr};
    std::vector<std::shared_ptr<EncoderLayer>> m_layers;
    torch::nn::Linear m_pooler{nullptr};
    torch::nn::Linear m_classifier{nullptr};
};

} // namespace

std::shared_ptr<TextModel> makeTransformer(const ModelSpec& spec)
{
    return std::make_shared<Transformer>(spec);
}

} // namespace espalier
