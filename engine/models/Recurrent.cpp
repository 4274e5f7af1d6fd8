// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/Recurrent.h"

#include "engine/models/Crf.h"
#include "engine/models/InputRecorder.h"
#include "engine/models/ModelParts.h"

namespace espalier {
namespace {

/// What differs between the two cells.
struct Cell {
    std::string op;         ///< of the edge runtime
    std::int64_t gates = 0; ///< rows of a weight for each number of the state
};

const Cell lstm{"lstm", 4};
const Cell gru{"gru", 3};

/// One direction of one layer: the end of its tensors' names.
std::string suffix(std::int64_t layer, bool reverse)
{
    return "_l" + std::to_string(layer) + (reverse ? "_reverse" : "");
}

bool usesAttention(const ModelSpec& spec)
{
    return spec.task != Task::TokenTags && text(spec, "recurrent_pooling") == "attention";
}

/// The states of every token of every sentence, zero beyond its end: [B x T x 2H]. @p Network: torch::nn::LSTM or GRU.
template <typename Network>
torch::Tensor statesOf(Network& network, const torch::Tensor& embedded, const torch::Tensor& lengths)
{
    namespace rnn = torch::nn::utils::rnn;
    const auto packed = rnn::pack_padded_sequence(embedded, lengths.to(torch::kCPU), true, false);
    const auto states = std::get<0>(network->forward_with_packed_input(packed));
    return std::get<0>(rnn::pad_packed_sequence(states, true, 0.0, embedded.size(1)));
}

/// One layer over packed rows, in both directions.
struct LayerStates {
    torch::Tensor states; ///< [N x 2H]
    torch::Tensor last;   ///< [2 x B x H]: of each sentence, the one that nothing follows
};

LayerStates layerStates(const torch::nn::LSTMImpl&, const torch::Tensor& rows, const torch::Tensor& sizes, const std::vector<torch::Tensor>& weights, const torch::Tensor& zeros)
{
    const auto [states, last, cells] = torch::lstm(rows, sizes, {zeros, zeros}, weights, true, 1, 0, false, true);
    return {states, last};
}

LayerStates layerStates(const torch::nn::GRUImpl&, const torch::Tensor& rows, const torch::Tensor& sizes, const std::vector<torch::Tensor>& weights, const torch::Tensor& zeros)
{
    const auto [states, last] = torch::gru(rows, sizes, zeros, weights, true, 1, 0, false, true);
    return {states, last};
}

template <typename Network, typename Options>
class Recurrent final : public TextModel {
public:
    explicit Recurrent(const ModelSpec& spec)
        : m_pooling(spec.task == Task::TokenTags ? "none" : text(spec, "recurrent_pooling")), m_wordDropout(real(spec, "word_dropout")), m_dropout(real(spec, "dropout"))
    {
        const std::int64_t hidden = integer(spec, "recurrent_size");
        const std::int64_t layers = integer(spec, "recurrent_layers");
        m_embedding = register_module("embedding", tokenEmbedding(spec));
        m_recurrent = register_module("recurrent", Network(Options(integer(spec, "embedding_dim"), hidden)
                                                               .num_layers(layers)
                                                               .bidirectional(true)
                                                               .batch_first(true)
                                                               .dropout(layers > 1 ? m_dropout : 0)));
        if (usesAttention(spec)) {
            m_attention = register_module("attention", torch::nn::Linear(2 * hidden, hidden));
            m_query = register_parameter("query", torch::randn({hidden}) * 0.1);
        }
        m_output = register_module("output", torch::nn::Linear(2 * hidden, spec.classes));
        if (hasCrf(spec))
            m_crf = register_module("crf", Crf(spec.classes));
    }

    torch::Tensor forward(torch::Tensor ids, const torch::Tensor& lengths) override
    {
        if (is_training() && m_wordDropout > 0)
            ids = withWordsDropped(ids, m_wordDropout);
        const torch::Tensor embedded = withColumnsDropped(m_embedding->forward(ids));
        const torch::Tensor states = statesOf(m_recurrent, embedded, lengths);
        if (recorder() != nullptr) {
            recorder()->tokens(m_embedding->weight, ownTokens(ids));
            recordLayers(embedded, lengths);
        }
        if (m_pooling == "none") {
            if (recorder() != nullptr)
                recorder()->rows(m_output->weight, states); // zero beyond a sentence's end
            return m_output->forward(withColumnsDropped(states));
        }
        const torch::Tensor features = pool(states, lengths);
        if (recorder() != nullptr)
            recorder()->rows(m_output->weight, features);
        return m_output->forward(torch::dropout(features, m_dropout, is_training()));
    }

    CrfImpl* crf() override { return m_crf.is_empty() ? nullptr : m_crf.get(); }
    void weightsReplaced() override { clearPadding(m_embedding); }

private:
    /// Dropout with one mask for all tokens of a sentence (Gal and Ghahramani, "A Theoretically Grounded Application of Dropout in Recurrent Neural
    /// Networks", 2016). @p values: [B x T x n].
    [[nodiscard]] torch::Tensor withColumnsDropped(const torch::Tensor& values) const
    {
        if (!is_training() || m_dropout <= 0)
            return values;
        const torch::Tensor kept = torch::rand({values.size(0), 1, values.size(2)}, torch::device(values.device())) >= m_dropout;
        return values * kept.to(values.dtype()).div_(1 - m_dropout);
    }

    /// [B x T x 2H] to [B x 2H].
    torch::Tensor pool(const torch::Tensor& states, const torch::Tensor& lengths)
    {
        if (m_pooling == "mean")
            return states.sum(1) / lengths.unsqueeze(1).to(states.dtype());
        const torch::Tensor beyond = (torch::arange(states.size(1), lengths.options()).unsqueeze(0) >= lengths.unsqueeze(1)).unsqueeze(2);
        if (m_pooling == "max")
            return std::get<0>(states.masked_fill(beyond, -1e30).max(1));
        if (recorder() != nullptr)
            recorder()->rows(m_attention->weight, states);
        const torch::Tensor scores = torch::tanh(m_attention->forward(states)).matmul(m_query).unsqueeze(2);
        return (torch::softmax(scores.masked_fill(beyond, -1e30), 1) * states).sum(1);
    }

    /// What the weights of every layer meet: its input, and the state before each step. Layer by layer, since LibTorch gives the states of the last only.
    void recordLayers(const torch::Tensor& embedded, const torch::Tensor& lengths)
    {
        const auto packed = torch::nn::utils::rnn::pack_padded_sequence(embedded, lengths.to(torch::kCPU), true, false);
        const auto parameters = m_recurrent->named_parameters();
        torch::Tensor rows = packed.data();
        for (std::int64_t layer = 0; parameters.contains("weight_ih" + suffix(layer, false)); ++layer) {
            std::vector<torch::Tensor> weights;
            for (const bool reverse : {false, true})
                for (const char* role : {"weight_ih", "weight_hh", "bias_ih", "bias_hh"})
                    weights.push_back(parameters[role + suffix(layer, reverse)]);
            const std::int64_t hidden = weights[1].size(1);
            const auto [states, last] = layerStates(*m_recurrent, rows, packed.batch_sizes(), weights, torch::zeros({2, lengths.size(0), hidden}, rows.options()));
            for (std::int64_t direction = 0; direction < 2; ++direction) {
                const auto place = static_cast<std::size_t>(4 * direction);
                recorder()->rows(weights[place], rows);
                recorder()->rows(weights[place + 1], states.narrow(1, direction * hidden, hidden));
                recorder()->add(weights[place + 1], -last[direction].to(torch::kFloat64).square().sum(0, true)); // no step follows it
            }
            rows = states;
        }
    }

    std::string m_pooling;
    double m_wordDropout;
    double m_dropout;
    torch::nn::Embedding m_embedding{nullptr};
    Network m_recurrent{nullptr};
    torch::nn::Linear m_attention{nullptr};
    torch::Tensor m_query;
    torch::nn::Linear m_output{nullptr};
    Crf m_crf{nullptr};
};

TensorShapes shapes(const ModelSpec& spec, const Cell& cell)
{
    const std::int64_t hidden = integer(spec, "recurrent_size");
    TensorShapes result{{"embedding.weight", {spec.vocabularySize, integer(spec, "embedding_dim")}},
                        {"output.weight", {spec.classes, 2 * hidden}},
                        {"output.bias", {spec.classes}}};
    for (std::int64_t layer = 0; layer < integer(spec, "recurrent_layers"); ++layer)
        for (const bool reverse : {false, true}) {
            const std::string end = suffix(layer, reverse);
            result["recurrent.weight_ih" + end] = {cell.gates * hidden, layer == 0 ? integer(spec, "embedding_dim") : 2 * hidden};
            result["recurrent.weight_hh" + end] = {cell.gates * hidden, hidden};
            result["recurrent.bias_ih" + end] = {cell.gates * hidden};
            result["recurrent.bias_hh" + end] = {cell.gates * hidden};
        }
    if (hasCrf(spec)) {
        result["crf.transitions"] = {spec.classes * spec.classes};
        result["crf.start"] = {spec.classes};
        result["crf.end"] = {spec.classes};
    }
    if (usesAttention(spec)) {
        result["attention.weight"] = {hidden, 2 * hidden};
        result["attention.bias"] = {hidden};
        result["query"] = {hidden};
    }
    return result;
}

std::vector<PrunableTensor> prunable(const ModelSpec& spec)
{
    std::vector<PrunableTensor> tensors{{"embedding.weight", "embedding"}};
    for (std::int64_t layer = 0; layer < integer(spec, "recurrent_layers"); ++layer)
        for (const bool reverse : {false, true})
            for (const char* name : {"recurrent.weight_ih", "recurrent.weight_hh"})
                tensors.push_back({name + suffix(layer, reverse), "recurrent"});
    if (usesAttention(spec))
        tensors.push_back({"attention.weight", "linear"});
    tensors.push_back({"output.weight", "linear"});
    return tensors;
}

/// The tensors that read the states of @p layer: [n x 2H], a direction after the other.
std::vector<std::string> readersOf(const ModelSpec& spec, std::int64_t layer)
{
    if (layer + 1 < integer(spec, "recurrent_layers"))
        return {"recurrent.weight_ih" + suffix(layer + 1, false), "recurrent.weight_ih" + suffix(layer + 1, true)};
    return usesAttention(spec) ? std::vector<std::string>{"attention.weight", "output.weight"} : std::vector<std::string>{"output.weight"};
}

/// The units of one direction of a layer: their gates, and all that reads their states.
GroupSet unitsOf(const ModelSpec& spec, const Cell& cell, std::int64_t layer, bool reverse)
{
    const std::int64_t hidden = integer(spec, "recurrent_size");
    const std::string end = suffix(layer, reverse);
    GroupSet set{hidden, {{.tensor = "recurrent.weight_hh" + end, .axis = 1, .outgoing = true}}};
    for (const char* name : {"recurrent.weight_ih", "recurrent.weight_hh", "recurrent.bias_ih", "recurrent.bias_hh"})
        for (std::int64_t gate = 0; gate < cell.gates; ++gate)
            set.slices.push_back({.tensor = name + end, .first = gate * hidden});
    for (const std::string& reader : readersOf(spec, layer))
        set.slices.push_back({.tensor = reader, .axis = 1, .first = reverse ? hidden : 0, .outgoing = true});
    return set;
}

/// Units, and layers above the first. The keys of attention are as many as the units of a direction, and go with them.
PrunableGroups groups(const ModelSpec& spec, const Cell& cell)
{
    GroupKind units{.parameter = "recurrent_size", .sets = {}};
    LayerStack stack{.parameter = "recurrent_layers", .layers = {}, .after = {}};
    for (std::int64_t layer = 0; layer < integer(spec, "recurrent_layers"); ++layer) {
        std::vector<std::string>& tensors = stack.layers.emplace_back();
        for (const bool reverse : {false, true}) {
            units.sets.push_back(unitsOf(spec, cell, layer, reverse));
            for (const char* name : {"weight_ih", "weight_hh", "bias_ih", "bias_hh"})
                tensors.push_back(std::string("recurrent.") + name + suffix(layer, reverse));
        }
    }
    if (usesAttention(spec))
        units.sets.push_back({integer(spec, "recurrent_size"), {{"attention.weight"}, {"attention.bias"}, {.tensor = "query", .outgoing = true}}});
    return {.kinds = {std::move(units)}, .stack = std::move(stack)};
}

/// Appends both directions of a layer over the value @p input; returns the value that holds the states.
std::string addLayer(edge::Program& program, const Cell& cell, std::int64_t layer, const std::string& input)
{
    std::vector<std::string> directions;
    for (const bool reverse : {false, true}) {
        const std::string end = suffix(layer, reverse);
        edge::Op op{.kind = cell.op, .inputs = {input}, .output = "states" + end, .attributes = {{"reverse", reverse ? "true" : "false"}}};
        for (const char* role : {"weight_ih", "weight_hh", "bias_ih", "bias_hh"})
            op.tensors[role] = std::string("recurrent.") + role + end;
        directions.push_back(op.output);
        program.ops.push_back(std::move(op));
    }
    program.ops.push_back({.kind = "concat", .inputs = directions, .output = "layer." + std::to_string(layer)});
    return program.ops.back().output;
}

/// Appends the pooling of the value @p states; returns the value that holds the result.
std::string addPooling(const ModelSpec& spec, edge::Program& program, const std::string& states)
{
    if (spec.task == Task::TokenTags)
        return states;
    if (usesAttention(spec)) {
        program.ops.push_back({.kind = "linear", .inputs = {states}, .output = "keys",
                               .tensors = {{"weight", "attention.weight"}, {"bias", "attention.bias"}}, .attributes = {{"activation", "tanh"}}});
        program.ops.push_back({.kind = "attention_pool", .inputs = {"keys", states}, .output = "features", .tensors = {{"query", "query"}}});
    } else {
        program.ops.push_back({.kind = text(spec, "recurrent_pooling") + "_pool", .inputs = {states}, .output = "features"});
    }
    return "features";
}

edge::Program lower(const ModelSpec& spec, const Cell& cell)
{
    edge::Program program;
    program.ops.push_back({.kind = "embedding", .inputs = {"ids"}, .output = "embedded", .tensors = {{"weight", "embedding.weight"}}});
    std::string value = "embedded";
    for (std::int64_t layer = 0; layer < integer(spec, "recurrent_layers"); ++layer)
        value = addLayer(program, cell, layer, value);
    value = addPooling(spec, program, value);
    program.ops.push_back({.kind = "linear", .inputs = {value}, .output = "logits",
                           .tensors = {{"weight", "output.weight"}, {"bias", "output.bias"}}, .attributes = {{"activation", "none"}}});
    addAnswer(spec, program);
    return program;
}

template <typename Network, typename Options>
ModelType modelType(const char* id, const Cell& cell)
{
    return {.id = id, .check = [](const ModelSpec&) -> Result<void> { return {}; },
            .shapes = [&cell](const ModelSpec& spec) { return shapes(spec, cell); }, .prunable = prunable,
            .lower = [&cell](const ModelSpec& spec) { return lower(spec, cell); },
            .create = [](const ModelSpec& spec) -> std::shared_ptr<TextModel> { return std::make_shared<Recurrent<Network, Options>>(spec); },
            .groups = [&cell](const ModelSpec& spec) { return groups(spec, cell); }};
}

} // namespace

ModelType biLstm()
{
    return modelType<torch::nn::LSTM, torch::nn::LSTMOptions>("bilstm", lstm);
}

ModelType biGru()
{
    return modelType<torch::nn::GRU, torch::nn::GRUOptions>("bigru", gru);
}

} // namespace espalier
