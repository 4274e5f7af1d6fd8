// SPDX-License-Identifier: GPL-3.0-or-later
// Whole models with random int8 weights, as packages in memory: only their times mean anything.
#pragma once

#include "engine/core/Random.h"
#include "engine/edge/Session.h"
#include "tests/support/PackageBuilder.h"
#include "tests/support/SparseCodes.h"

namespace espalier::benchmark {

/// What share of weights is zero; balanced: in each row, of each 64.
struct Pruning {
    std::string name;
    double sparsity = 0;
    bool balanced = false;
};

/// Adds ops whose matrices are pruned and have values of a size that keeps activations finite. Embeddings keep all.
class ModelBuilder {
public:
    /// @p words: of the vocabulary.
    ModelBuilder(Pruning pruning, std::int64_t words);

    /// BERT's encoder as ../shared/peers/onnxruntime/gen.py makes it: word, position and segment embeddings and their norm; in each layer attention with biases, a feed-forward
    /// part four times as wide with GELU, and two norms, each after the sum with what went in. Behind it what a classifier of the first token adds.
    void addEncoder(int layers, std::int64_t hidden, std::int64_t heads);
    void addBilstm(std::int64_t embedding, std::int64_t hidden);
    void addTextCnn(std::int64_t embedding, std::int64_t filters);
    [[nodiscard]] std::string package() const;

private:
    std::string add(const std::string& name, const std::vector<std::int64_t>& shape, const test::SparseCodes& codes);
    std::string table(const std::string& name, std::int64_t rows, std::int64_t columns);
    std::string rows(const std::string& name, std::int64_t rows, std::int64_t columns);
    std::string filters(const std::string& name, std::int64_t count, std::int64_t columns, std::int64_t width);
    std::string vector(const std::string& name, std::int64_t count);
    void op(edge::Op op) { m_builder.header.program.ops.push_back(std::move(op)); }
    void linear(const std::string& input, const std::string& output, std::int64_t rows, std::int64_t columns, const std::string& activation = "none");
    void norm(const std::vector<std::string>& inputs, const std::string& output, std::int64_t columns);
    void addLayer(const std::string& name, const std::string& input, std::int64_t hidden, std::int64_t heads);

    Pruning m_pruning;
    std::int64_t m_words;
    Random m_random{3};
    test::PackageBuilder m_builder;
};

/// tiny, minilm, distilbert (the encoders of ../shared/peers), bilstm or textcnn.
std::string randomPackage(const std::string& name, const Pruning& pruning, std::int64_t words);
edge::Session randomModel(const std::string& name, const Pruning& pruning, std::int64_t words, const edge::Kernels& kernels);

} // namespace espalier::benchmark
