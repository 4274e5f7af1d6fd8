// SPDX-License-Identifier: GPL-3.0-or-later
// Bidirectional recurrent networks over the token embeddings: LSTM (Hochreiter and Schmidhuber 1997, with forget gates) and GRU (Cho et al. 2014, in the
// form that LibTorch computes). For a class: the largest or the mean of the states over the tokens, or their mean weighted by attention
// (Yang et al., "Hierarchical Attention Networks", NAACL 2016), then a linear layer; for tags a linear layer on each token.
//
// Parameters: embedding.weight [V x E]; recurrent.<name>_l<i> and recurrent.<name>_l<i>_reverse, as torch.nn.LSTM and GRU name and shape them, for each
// layer i; with attention also attention.weight [H x 2H], attention.bias [H], query [H]; output.weight [C x 2H], output.bias [C]; with a conditional
// random field over tags (Lafferty et al. 2001; Huang, Xu and Yu, "Bidirectional LSTM-CRF Models for Sequence Tagging", 2015) also those of Crf.h, after "crf.".
#pragma once

#include "engine/models/ModelCatalog.h"

namespace espalier {

ModelType biLstm();
ModelType biGru();

} // namespace espalier
