// SPDX-License-Identifier: GPL-3.0-or-later
// Whole models with random int8 weights on the edge runtime, one thread: milliseconds a sentence with nothing pruned, and how many times faster with pruned weights, under
// free masks and under balanced ones of k:64, measured in turn. Sentences of one length at a time.
//
//   bench_models TABLE [MODEL...]    the kernels' name; models: tiny minilm distilbert bilstm textcnn; default: all
#include "engine/core/Random.h"
#include "engine/edge/Session.h"
#include "tests/benchmarks/Benchmark.h"
#include "tests/support/PackageBuilder.h"
#include "tests/support/SparseCodes.h"

#include <cmath>

using namespace espalier;
using namespace espalier::benchmark;

namespace {

constexpr std::int64_t words = 400;
constexpr int rounds = 15;

/// What share of weights is zero; balanced: in each row, of each 64.
struct Pruning {
    std::string name;
    double sparsity = 0;
    bool balanced = false;
};

const std::vector<Pruning> prunings{{"dense", 0}, {"75 %", 0.75}, {"87.5 %", 0.875}, {"90 %", 0.9}, {"95 %", 0.95}, {"16:64", 0.75, true}, {"8:64", 0.875, true}};

/// Adds ops whose matrices are pruned and have values of a size that keeps activations finite.
class ModelBuilder {
public:
    explicit ModelBuilder(Pruning pruning) : m_pruning(std::move(pruning))
    {
        std::vector<std::string> vocabulary;
        for (std::int64_t i = 2; i < words; ++i)
            vocabulary.push_back("w" + std::to_string(i));
        m_builder.setVocabulary(vocabulary, 512);
        m_builder.header.labels = {"a", "b", "c", "d"};
    }
    std::string table(const std::string& name, std::int64_t rows, std::int64_t columns)
    {
        const auto r = static_cast<std::size_t>(rows);
        const auto c = static_cast<std::size_t>(columns);
        const test::SparseCodes codes = m_pruning.balanced ? test::balancedMask(m_random, r, c, static_cast<std::size_t>(std::lround(64 * (1 - m_pruning.sparsity))))
                                                           : test::freeMask(m_random, r, c, 1 - m_pruning.sparsity);
        return add(name, {rows, columns}, codes);
    }
    /// Embeddings keep all.
    std::string rows(const std::string& name, std::int64_t rows, std::int64_t columns)
    {
        return add(name, {rows, columns}, test::freeMask(m_random, static_cast<std::size_t>(rows), static_cast<std::size_t>(columns), 1));
    }
    std::string filters(const std::string& name, std::int64_t count, std::int64_t columns, std::int64_t width)
    {
        return add(name, {count, columns, width}, test::freeMask(m_random, static_cast<std::size_t>(count), static_cast<std::size_t>(columns * width), 1 - m_pruning.sparsity));
    }
    std::string vector(const std::string& name, std::int64_t count)
    {
        m_builder.addTensor(name, {count}, std::vector<float>(static_cast<std::size_t>(count), 0.1F));
        return name;
    }
    void op(edge::Op op) { m_builder.header.program.ops.push_back(std::move(op)); }
    void linear(const std::string& input, const std::string& output, std::int64_t rows, std::int64_t columns, const std::string& activation = "none")
    {
        op({"linear", {input}, output, {{"weight", table(output + ".w", rows, columns)}, {"bias", vector(output + ".b", rows)}}, {{"activation", activation}}});
    }
    edge::Session session(const edge::Kernels& kernels) { return must(edge::Session::fromBytes(m_builder.build(), kernels)); }

private:
    std::string add(const std::string& name, const std::vector<std::int64_t>& shape, const test::SparseCodes& codes)
    {
        const float scale = 1.5F / std::sqrt(static_cast<float>(codes.inputs)) / 127;
        std::vector<float> values;
        for (const std::int8_t code : codes.codes)
            values.push_back(scale * static_cast<float>(code));
        m_builder.addTensor(name, shape, values, "i8");
        return name;
    }

    Pruning m_pruning;
    Random m_random{3};
    test::PackageBuilder m_builder;
};

struct EncoderSizes {
    int layers = 0;
    std::int64_t hidden = 0;
    std::int64_t heads = 0;
};

void addLayer(ModelBuilder& model, const EncoderSizes& sizes, const std::string& name, const std::string& input)
{
    const std::int64_t n = sizes.hidden;
    for (const char* part : {"q", "k", "v"})
        model.linear(input, name + part, n, n);
    model.op({"self_attention", {name + "q", name + "k", name + "v"}, name + "mixed", {}, {{"heads", std::to_string(sizes.heads)}}});
    model.linear(name + "mixed", name + "attended", n, n);
    const auto norm = [&](const std::string& one, const std::string& two, const std::string& output) {
        model.op({"layer_norm", {one, two}, output, {{"weight", model.vector(output + ".w", n)}, {"bias", model.vector(output + ".b", n)}}, {{"epsilon", "1e-12"}}});
    };
    norm(name + "attended", input, name + "normed");
    model.linear(name + "normed", name + "inner", 4 * n, n, "gelu");
    model.linear(name + "inner", name + "fed", n, 4 * n);
    norm(name + "fed", name + "normed", name + "out");
}

void addEncoder(ModelBuilder& model, const EncoderSizes& sizes)
{
    model.op({"embedding", {"ids"}, "words", {{"weight", model.rows("words.w", words, sizes.hidden)}}, {}});
    model.op({"add_positions", {"words"}, "x", {{"position", model.rows("position", 512, sizes.hidden)}, {"segment", model.rows("segment", 2, sizes.hidden)}}, {}});
    std::string last = "x";
    for (int layer = 0; layer < sizes.layers; ++layer) {
        const std::string name = std::to_string(layer);
        addLayer(model, sizes, name, last);
        last = name + "out";
    }
    model.op({"first_row", {last}, "pooled", {}, {}});
    model.linear("pooled", "logits", 4, sizes.hidden);
}

void addBilstm(ModelBuilder& model, std::int64_t embedding, std::int64_t hidden)
{
    model.op({"embedding", {"ids"}, "words", {{"weight", model.rows("words.w", words, embedding)}}, {}});
    for (const char* reverse : {"false", "true"}) {
        const std::string name = std::string("lstm_") + reverse;
        model.op({"lstm",
                  {"words"},
                  name,
                  {{"weight_ih", model.table(name + ".ih", 4 * hidden, embedding)},
                   {"weight_hh", model.table(name + ".hh", 4 * hidden, hidden)},
                   {"bias_ih", model.vector(name + ".bi", 4 * hidden)},
                   {"bias_hh", model.vector(name + ".bh", 4 * hidden)}},
                  {{"reverse", reverse}}});
    }
    model.op({"concat", {"lstm_false", "lstm_true"}, "both", {}, {}});
    model.op({"max_pool", {"both"}, "pooled", {}, {}});
    model.linear("pooled", "logits", 4, 2 * hidden);
}

void addTextCnn(ModelBuilder& model, std::int64_t embedding, std::int64_t filters)
{
    model.op({"embedding", {"ids"}, "words", {{"weight", model.rows("words.w", words, embedding)}}, {}});
    edge::Op concat{"concat", {}, "pooled", {}, {}};
    for (const std::int64_t width : {3, 4, 5}) {
        const std::string name = "conv" + std::to_string(width);
        model.op({"conv1d_max", {"words"}, name, {{"weight", model.filters(name + ".w", filters, embedding, width)}, {"bias", model.vector(name + ".b", filters)}}, {}});
        concat.inputs.push_back(name);
    }
    model.op(concat);
    model.linear("pooled", "logits", 4, 3 * filters);
}

void addModel(ModelBuilder& model, const std::string& name)
{
    if (name == "tiny")
        addEncoder(model, {2, 128, 2});
    else if (name == "minilm")
        addEncoder(model, {6, 384, 12});
    else if (name == "distilbert")
        addEncoder(model, {6, 768, 12});
    else if (name == "bilstm")
        addBilstm(model, 128, 256);
    else
        addTextCnn(model, 128, 128);
    model.op({"softmax", {"logits"}, "probabilities", {}, {}});
}

void report(const edge::Kernels& kernels, const std::string& name)
{
    std::vector<edge::Session> sessions;
    for (const Pruning& pruning : prunings) {
        ModelBuilder model(pruning);
        addModel(model, name);
        sessions.push_back(model.session(kernels));
    }
    for (const std::size_t length : {16, 64, 128}) {
        std::vector<std::int32_t> ids;
        for (std::size_t i = 0; i < length; ++i)
            ids.push_back(static_cast<std::int32_t>(2 + i * 37 % (words - 2)));
        std::vector<double> least(sessions.size(), 1e9);
        for (int round = 0; round < rounds; ++round)
            for (std::size_t i = 0; i < sessions.size(); ++i)
                for (int again = 0; again < 2; ++again) // the first brings the weights back into the caches
                    least[i] = std::min(least[i], secondsOf([&] { sessions[i].classifyIds(ids); }));
        std::printf("%-11s %-10s %3zu tokens: dense %8.3f ms;", kernels.name.data(), name.c_str(), length, least[0] * 1e3);
        for (std::size_t i = 1; i < sessions.size(); ++i)
            std::printf("  %s %.3f ms, %.2f x", prunings[i].name.c_str(), least[i] * 1e3, least[0] / least[i]);
        std::printf("\n");
        std::fflush(stdout);
    }
}

} // namespace

int main(int count, char** arguments)
{
    std::vector<std::string> models(arguments + std::min(count, 2), arguments + count);
    if (models.empty())
        models = {"tiny", "minilm", "distilbert", "bilstm", "textcnn"};
    if (count > 1)
        setenv("ESPALIER_EDGE_KERNELS", arguments[1], 1); // for the loops around the kernels, too
    for (const std::string& name : models)
        report(edge::chosenKernels(), name);
    return 0;
}
