// SPDX-License-Identifier: GPL-3.0-or-later
// LayerLists: the Prune node's parameters that name layers, as values and back: "output.weight=0.5, embedding.weight=0.9" and
// "output.weight, embedding.weight".
#pragma once

#include "engine/core/Result.h"

#include <map>
#include <string>
#include <vector>

namespace espalier {

/// Of `layer_sparsities`: shares by layer, not checked against 0 to 1. InvalidArgument names the part that is no layer and its sparsity.
Result<std::map<std::string, double>> layerSparsitiesFromText(const std::string& text);
std::string layerSparsitiesToText(const std::map<std::string, double>& sparsities);

/// Of `exclude`: the parts between commas, without those that are empty.
std::vector<std::string> layersFromText(const std::string& text);
std::string layersToText(const std::vector<std::string>& layers);

} // namespace espalier
