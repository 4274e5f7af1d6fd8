// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/PackagedWeights.h"

namespace espalier {

Precision precisionOf(const edge::TensorRecord& record)
{
    if (!record.encoding.starts_with("i"))
        return {.bits = 32};
    return {record.encoding.starts_with("i4") ? 4 : 8, static_cast<std::int64_t>(record.group)};
}

Weights packagedWeights(Weights weights, const edge::PackageHeader& header)
{
    for (const edge::TensorRecord& record : header.tensors)
        if (const auto found = weights.find(record.name); found != weights.end())
            roundTo(precisionOf(record), found->second.shape, found->second.values.data());
    return weights;
}

} // namespace espalier
