// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/Transformer.h"

#include "engine/models/ModelParts.h"

namespace espalier {
namespace {

std::string layerName(std::int64_t layer, const std::string& part)
{
    return "encoder.layer." + std::to_string(layer) + "." + part;
}

/// The parts of a layer that are a product, in order, with outputs and inputs.
struct Dense {
    std::string name;
    std::int64_t outputs;
    std::int64_t inputs;
};

std::vector<Dense> layerProducts(const ModelSpec& spec, std::int64_t layer)
{
    const std::int64_t hidden = integer(spec, "hidden_size");
    const std::int64_t attended = integer(spec, "heads") * headSize(spec);
    const std::int64_t inner = integer(spec, "ffn_size");
    return {{layerName(layer, "attention.self.query"), attended, hidden}, {layerName(layer, "attention.self.key"), attended, hidden},
            {layerName(layer, "attention.self.value"), attended, hidden}, {layerName(layer, "attention.output.dense"), hidden, attended},
            {layerName(layer, "intermediate.dense"), inner, hidden},      {layerName(layer, "output.dense"), hidden, inner}};
}

bool poolsFirst(const ModelSpec& spec)
{
    return text(spec, "encoder_pooling") == "cls";
}

std::vector<Dense> products(const ModelSpec& spec)
{
    std::vector<Dense> all;
    for (std::int64_t layer = 0; layer < integer(spec, "layers"); ++layer)
        for (Dense& dense : layerProducts(spec, layer))
            all.push_back(std::move(dense));
    const std::int64_t hidden = integer(spec, "hidden_size");
    if (poolsFirst(spec))
        all.push_back({"pooler.dense", hidden, hidden});
    all.push_back({"classifier", spec.classes, hidden});
    return all;
}

std::vector<std::string> norms(const ModelSpec& spec)
{
    std::vector<std::string> all{"embeddings.LayerNorm"};
    for (std::int64_t layer = 0; layer < integer(spec, "layers"); ++layer) {
        all.push_back(layerName(layer, "attention.output.LayerNorm"));
        all.push_back(layerName(layer, "output.LayerNorm"));
    }
    return all;
}

Result<void> check(const ModelSpec& spec)
{
    const std::int64_t hidden = integer(spec, "hidden_size");
    const std::int64_t heads = integer(spec, "heads");
    if (integer(spec, "head_size") == 0 && hidden % heads != 0)
        return Error{ErrorCode::InvalidArgument, "'hidden_size' is " + std::to_string(hidden) + ", which 'heads', " + std::to_string(heads) + ", does not divide.",
                     "Make the hidden size a multiple of the heads, or give 'head_size'.", {}};
    return {};
}

TensorShapes shapes(const ModelSpec& spec)
{
    const std::int64_t hidden = integer(spec, "hidden_size");
    TensorShapes result{{"embeddings.word_embeddings.weight", {spec.vocabularySize, hidden}},
                        {"embeddings.position_embeddings.weight", {integer(spec, "max_positions"), hidden}},
                        {"embeddings.token_type_embeddings.weight", {2, hidden}}};
    for (const Dense& dense : products(spec)) {
        result[dense.name + ".weight"] = {dense.outputs, dense.inputs};
        result[dense.name + ".bias"] = {dense.outputs};
    }
    for (const std::string& norm : norms(spec)) {
        result[norm + ".weight"] = {hidden};
        result[norm + ".bias"] = {hidden};
    }
    return result;
}

/// Positions and token types stay whole: they are few, and each row is one of a kind.
std::vector<PrunableTensor> prunable(const ModelSpec& spec)
{
    std::vector<PrunableTensor> tensors{{"embeddings.word_embeddings.weight", "embedding"}};
    for (const Dense& dense : products(spec))
        tensors.push_back({dense.name + ".weight", "linear"});
    return tensors;
}

std::vector<std::string> weightAndBias(const std::string& name)
{
    return {name + ".weight", name + ".bias"};
}

/// Appends weight and bias of @p dense: groups of @p width of its outputs.
void addOutputs(GroupSet& set, const std::string& dense, std::int64_t width)
{
    for (const std::string& tensor : weightAndBias(dense))
        set.slices.push_back({.tensor = tensor, .width = width});
}

GroupSet headsOf(const ModelSpec& spec, std::int64_t layer)
{
    const std::int64_t size = headSize(spec);
    GroupSet set{integer(spec, "heads"), {{.tensor = layerName(layer, "attention.output.dense.weight"), .axis = 1, .width = size, .outgoing = true}}};
    for (const char* part : {"attention.self.query", "attention.self.key", "attention.self.value"})
        addOutputs(set, layerName(layer, part), size);
    return set;
}

GroupSet columnsOf(const ModelSpec& spec, std::int64_t layer)
{
    GroupSet set{integer(spec, "ffn_size"), {{.tensor = layerName(layer, "output.dense.weight"), .axis = 1, .outgoing = true}}};
    addOutputs(set, layerName(layer, "intermediate.dense"), 1);
    return set;
}

/// The tensors of a layer. Pre-norm's last one is the norm before the next layer, so that each layer begins with the last norm of the one before.
std::vector<std::string> tensorsOf(const ModelSpec& spec, std::int64_t layer)
{
    std::vector<std::string> parts{layerName(layer, "attention.output.LayerNorm")};
    for (const Dense& dense : layerProducts(spec, layer))
        parts.push_back(dense.name);
    const std::string before = layer == 0 ? "embeddings.LayerNorm" : layerName(layer - 1, "output.LayerNorm");
    parts.push_back(text(spec, "norm") == "pre" ? before : layerName(layer, "output.LayerNorm"));
    std::vector<std::string> tensors;
    for (const std::string& part : parts)
        for (std::string& tensor : weightAndBias(part))
            tensors.push_back(std::move(tensor));
    return tensors;
}

PrunableGroups groups(const ModelSpec& spec)
{
    const std::int64_t layers = integer(spec, "layers");
    GroupKind heads{.parameter = "heads", .sets = {}, .fixed = {{"head_size", headSize(spec)}}};
    GroupKind columns{.parameter = "ffn_size", .sets = {}};
    LayerStack stack{.parameter = "layers", .layers = {}, .after = {}};
    for (std::int64_t layer = 0; layer < layers; ++layer) {
        heads.sets.push_back(headsOf(spec, layer));
        columns.sets.push_back(columnsOf(spec, layer));
        stack.layers.push_back(tensorsOf(spec, layer));
    }
    if (text(spec, "norm") == "pre")
        stack.after = weightAndBias(layerName(layers - 1, "output.LayerNorm"));
    GroupKind positions{.parameter = "max_positions", .sets = {{integer(spec, "max_positions"), {{"embeddings.position_embeddings.weight"}}}}, .inOrder = true};
    return {.kinds = {std::move(heads), std::move(columns), std::move(positions)}, .stack = std::move(stack)};
}

class Lowering {
public:
    explicit Lowering(const ModelSpec& spec) : m_spec(spec), m_carriesSum(text(spec, "norm") == "pre") {}

    edge::Program run()
    {
        add("embedding", {"ids"}, "words", {{"weight", "embeddings.word_embeddings.weight"}});
        add("add_positions", {"words"}, "embedded",
            {{"position", "embeddings.position_embeddings.weight"}, {"segment", "embeddings.token_type_embeddings.weight"}});
        norm({"embedded"}, "embeddings.LayerNorm", "embedded.normed");
        m_beside = m_carriesSum ? "embedded" : m_input;
        for (std::int64_t layer = 0; layer < integer(m_spec, "layers"); ++layer)
            addLayer(layer);
        addHead();
        return std::move(m_program);
    }

private:
    using Texts = std::map<std::string, std::string>;

    void add(std::string kind, std::vector<std::string> inputs, std::string output, Texts tensors, Texts attributes = {})
    {
        m_program.ops.push_back({std::move(kind), std::move(inputs), std::move(output), std::move(tensors), std::move(attributes)});
    }

    void linear(const std::string& input, const std::string& name, const std::string& output, const std::string& activation = "none")
    {
        add("linear", {input}, output, {{"weight", name + ".weight"}, {"bias", name + ".bias"}}, {{"activation", activation}});
    }

    void norm(std::vector<std::string> inputs, const std::string& name, const std::string& output)
    {
        add("layer_norm", std::move(inputs), output, {{"weight", name + ".weight"}, {"bias", name + ".bias"}}, {{"epsilon", "1e-12"}});
        m_input = output;
    }

    /// The sum of @p part and what goes on beside it, normed, becomes the next part's input; the norm or the sum goes on beside that one.
    void join(const std::string& part, const std::string& name)
    {
        if (!m_carriesSum) {
            norm({part, m_beside}, name, part + ".normed");
            m_beside = m_input;
            return;
        }
        add("add", {part, m_beside}, part + ".sum", {});
        m_beside = part + ".sum";
        norm({m_beside}, name, part + ".normed");
    }

    void addLayer(std::int64_t layer)
    {
        const std::string name = "layer." + std::to_string(layer) + ".";
        for (const char* part : {"query", "key", "value"})
            linear(m_input, layerName(layer, std::string("attention.self.") + part), name + part);
        add("self_attention", {name + "query", name + "key", name + "value"}, name + "mixed", {}, {{"heads", std::to_string(integer(m_spec, "heads"))}});
        linear(name + "mixed", layerName(layer, "attention.output.dense"), name + "attended");
        join(name + "attended", layerName(layer, "attention.output.LayerNorm"));
        linear(m_input, layerName(layer, "intermediate.dense"), name + "inner", text(m_spec, "encoder_activation"));
        linear(name + "inner", layerName(layer, "output.dense"), name + "fed");
        join(name + "fed", layerName(layer, "output.LayerNorm"));
    }

    void addHead()
    {
        if (poolsFirst(m_spec)) {
            add("first_row", {m_input}, "first", {});
            linear("first", "pooler.dense", "pooled", "tanh");
        } else {
            add("mean_pool", {m_input}, "pooled", {});
        }
        linear("pooled", "classifier", "logits");
        addAnswer(m_spec, m_program);
    }

    const ModelSpec& m_spec;
    bool m_carriesSum;
    edge::Program m_program;
    std::string m_input;
    std::string m_beside;
};

} // namespace

std::int64_t headSize(const ModelSpec& spec)
{
    const std::int64_t own = integer(spec, "head_size");
    return own > 0 ? own : integer(spec, "hidden_size") / integer(spec, "heads");
}

ModelType transformer()
{
    return {.id = "transformer", .check = check, .shapes = shapes, .prunable = prunable,
            .lower = [](const ModelSpec& spec) { return Lowering(spec).run(); }, .create = makeTransformer,
            .maxTokens = [](const ModelSpec& spec) { return integer(spec, "max_positions"); }, .groups = groups};
}

} // namespace espalier
