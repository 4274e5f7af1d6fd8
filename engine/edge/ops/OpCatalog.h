// SPDX-License-Identifier: Apache-2.0
// The ops this runtime knows. Their semantics stand in Program.h.
#pragma once

#include "engine/core/Catalog.h"
#include "engine/edge/ops/Step.h"

namespace espalier::edge {

struct OpKind {
    std::string id; ///< stable, in packages
    Result<BuiltStep> (*build)(const Op& op, BuildContext& context) = nullptr;
};

const Catalog<OpKind>& opCatalog();

/// Each checks an op and lays its step out, once, as a package is loaded: cold, so that it is compiled for size also where the steps of its file are compiled for
/// speed. What it calls that goes through a tensor is hot and stays apart.
[[gnu::cold]] Result<BuiltStep> buildEmbedding(const Op& op, BuildContext& context);
[[gnu::cold]] Result<BuiltStep> buildNgramMean(const Op& op, BuildContext& context);
[[gnu::cold]] Result<BuiltStep> buildConv1dMax(const Op& op, BuildContext& context);
[[gnu::cold]] Result<BuiltStep> buildLstm(const Op& op, BuildContext& context);
[[gnu::cold]] Result<BuiltStep> buildGru(const Op& op, BuildContext& context);
[[gnu::cold]] Result<BuiltStep> buildMaxPool(const Op& op, BuildContext& context);
[[gnu::cold]] Result<BuiltStep> buildMeanPool(const Op& op, BuildContext& context);
[[gnu::cold]] Result<BuiltStep> buildAttentionPool(const Op& op, BuildContext& context);
[[gnu::cold]] Result<BuiltStep> buildFirstRow(const Op& op, BuildContext& context);
[[gnu::cold]] Result<BuiltStep> buildAddPositions(const Op& op, BuildContext& context);
[[gnu::cold]] Result<BuiltStep> buildAdd(const Op& op, BuildContext& context);
[[gnu::cold]] Result<BuiltStep> buildLayerNorm(const Op& op, BuildContext& context);
[[gnu::cold]] Result<BuiltStep> buildSelfAttention(const Op& op, BuildContext& context);
[[gnu::cold]] Result<BuiltStep> buildConcat(const Op& op, BuildContext& context);
[[gnu::cold]] Result<BuiltStep> buildLinear(const Op& op, BuildContext& context);
[[gnu::cold]] Result<BuiltStep> buildSigmoid(const Op& op, BuildContext& context);
[[gnu::cold]] Result<BuiltStep> buildTagSoftmax(const Op& op, BuildContext& context);
[[gnu::cold]] Result<BuiltStep> buildCrf(const Op& op, BuildContext& context);
[[gnu::cold]] Result<BuiltStep> buildSoftmax(const Op& op, BuildContext& context);

} // namespace espalier::edge
