// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/SparseDropout.h"

#include <cmath>

namespace espalier {

ModelSpec withDropoutFor(double kept, ModelSpec model)
{
    for (const char* id : {"dropout", "hidden_dropout", "attention_dropout"})
        if (const auto rate = model.parameters.find(id); rate != model.parameters.end())
            rate->second = rate->second.get<double>() * std::sqrt(kept);
    return model;
}

} // namespace espalier
