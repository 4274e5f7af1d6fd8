// SPDX-License-Identifier: Apache-2.0
// A remedy for errors that have none of their own: what helps with whatever is wrong in such a file.
#pragma once

#include "engine/core/Result.h"

namespace espalier {

/// @p error, whose remedy is @p otherwise where it has none.
[[nodiscard]] inline Error withRemedy(Error error, std::string otherwise)
{
    if (error.remedy.empty())
        error.remedy = std::move(otherwise);
    return error;
}

} // namespace espalier
