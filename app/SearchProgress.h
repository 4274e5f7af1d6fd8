// SPDX-License-Identifier: GPL-3.0-or-later
// What compression/progress tells, for the window.
#pragma once

#include "app/ActivityText.h"
#include "engine/core/Json.h"
#include "engine/core/RunContext.h"

#include <optional>
#include <utility>

namespace espalier {

/// The activity is in the user's language; with the seconds left, where they are known.
inline std::pair<Progress, std::optional<double>> searchProgress(const Json& params)
{
    const Progress progress{activityText(params.value("activity", std::string())).toStdString(), params.value("done", std::int64_t{0}),
                            params.value("total", std::int64_t{0})};
    return {progress, params.contains("seconds_left") ? std::optional(params.value("seconds_left", 0.0)) : std::nullopt};
}

} // namespace espalier
