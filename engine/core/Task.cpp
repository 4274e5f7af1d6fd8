// SPDX-License-Identifier: Apache-2.0
#include "engine/core/Task.h"

#include <algorithm>
#include <array>
#include <string>

namespace espalier {
namespace {

constexpr std::array<std::string_view, 3> names{"single_label", "multi_label", "token_tags"}; ///< in the order of Task

constexpr std::array<std::string_view, 3> scores{"accuracy", "micro_f1", "entity_f1"};           ///< in the order of Task
constexpr std::array<std::string_view, 3> scoreTitles{"accuracy", "micro-F1", "entity F1"};      ///< in the order of Task

} // namespace

std::string_view taskName(Task task)
{
    return names[static_cast<std::size_t>(task)];
}

Result<Task> taskFromName(std::string_view name)
{
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name)
            return static_cast<Task>(i);
    return Error{ErrorCode::InvalidFormat, "There is no task '" + std::string(name) + "'.", "Known: single_label, multi_label, token_tags.", {}};
}

std::string_view scoreName(Task task)
{
    return scores[static_cast<std::size_t>(task)];
}

std::string_view scoreTitle(std::string_view name)
{
    const auto found = std::find(scores.begin(), scores.end(), name);
    return found == scores.end() ? name : scoreTitles[static_cast<std::size_t>(found - scores.begin())];
}

} // namespace espalier
