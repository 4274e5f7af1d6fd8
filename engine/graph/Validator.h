// SPDX-License-Identifier: GPL-3.0-or-later
// Validator: everything that would make a run fail and can be known before it starts. Each problem names the node, and the
// input or parameter where it stands, so that the window can show it there.
#pragma once

#include "engine/graph/Graph.h"

#include <filesystem>

namespace espalier {

struct Problem {
    enum class Severity { Error, Warning };
    Severity severity = Severity::Error;
    std::string node;      ///< id; empty when it concerns the whole pipeline
    std::string input;     ///< port id, or empty
    std::string parameter; ///< parameter id, or empty
    std::string message;   ///< English
    std::string remedy;    ///< English; may be empty

    bool operator==(const Problem&) const = default;
};

/// Problems of the whole graph, or of @p target and what it needs. Relative files are looked for in @p folder.
std::vector<Problem> validate(const Graph& graph, const std::filesystem::path& folder, const std::string& target = {});

bool hasErrors(const std::vector<Problem>& problems);
Json toJson(const Problem& problem);
Result<Problem> problemFromJson(const Json& json);

/// @p value as a path: absolute, or relative to @p folder.
std::filesystem::path resolvePath(const std::filesystem::path& folder, const std::string& value);

} // namespace espalier
