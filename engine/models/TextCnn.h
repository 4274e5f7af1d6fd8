// SPDX-License-Identifier: GPL-3.0-or-later
// TextCNN (Kim, "Convolutional Neural Networks for Sentence Classification", EMNLP 2014, the variant with vectors learned from scratch):
// embedding, filters of several widths over the tokens, ReLU, the maximum over time, dropout, one linear layer.
// A sentence shorter than a width is padded with zero rows on the right up to that width; no other padding counts.
//
// Parameters: embedding.weight [V x E]; convolutions.<i>.weight [F x E x W_i], convolutions.<i>.bias [F] for each width in order;
// output.weight [C x F*widths], output.bias [C].
#pragma once

#include "engine/models/ModelCatalog.h"

namespace espalier {

ModelType textCnn();

} // namespace espalier
