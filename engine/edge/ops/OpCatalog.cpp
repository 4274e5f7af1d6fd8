// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/ops/OpCatalog.h"

namespace espalier::edge {

const Catalog<OpKind>& opCatalog()
{
    static const Catalog<OpKind> catalog("op", {
        {"embedding", buildEmbedding},
        {"ngram_mean", buildNgramMean},
        {"conv1d_max", buildConv1dMax},
        {"lstm", buildLstm},
        {"gru", buildGru},
        {"max_pool", buildMaxPool},
        {"mean_pool", buildMeanPool},
        {"attention_pool", buildAttentionPool},
        {"first_row", buildFirstRow},
        {"add_positions", buildAddPositions},
        {"add", buildAdd},
        {"layer_norm", buildLayerNorm},
        {"self_attention", buildSelfAttention},
        {"concat", buildConcat},
        {"linear", buildLinear},
        {"softmax", buildSoftmax},
        {"sigmoid", buildSigmoid},
        {"tag_softmax", buildTagSoftmax},
        {"crf", buildCrf},
    });
    return catalog;
}

} // namespace espalier::edge
