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

Result<BuiltStep> buildEmbedding(const Op& op, BuildContext& context);
Result<BuiltStep> buildNgramMean(const Op& op, BuildContext& context);
Result<BuiltStep> buildConv1dMax(const Op& op, BuildContext& context);
Result<BuiltStep> buildLstm(const Op& op, BuildContext& context);
Result<BuiltStep> buildGru(const Op& op, BuildContext& context);
Result<BuiltStep> buildMaxPool(const Op& op, BuildContext& context);
Result<BuiltStep> buildMeanPool(const Op& op, BuildContext& context);
Result<BuiltStep> buildAttentionPool(const Op& op, BuildContext& context);
Result<BuiltStep> buildFirstRow(const Op& op, BuildContext& context);
Result<BuiltStep> buildAddPositions(const Op& op, BuildContext& context);
Result<BuiltStep> buildAdd(const Op& op, BuildContext& context);
Result<BuiltStep> buildLayerNorm(const Op& op, BuildContext& context);
Result<BuiltStep> buildSelfAttention(const Op& op, BuildContext& context);
Result<BuiltStep> buildConcat(const Op& op, BuildContext& context);
Result<BuiltStep> buildLinear(const Op& op, BuildContext& context);
Result<BuiltStep> buildSigmoid(const Op& op, BuildContext& context);
Result<BuiltStep> buildTagSoftmax(const Op& op, BuildContext& context);
Result<BuiltStep> buildCrf(const Op& op, BuildContext& context);
Result<BuiltStep> buildSoftmax(const Op& op, BuildContext& context);

} // namespace espalier::edge
