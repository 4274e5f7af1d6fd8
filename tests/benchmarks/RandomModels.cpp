// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/RandomModels.h"

#include "tests/benchmarks/Benchmark.h"

#include <cmath>

namespace espalier::benchmark {

ModelBuilder::ModelBuilder(Pruning pruning, std::int64_t words) : m_pruning(std::move(pruning)), m_words(words)
{
    std::vector<std::string> vocabulary;
    for (std::int64_t i = 2; i < words; ++i)
        vocabulary.push_back("w" + std::to_string(i));
    m_builder.setVocabulary(vocabulary, 512);
    m_builder.header.labels = {"a", "b", "c", "d"};
}

std::string ModelBuilder::add(const std::string& name, const std::vector<std::int64_t>& shape, const test::SparseCodes& codes)
{
    const float scale = 1.5F / std::sqrt(static_cast<float>(codes.inputs)) / 127;
    std::vector<float> values;
    values.reserve(codes.codes.size());
    for (const std::int8_t code : codes.codes)
        values.push_back(scale * static_cast<float>(code));
    m_builder.addTensor(name, shape, values, "i8");
    return name;
}

std::string ModelBuilder::table(const std::string& name, std::int64_t rows, std::int64_t columns)
{
    const auto r = static_cast<std::size_t>(rows);
    const auto c = static_cast<std::size_t>(columns);
    return add(name, {rows, columns},
               m_pruning.balanced ? test::balancedMask(m_random, r, c, static_cast<std::size_t>(std::lround(64 * (1 - m_pruning.sparsity))))
                                  : test::freeMask(m_random, r, c, 1 - m_pruning.sparsity));
}

std::string ModelBuilder::rows(const std::string& name, std::int64_t rows, std::int64_t columns)
{
    return add(name, {rows, columns}, test::freeMask(m_random, static_cast<std::size_t>(rows), static_cast<std::size_t>(columns), 1));
}

std::string ModelBuilder::filters(const std::string& name, std::int64_t count, std::int64_t columns, std::int64_t width)
{
    return add(name, {count, columns, width}, test::freeMask(m_random, static_cast<std::size_t>(count), static_cast<std::size_t>(columns * width), 1 - m_pruning.sparsity));
}

std::string ModelBuilder::vector(const std::string& name, std::int64_t count)
{
    m_builder.addTensor(name, {count}, std::vector<float>(static_cast<std::size_t>(count), 0.1F));
    return name;
}

void ModelBuilder::linear(const std::string& input, const std::string& output, std::int64_t rows, std::int64_t columns, const std::string& activation)
{
    op({"linear", {input}, output, {{"weight", table(output + ".w", rows, columns)}, {"bias", vector(output + ".b", rows)}}, {{"activation", activation}}});
}

void ModelBuilder::norm(const std::vector<std::string>& inputs, const std::string& output, std::int64_t columns)
{
    op({"layer_norm", inputs, output, {{"weight", vector(output + ".w", columns)}, {"bias", vector(output + ".b", columns)}}, {{"epsilon", "1e-12"}}});
}

void ModelBuilder::addLayer(const std::string& name, const std::string& input, std::int64_t hidden, std::int64_t heads)
{
    for (const char* part : {"q", "k", "v"})
        linear(input, name + part, hidden, hidden);
    op({"self_attention", {name + "q", name + "k", name + "v"}, name + "mixed", {}, {{"heads", std::to_string(heads)}}});
    linear(name + "mixed", name + "attended", hidden, hidden);
    norm({name + "attended", input}, name + "normed", hidden);
    linear(name + "normed", name + "inner", 4 * hidden, hidden, "gelu");
    linear(name + "inner", name + "fed", hidden, 4 * hidden);
    norm({name + "fed", name + "normed"}, name + "out", hidden);
}

void ModelBuilder::addEncoder(int layers, std::int64_t hidden, std::int64_t heads)
{
    op({"embedding", {"ids"}, "words", {{"weight", rows("words.w", m_words, hidden)}}, {}});
    op({"add_positions", {"words"}, "placed", {{"position", rows("position", 512, hidden)}, {"segment", rows("segment", 2, hidden)}}, {}});
    norm({"placed"}, "x", hidden);
    std::string last = "x";
    for (int layer = 0; layer < layers; ++layer) {
        const std::string name = std::to_string(layer);
        addLayer(name, last, hidden, heads);
        last = name + "out";
    }
    op({"first_row", {last}, "pooled", {}, {}});
    linear("pooled", "logits", 4, hidden);
}

void ModelBuilder::addBilstm(std::int64_t embedding, std::int64_t hidden)
{
    op({"embedding", {"ids"}, "words", {{"weight", rows("words.w", m_words, embedding)}}, {}});
    for (const char* reverse : {"false", "true"}) {
        const std::string name = std::string("lstm_") + reverse;
        op({"lstm",
            {"words"},
            name,
            {{"weight_ih", table(name + ".ih", 4 * hidden, embedding)},
             {"weight_hh", table(name + ".hh", 4 * hidden, hidden)},
             {"bias_ih", vector(name + ".bi", 4 * hidden)},
             {"bias_hh", vector(name + ".bh", 4 * hidden)}},
            {{"reverse", reverse}}});
    }
    op({"concat", {"lstm_false", "lstm_true"}, "both", {}, {}});
    op({"max_pool", {"both"}, "pooled", {}, {}});
    linear("pooled", "logits", 4, 2 * hidden);
}

void ModelBuilder::addTextCnn(std::int64_t embedding, std::int64_t filterCount)
{
    op({"embedding", {"ids"}, "words", {{"weight", rows("words.w", m_words, embedding)}}, {}});
    edge::Op concat{"concat", {}, "pooled", {}, {}};
    for (const std::int64_t width : {3, 4, 5}) {
        const std::string name = "conv" + std::to_string(width);
        op({"conv1d_max", {"words"}, name, {{"weight", filters(name + ".w", filterCount, embedding, width)}, {"bias", vector(name + ".b", filterCount)}}, {}});
        concat.inputs.push_back(name);
    }
    op(concat);
    linear("pooled", "logits", 4, 3 * filterCount);
}

std::string ModelBuilder::package() const
{
    test::PackageBuilder whole = m_builder;
    whole.header.program.ops.push_back({"softmax", {"logits"}, "probabilities", {}, {}});
    return whole.build();
}

std::string randomPackage(const std::string& name, const Pruning& pruning, std::int64_t words)
{
    ModelBuilder model(pruning, words);
    if (name == "tiny")
        model.addEncoder(2, 128, 2);
    else if (name == "minilm")
        model.addEncoder(6, 384, 12);
    else if (name == "distilbert")
        model.addEncoder(6, 768, 12);
    else if (name == "bilstm")
        model.addBilstm(128, 256);
    else
        model.addTextCnn(128, 128);
    return model.package();
}

edge::Session randomModel(const std::string& name, const Pruning& pruning, std::int64_t words, const edge::Kernels& kernels)
{
    return must(edge::Session::fromBytes(randomPackage(name, pruning, words), kernels));
}

} // namespace espalier::benchmark
