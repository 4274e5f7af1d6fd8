// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/LayerReport.h"

#include "engine/compression/PruneScope.h"

namespace espalier {

std::vector<LayerSparsity> layerSparsities(const Checkpoint& checkpoint)
{
    const auto tensors = prunableTensors(checkpoint.model);
    if (!tensors)
        return {};
    const auto layers = describeLayers(checkpoint.weights, checkpoint.masks, *tensors, *tensors);
    return layers ? *layers : std::vector<LayerSparsity>{};
}

} // namespace espalier
