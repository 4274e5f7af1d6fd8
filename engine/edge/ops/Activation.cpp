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

template <typename Function>
void finish(const BiasedRows& rows, const Function& function)
{
    vectorized([=]() ESPALIER_INLINED {
        for (std::size_t row = 0; row < rows.count; ++row) {
            float* values = rows.values + row * rows.columns;
            for (std::size_t i = 0; i < rows.columns; ++i)
                values[i] = function(values[i] + rows.bias[i]);
        }
    });
}

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

void addBiasAndActivate(Activation activation, const BiasedRows& rows)
{
    switch (activation) {
    case Activation::None: return finish(rows, [](float x) ESPALIER_INLINED { return x; });
    case Activation::Relu: return finish(rows, [](float x) ESPALIER_INLINED { return x > 0.0F ? x : 0.0F; });
    case Activation::Gelu: return finish(rows, [](float x) ESPALIER_INLINED { return gelu(x); });
    case Activation::Tanh: return finish(rows, [](float x) ESPALIER_INLINED { return std::tanh(x); });
    }
}

} // namespace espalier::edge
