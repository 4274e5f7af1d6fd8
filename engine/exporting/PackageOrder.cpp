// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/PackageOrder.h"

#include "engine/tokenizers/TokenSelection.h"
#include "engine/tokenizers/TokenizerCatalog.h"
#include "engine/training/TokenRows.h"

#include <algorithm>
#include <numeric>

namespace espalier {
namespace {

/// Whether the order of a tokenizer's ids says nothing that its package would have to say again: merges are built up in order, and scores fall.
bool orderIsFree(const Json& tokenizer)
{
    const auto model = tokenizer.find("model");
    return model == tokenizer.end() || (!model->contains("merges") && !model->contains("scores"));
}

/// @p tokenizer with its tokens in the order of @p ids. The ids that they had in a file are of no use to a device.
Result<Tokenizer> inOrder(const Tokenizer& tokenizer, std::span<const std::int32_t> ids)
{
    ESPALIER_TRY(const Tokenizer ordered, withTokensOnly(tokenizer, ids));
    Json json = ordered.toJson();
    json.erase("file_ids");
    return Tokenizer::fromJson(json);
}

} // namespace

Checkpoint inPackageOrder(const Checkpoint& checkpoint)
{
    if (!tokenTable(checkpoint.model) || !orderIsFree(checkpoint.tokenizer.toJson()))
        return checkpoint;
    const std::vector<std::string>& tokens = checkpoint.tokenizer.vocabulary();
    std::vector<std::int32_t> ids(tokens.size());
    std::iota(ids.begin(), ids.end(), 0);
    std::sort(ids.begin() + Tokenizer::unknownId + 1, ids.end(), [&](auto a, auto b) { return tokens[static_cast<std::size_t>(a)] < tokens[static_cast<std::size_t>(b)]; });
    auto tokenizer = inOrder(checkpoint.tokenizer, ids);
    return tokenizer ? withTokens(checkpoint, ids, std::move(*tokenizer)) : checkpoint;
}

} // namespace espalier
