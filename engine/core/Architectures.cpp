// SPDX-License-Identifier: Apache-2.0
#include "engine/core/Architectures.h"

#include "engine/core/ParameterBuilders.h"

#include <algorithm>

namespace espalier {
namespace {

using namespace parameters;

const std::vector<Task> sentenceTasks{Task::SingleLabel, Task::MultiLabel};
const std::vector<Task> allTasks{Task::SingleLabel, Task::MultiLabel, Task::TokenTags};

ParameterSpec embeddingSize()
{
    return integer("embedding_dim", "Embedding size", "Numbers that describe one token.", 128, 1, 4096, 16);
}

ParameterSpec dropout()
{
    return real("dropout", "Dropout", "Share of the features left out at random while training.", 0.5, 0, 0.95, 0.05);
}

ParameterSpec wordDropout()
{
    return real("word_dropout", "Word dropout", "Share of the tokens made unknown at random while training.", 0.1, 0, 0.9, 0.05);
}

ParameterSpec wordVectors()
{
    return file("vectors_file", "Word vectors", "A text file of GloVe or fastText to start the embeddings from. Empty: start at random.", false);
}

ParameterSpec frozenVectors()
{
    return boolean("freeze_vectors", "Keep embeddings", "Leave the embeddings as they start while training.", false);
}

Architecture textCnn()
{
    return {"textcnn", "TextCNN", sentenceTasks,
            {embeddingSize(),
             integer("filters", "Filters", "Patterns looked for, of each width.", 128, 1, 4096, 16),
             text("widths", "Filter widths", "Tokens a pattern spans, separated by commas.", "1,2,3"),
             dropout(), wordDropout(), wordVectors(), frozenVectors()}};
}

Architecture ngramLinear()
{
    return {"ngram", "Hashed n-grams", sentenceTasks,
            {embeddingSize(),
             integer("ngram_order", "Longest n-gram", "Runs of up to so many tokens count as features. 1: words alone.", 2, 1, 8),
             integer("ngram_buckets", "Buckets", "Rows that all n-grams share by a hash. More keep them apart and make the model larger.", 65536, 1, 1e8, 8192),
             wordDropout(), wordVectors(), frozenVectors()}};
}

Architecture recurrent(std::string id, std::string label)
{
    return {std::move(id), std::move(label), allTasks,
            {embeddingSize(),
             integer("recurrent_size", "State size", "Numbers that describe what was read so far, in each direction.", 128, 1, 4096, 16),
             integer("recurrent_layers", "Layers", "Recurrent layers, one above the other.", 1, 1, 8),
             choice("recurrent_pooling", "Pooling", "How the states of all tokens become one.",
                    {{"max", "Largest"}, {"mean", "Mean"}, {"attention", "Attention"}}),
             boolean("crf", "Tag transitions (CRF)", "For tags: score which tag follows which, and choose the best sequence as a whole.", true),
             dropout(), wordDropout(), wordVectors(), frozenVectors()}};
}

Architecture transformer()
{
    return {"transformer", "Transformer", sentenceTasks,
            {integer("layers", "Layers", "Attention layers, one after the other.", 2, 1, 48),
             integer("hidden_size", "Hidden size", "Numbers that describe one token in every layer. A multiple of the heads, unless these have a size of their own.", 128, 4, 4096, 16),
             integer("heads", "Heads", "Parts of a layer that attend to other tokens on their own.", 4, 1, 128),
             integer("head_size", "Head size", "Numbers inside a head. 0: the hidden size divided by the heads.", 0, 0, 4096, 8),
             integer("ffn_size", "Feed-forward size", "Numbers inside the feed-forward part of a layer. Usually four times the hidden size.", 512, 4, 32768, 64),
             integer("max_positions", "Positions", "The longest sentence that the model can read. At least the tokenizer's longest sentence.", 512, 1, 8192, 64, "tokens"),
             choice("norm", "Layer norm", "Before each part of a layer, which trains more easily, or after it, as in BERT.",
                    {{"pre", "Before (pre-norm)"}, {"post", "After (post-norm)"}}),
             choice("encoder_pooling", "Sentence vector", "The mean of all tokens, or the first token through BERT's pooler.",
                    {{"mean", "Mean of tokens"}, {"cls", "First token"}}),
             choice("encoder_activation", "Activation", "The function inside the feed-forward part: GELU as in BERT, or the cheaper ReLU.",
                    {{"gelu", "GELU"}, {"relu", "ReLU"}}),
             real("hidden_dropout", "Hidden dropout", "Share of the numbers between the parts of a layer left out at random while training.", 0.1, 0, 0.9, 0.05),
             real("attention_dropout", "Attention dropout", "Share of the attention weights left out at random while training.", 0.1, 0, 0.9, 0.05),
             wordDropout()}};
}

} // namespace

bool Architecture::supports(Task task) const
{
    return std::find(tasks.begin(), tasks.end(), task) != tasks.end();
}

const Catalog<Architecture>& architectures()
{
    static const Catalog<Architecture> catalog("model", {
        textCnn(),
        ngramLinear(),
        recurrent("bilstm", "BiLSTM"),
        recurrent("bigru", "BiGRU"),
        transformer(),
    });
    return catalog;
}

std::vector<ParameterSpec> architectureParameters()
{
    std::vector<ParameterChoice> choices;
    for (const Architecture& architecture : architectures().members())
        choices.push_back({architecture.id, architecture.label});
    std::vector<ParameterSpec> all{choice("architecture", "Architecture", "The family of the model.", std::move(choices))};
    for (const Architecture& architecture : architectures().members())
        for (const ParameterSpec& own : architecture.parameters) {
            const auto known = std::find_if(all.begin(), all.end(), [&](const ParameterSpec& spec) { return spec.id == own.id; });
            ParameterSpec& spec = known != all.end() ? *known : all.emplace_back(own);
            if (spec.shownWhen.empty())
                spec.shownWhen = "architecture";
            if (spec.shownWhen == "architecture")
                spec.shownValues.push_back(architecture.id);
        }
    return all;
}

} // namespace espalier
