// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/LayerReport.h"

#include "engine/compression/PruneScope.h"

#include <algorithm>

namespace espalier {

std::vector<LayerSparsity> layerSparsities(const Checkpoint& checkpoint)
{
    const auto tensors = prunableTensors(checkpoint.model);
    if (!tensors)
        return {};
    const auto layers = describeLayers(checkpoint.weights, checkpoint.masks, *tensors, *tensors);
    return layers ? *layers : std::vector<LayerSparsity>{};
}

void addPackagedBytes(std::vector<LayerSparsity>& layers, const PackageReport& package)
{
    for (LayerSparsity& layer : layers) {
        const auto packaged = std::find_if(package.tensors.begin(), package.tensors.end(), [&](const PackagedTensor& t) { return t.name == layer.name; });
        layer.bytes = packaged == package.tensors.end() ? 0 : packaged->bytes;
    }
}

} // namespace espalier
