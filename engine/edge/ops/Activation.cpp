// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/ops/Activation.h"

#include "engine/edge/Elementary.h"
#include "engine/edge/kernels/VectorLoops.h"

#include <array>
#include <utility>

namespace espalier::edge {
namespace {

using namespace std::string_view_literals;

constexpr std::array names{std::pair{"none"sv, Activation::None}, std::pair{"relu"sv, Activation::Relu}, std::pair{"gelu"sv, Activation::Gelu},
                           std::pair{"tanh"sv, Activation::Tanh}};

} // namespace

Result<Activation> activationOf(const Op& op)
{
    const auto it = op.attributes.find("activation");
    if (it == op.attributes.end())
        return Activation::None;
    for (const auto& [name, activation] : names)
        if (it->second == name)
            return activation;
    return opError(op, "this runtime does not know the activation '" + it->second + "'");
}

void activate(Activation activation, float* values, std::size_t count)
{
    switch (activation) {
    case Activation::None:
        return;
    case Activation::Relu:
        vectorized([=]() ESPALIER_INLINED {
            for (std::size_t i = 0; i < count; ++i)
                values[i] = values[i] > 0.0F ? values[i] : 0.0F;
        });
        return;
    case Activation::Gelu:
        vectorized([=]() ESPALIER_INLINED {
            for (std::size_t i = 0; i < count; ++i)
                values[i] = gelu(values[i]);
        });
        return;
    case Activation::Tanh:
        for (std::size_t i = 0; i < count; ++i)
            values[i] = std::tanh(values[i]);
        return;
    }
}

} // namespace espalier::edge
