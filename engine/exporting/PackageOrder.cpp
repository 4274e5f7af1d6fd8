// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/PackageOrder.h"

#include "engine/tokenizers/TokenizerCatalog.h"
#include "engine/training/TokenRows.h"

#include <algorithm>
#include <numeric>

namespace espalier {

Checkpoint inPackageOrder(const Checkpoint& checkpoint)
{
    const TokenizerKind* kind = tokenizerCatalog().find(checkpoint.tokenizer.spec().kind);
    if (!kind || kind->subword || !tokenTable(checkpoint.model))
        return checkpoint;
    const std::vector<std::string>& tokens = checkpoint.tokenizer.vocabulary();
    std::vector<std::int32_t> ids(tokens.size());
    std::iota(ids.begin(), ids.end(), 0);
    std::sort(ids.begin() + Tokenizer::unknownId + 1, ids.end(), [&](auto a, auto b) { return tokens[static_cast<std::size_t>(a)] < tokens[static_cast<std::size_t>(b)]; });
    std::vector<std::string> ordered;
    ordered.reserve(tokens.size());
    for (const std::int32_t id : ids)
        ordered.push_back(tokens[static_cast<std::size_t>(id)]);
    auto tokenizer = Tokenizer::create(checkpoint.tokenizer.spec(), std::move(ordered));
    return tokenizer ? withTokens(checkpoint, ids, std::move(*tokenizer)) : checkpoint;
}

} // namespace espalier
