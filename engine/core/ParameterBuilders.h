// SPDX-License-Identifier: Apache-2.0
// Short ways to write a ParameterSpec down, for the catalogues that hold many.
#pragma once

#include "engine/core/ParameterSpec.h"

namespace espalier::parameters {

inline ParameterSpec integer(std::string id, std::string label, std::string help, std::int64_t fallback, double minimum, double maximum, double step = 1,
                             std::string unit = {})
{
    return {.id = std::move(id), .label = std::move(label), .help = std::move(help), .kind = ParameterKind::Integer, .fallback = fallback,
            .minimum = minimum, .maximum = maximum, .step = step, .unit = std::move(unit)};
}

inline ParameterSpec real(std::string id, std::string label, std::string help, double fallback, double minimum, double maximum, double step)
{
    return {.id = std::move(id), .label = std::move(label), .help = std::move(help), .kind = ParameterKind::Real, .fallback = fallback,
            .minimum = minimum, .maximum = maximum, .step = step};
}

inline ParameterSpec boolean(std::string id, std::string label, std::string help, bool fallback)
{
    return {.id = std::move(id), .label = std::move(label), .help = std::move(help), .kind = ParameterKind::Boolean, .fallback = fallback};
}

/// The first choice is the default.
inline ParameterSpec choice(std::string id, std::string label, std::string help, std::vector<ParameterChoice> choices)
{
    const std::string first = choices.front().value;
    return {.id = std::move(id), .label = std::move(label), .help = std::move(help), .kind = ParameterKind::Choice, .fallback = first,
            .choices = std::move(choices)};
}

inline ParameterSpec text(std::string id, std::string label, std::string help, std::string fallback)
{
    return {.id = std::move(id), .label = std::move(label), .help = std::move(help), .kind = ParameterKind::Text, .fallback = std::move(fallback)};
}

inline ParameterSpec file(std::string id, std::string label, std::string help, bool required)
{
    return {.id = std::move(id), .label = std::move(label), .help = std::move(help), .kind = ParameterKind::File, .fallback = "",
            .required = required};
}

inline ParameterSpec shownWhen(ParameterSpec spec, std::string parameter, std::vector<std::string> values)
{
    spec.shownWhen = std::move(parameter);
    spec.shownValues = std::move(values);
    return spec;
}

} // namespace espalier::parameters
