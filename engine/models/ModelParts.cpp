// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/ModelParts.h"

#include "engine/tokenizers/Tokenizer.h"

namespace espalier {

std::int64_t integer(const ModelSpec& spec, const char* id)
{
    return spec.parameters.at(id).get<std::int64_t>();
}

double real(const ModelSpec& spec, const char* id)
{
    return spec.parameters.at(id).get<double>();
}

std::string text(const ModelSpec& spec, const char* id)
{
    return spec.parameters.at(id).get<std::string>();
}

bool boolean(const ModelSpec& spec, const char* id)
{
    return spec.parameters.at(id).get<bool>();
}

torch::nn::Embedding tokenEmbedding(const ModelSpec& spec)
{
    auto embedding = smallEmbedding(spec.vocabularySize, integer(spec, "embedding_dim"));
    embedding->weight.set_requires_grad(!boolean(spec, "freeze_vectors"));
    return embedding;
}

torch::nn::Embedding smallEmbedding(std::int64_t rows, std::int64_t columns)
{
    torch::nn::Embedding embedding(torch::nn::EmbeddingOptions(rows, columns).padding_idx(Tokenizer::padId));
    const torch::NoGradGuard noGrad;
    embedding->weight.normal_(0, 0.1);
    clearPadding(embedding);
    return embedding;
}

void clearPadding(torch::nn::Embedding& embedding)
{
    const torch::NoGradGuard noGrad;
    embedding->weight[Tokenizer::padId].zero_();
}

torch::Tensor ownTokens(const torch::Tensor& ids)
{
    return ids.masked_select(ids != static_cast<std::int64_t>(Tokenizer::padId));
}

torch::Tensor withWordsDropped(const torch::Tensor& ids, double share)
{
    const torch::Tensor dropped = (torch::rand(ids.sizes(), torch::device(ids.device())) < share) & (ids != static_cast<std::int64_t>(Tokenizer::padId));
    return ids.masked_fill(dropped, static_cast<std::int64_t>(Tokenizer::unknownId));
}

bool hasCrf(const ModelSpec& spec)
{
    const auto wanted = spec.parameters.find("crf");
    return spec.task == Task::TokenTags && wanted != spec.parameters.end() && wanted->second.get<bool>();
}

void addAnswer(const ModelSpec& spec, edge::Program& program)
{
    edge::Op op{.kind = "softmax", .inputs = {"logits"}, .output = "probabilities"};
    if (spec.task == Task::MultiLabel)
        op.kind = "sigmoid";
    if (spec.task == Task::TokenTags)
        op.kind = hasCrf(spec) ? "crf" : "tag_softmax";
    if (op.kind == "crf")
        op.tensors = {{"transitions", "crf.transitions"}, {"start", "crf.start"}, {"end", "crf.end"}};
    program.ops.push_back(std::move(op));
}

} // namespace espalier
