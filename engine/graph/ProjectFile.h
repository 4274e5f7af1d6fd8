// SPDX-License-Identifier: GPL-3.0-or-later
// The project file (.espalier): the pipeline as sorted, stable JSON, so that one edit is a small diff. Fields and node types
// that this version does not know survive a round trip.
#pragma once

#include "engine/graph/Graph.h"

#include <filesystem>
#include <map>

namespace espalier {

struct Project {
    std::string name;
    Graph graph;
    Json extra = Json::object(); ///< unknown top-level fields
    std::map<Edge, Json> wireExtras = {}; ///< unknown fields of wires; written for wires that are still there

    bool operator==(const Project&) const = default;
};

inline constexpr int projectFormat = 1;

Json toJson(const Project& project);
/// Errors name the node and field. @p source names the text in them.
Result<Project> projectFromJson(const Json& json, const std::string& source);
Result<Project> loadProject(const std::filesystem::path& path);
Result<void> saveProject(const std::filesystem::path& path, const Project& project);

} // namespace espalier
