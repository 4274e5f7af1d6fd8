// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/TextModel.h"

#include "engine/tokenizers/Tokenizer.h"

#include <algorithm>
#include <cstring>

namespace espalier {

TextBatch makeBatch(const std::vector<std::vector<std::int32_t>>& sentences, const std::vector<std::size_t>& indices)
{
    std::size_t longest = 1;
    for (const std::size_t index : indices)
        longest = std::max(longest, sentences[index].size());
    const auto rows = static_cast<std::int64_t>(indices.size());
    const auto columns = static_cast<std::int64_t>(longest);
    TextBatch batch{torch::full({rows, columns}, static_cast<std::int64_t>(Tokenizer::padId), torch::kInt64), torch::empty({rows}, torch::kInt64)};
    auto* ids = batch.ids.data_ptr<std::int64_t>();
    auto* lengths = batch.lengths.data_ptr<std::int64_t>();
    for (const std::size_t index : indices) {
        const auto& sentence = sentences[index];
        std::copy(sentence.begin(), sentence.end(), ids);
        ids += longest;
        *lengths++ = std::max<std::int64_t>(1, static_cast<std::int64_t>(sentence.size()));
    }
    return batch;
}

Weights weightsOf(const TextModel& model)
{
    Weights weights;
    for (const auto& item : model.named_parameters()) {
        const torch::Tensor values = item.value().detach().contiguous();
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
            std::memcpy(parameters[name].data_ptr<float>(), tensor.values.data(), tensor.values.size() * sizeof(float));
    model.weightsReplaced();
    return {};
}

} // namespace espalier
