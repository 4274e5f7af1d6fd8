// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints for tests: of any size with random weights, or small and trained on sentences with an obvious answer.
#pragma once

#include "engine/core/Random.h"
#include "engine/training/Trainer.h"

#include <stdexcept>

namespace espalier::test {

/// Near enough to a normal distribution, the same everywhere.
inline float normal(Random& random)
{
    double sum = 0;
    for (int i = 0; i < 12; ++i)
        sum += random.uniform();
    return static_cast<float>(sum - 6);
}

inline std::vector<std::string> vocabulary(std::int64_t size)
{
    std::vector<std::string> entries{"<pad>", "<unk>"};
    while (static_cast<std::int64_t>(entries.size()) < size)
        entries.push_back("word" + std::to_string(entries.size()));
    return entries;
}

struct ToySizes {
    std::int64_t words = 60;
    std::int64_t embedding = 16;
    std::int64_t filters = 8;
    std::int64_t classes = 4;
};

/// A TextCNN with random weights on the scales that training gives: large embeddings, small filters.
inline Checkpoint randomCheckpoint(const ToySizes& sizes, std::uint64_t seed = 7)
{
    const Parameters parameters{{"embedding_dim", sizes.embedding}, {"filters", sizes.filters}};
    auto spec = makeModelSpec("textcnn", parameters, sizes.words, sizes.classes);
    auto tokenizer = Tokenizer::create({}, vocabulary(sizes.words));
    if (!spec || !tokenizer)
        throw std::runtime_error("the toy model cannot be made");
    std::vector<std::string> labels;
    for (std::int64_t i = 0; i < sizes.classes; ++i)
        labels.push_back("class" + std::to_string(1000 + i));
    Checkpoint checkpoint{.model = *spec, .tokenizer = *tokenizer, .labels = LabelMap(labels), .weights = {}, .masks = {}, .history = {}, .seed = seed};
    Random random(seed);
    for (const auto& [name, shape] : (*modelCatalog().get("textcnn"))->shapes(*spec)) {
        Tensor tensor{shape, {}};
        std::size_t count = 1;
        for (const auto dimension : shape)
            count *= static_cast<std::size_t>(dimension);
        const float scale = name == "embedding.weight" ? 1.0f : 0.05f;
        for (std::size_t i = 0; i < count; ++i)
            tensor.values.push_back(scale * normal(random));
        if (name == "embedding.weight")
            std::fill_n(tensor.values.begin(), shape[1], 0.0f);
        checkpoint.weights[name] = std::move(tensor);
    }
    return checkpoint;
}

/// Three to ten words; the class is that of the one telling word among them.
inline std::vector<Example> toyExamples(std::size_t count, std::uint64_t seed)
{
    const std::vector<std::pair<std::string, std::string>> telling{{"lamp", "light"},   {"bulb", "light"},    {"song", "music"},  {"album", "music"},
                                                                   {"rain", "weather"}, {"sunny", "weather"}, {"timer", "clock"}, {"alarm", "clock"}};
    const std::vector<std::string> plain{"please", "the", "a", "now", "would", "you", "set", "tell", "me", "today"};
    Random random(seed);
    std::vector<Example> examples;
    for (std::size_t i = 0; i < count; ++i) {
        const auto& [word, label] = telling[random.below(telling.size())];
        std::vector<std::string> words{word};
        for (auto extra = 2 + random.below(8); extra > 0; --extra)
            words.push_back(plain[random.below(plain.size())]);
        random.shuffle(words);
        std::string text;
        for (const auto& w : words)
            text += (text.empty() ? "" : " ") + w;
        examples.push_back({text, {label}});
    }
    return examples;
}

inline std::vector<std::string> texts(const ExampleTable& examples)
{
    std::vector<std::string> result;
    for (const auto& example : examples)
        result.push_back(example.text);
    return result;
}

inline Result<Checkpoint> trainedCheckpoint()
{
    Splits splits;
    splits.labels = LabelMap({"light", "music", "weather", "clock"});
    splits.train = toyExamples(400, 1);
    splits.validation = toyExamples(100, 2);
    ESPALIER_TRY(VocabularyBuilder builder, VocabularyBuilder::create({}));
    for (const auto& example : splits.train)
        builder.add(example.text);
    ESPALIER_TRY(const Tokenizer tokenizer, Tokenizer::create({}, builder.build(1, 0)));
    ESPALIER_TRY(const ModelSpec spec, makeModelSpec("textcnn", {{"embedding_dim", 24}, {"filters", 16}},
                                                     static_cast<std::int64_t>(tokenizer.vocabulary().size()), splits.labels.size()));
    TrainOptions options;
    options.epochs = 15;
    options.batchSize = 16;
    options.patience = 0;
    options.threads = 1; // so small a model only loses by more
    options.learningRate = 5e-3;
    RunContext context;
    return train(spec, tokenizer, splits, options, context);
}

} // namespace espalier::test
