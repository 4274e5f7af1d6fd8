// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/TokenRows.h"

#include <algorithm>

namespace espalier {

namespace {

/// Rows @p ids of @p values, of @p width each.
template <typename T>
std::vector<T> rowsOf(const std::vector<T>& values, std::size_t width, std::span<const std::int32_t> ids)
{
    std::vector<T> rows;
    rows.reserve(ids.size() * width);
    for (const std::int32_t id : ids) {
        const auto begin = values.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(id) * width);
        rows.insert(rows.end(), begin, begin + static_cast<std::ptrdiff_t>(width));
    }
    return rows;
}

} // namespace

std::optional<std::string> tokenTable(const ModelSpec& spec)
{
    const ModelType* type = modelCatalog().find(spec.architecture);
    if (!type)
        return std::nullopt;
    for (const edge::Op& op : type->lower(spec).ops)
        if (std::find(op.inputs.begin(), op.inputs.end(), "ids") != op.inputs.end() && !op.tensors.contains("ngrams"))
            return op.tensors.at("weight");
    return std::nullopt;
}

Checkpoint withTokens(const Checkpoint& checkpoint, std::span<const std::int32_t> ids, Tokenizer tokenizer)
{
    Checkpoint result = checkpoint;
    const std::string name = tokenTable(checkpoint.model).value();
    const Tensor& table = checkpoint.weights.at(name);
    const std::size_t width = table.values.size() / static_cast<std::size_t>(table.shape[0]);
    result.tokenizer = std::move(tokenizer);
    result.model.vocabularySize = static_cast<std::int64_t>(ids.size());
    result.weights[name] = {table.shape, rowsOf(table.values, width, ids)};
    result.weights[name].shape[0] = result.model.vocabularySize;
    if (const auto mask = checkpoint.masks.find(name); mask != checkpoint.masks.end())
        result.masks[name] = rowsOf(mask->second, width, ids);
    return result;
}

} // namespace espalier
