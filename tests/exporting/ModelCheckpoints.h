// SPDX-License-Identifier: GPL-3.0-or-later
// Small checkpoints of any architecture for any task, for what must hold for all of them.
#pragma once

#include "tests/exporting/ToyCheckpoint.h"

namespace espalier::test {

/// Hyperparameters that make @p architecture small; those of its own that are not listed keep their defaults.
inline Parameters smallParameters(const std::string& architecture)
{
    static const Parameters small{{"embedding_dim", 12}, {"filters", 6}, {"ngram_buckets", 500}, {"ngram_order", 3}, {"recurrent_size", 7}, {"recurrent_layers", 2},
                                  {"hidden_size", 12}, {"heads", 3}, {"ffn_size", 20}, {"max_positions", 128}};
    Parameters own;
    for (const ParameterSpec& spec : (*architectures().get(architecture))->parameters)
        if (const auto it = small.find(spec.id); it != small.end())
            own[spec.id] = it->second;
    return own;
}

/// Random weights over a vocabulary of 60 words, with @p given over the small hyperparameters.
inline Checkpoint randomCheckpointOf(const std::string& architecture, Task task, const Parameters& given = {})
{
    Parameters parameters = smallParameters(architecture);
    for (const auto& [id, value] : given)
        parameters[id] = value;
    const std::vector<std::string> labels = task == Task::TokenTags ? std::vector<std::string>{"B-x", "B-y", "I-x", "O"}
                                                                   : std::vector<std::string>{"alpha", "beta", "delta", "gamma"};
    const auto spec = makeModelSpec(architecture, parameters, 60, static_cast<std::int64_t>(labels.size()), task);
    const auto tokenizer = Tokenizer::create({}, vocabulary(60));
    if (!spec || !tokenizer)
        throw std::runtime_error(spec ? tokenizer.error().message() : spec.error().message());
    Checkpoint checkpoint{.model = *spec, .tokenizer = *tokenizer, .labels = LabelMap(labels), .weights = {}, .masks = {}, .history = {}, .seed = 5};
    Random random(5);
    for (const auto& [name, shape] : (*modelCatalog().get(architecture))->shapes(*spec)) {
        std::size_t count = 1;
        for (const auto dimension : shape)
            count *= static_cast<std::size_t>(dimension);
        Tensor tensor{shape, std::vector<float>(count)};
        for (float& value : tensor.values)
            value = 0.5F * normal(random);
        if (name == "embedding.weight")
            std::fill_n(tensor.values.begin(), shape[1], 0.0F);
        checkpoint.weights[name] = std::move(tensor);
    }
    return checkpoint;
}

/// Sentences of 0 to 20 of the random checkpoints' words, some unknown.
inline std::vector<std::string> randomSentences(std::size_t count)
{
    Random random(11);
    std::vector<std::string> sentences;
    for (std::size_t i = 0; i < count; ++i) {
        std::string text;
        for (auto words = random.below(21); words > 0; --words)
            text += "word" + std::to_string(random.below(70)) + " ";
        sentences.push_back(text);
    }
    return sentences;
}

} // namespace espalier::test
