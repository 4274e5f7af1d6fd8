// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/TextModel.h"

#include "engine/tokenizers/Tokenizer.h"

#include <algorithm>

namespace espalier {

TextBatch makeBatch(const TokenSequences& sentences, std::span<const std::uint32_t> indices)
{
    std::size_t longest = 1;
    for (const std::uint32_t index : indices)
        longest = std::max<std::size_t>(longest, sentences.lengths()[index]);
    const auto rows = static_cast<std::int64_t>(indices.size());
    TextBatch batch{torch::empty({rows, static_cast<std::int64_t>(longest)}, torch::kInt64), torch::empty({rows}, torch::kInt64)};
    auto* ids = batch.ids.data_ptr<std::int64_t>();
    auto* lengths = batch.lengths.data_ptr<std::int64_t>();
    std::vector<std::int32_t> buffer;
    for (const std::uint32_t index : indices) {
        const auto sentence = sentences.read(index, buffer);
        std::fill(std::copy(sentence.begin(), sentence.end(), ids), ids + longest, static_cast<std::int64_t>(Tokenizer::padId));
        ids += longest;
        *lengths++ = std::max<std::int64_t>(1, static_cast<std::int64_t>(sentence.size()));
    }
    return batch;
}

torch::Device deviceOf(const TextModel& model)
{
    return model.parameters().at(0).device();
}

Weights weightsOf(const TextModel& model)
{
    Weights weights;
    for (const auto& item : model.named_parameters()) {
        const torch::Tensor values = item.value().detach().to(torch::kCPU).contiguous();
        const float* data = values.data_ptr<float>();
        weights[item.key()] = {values.sizes().vec(), std::vector<float>(data, data + values.numel())};
    }
    return weights;
}

Result<void> setWeights(TextModel& model, const Weights& weights)
{
    auto parameters = model.named_parameters();
    for (const auto& [name, tensor] : weights) {
        const torch::Tensor* parameter = parameters.find(name);
        if (parameter == nullptr)
            return Error{ErrorCode::InvalidArgument, "The model has no tensor '" + name + "'.", {}, {}};
        if (parameter->sizes().vec() != tensor.shape || static_cast<std::size_t>(parameter->numel()) != tensor.values.size())
            return Error{ErrorCode::InvalidArgument, "The shape of '" + name + "' does not fit the model.", {}, {}};
    }
    torch::NoGradGuard noGrad;
    for (const auto& [name, tensor] : weights)
        if (!tensor.values.empty())
            parameters[name].copy_(torch::from_blob(const_cast<float*>(tensor.values.data()), tensor.shape, torch::kFloat32)); // to its device
    model.weightsReplaced();
    return {};
}

} // namespace espalier
