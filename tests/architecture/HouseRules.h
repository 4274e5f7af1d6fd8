// SPDX-License-Identifier: GPL-3.0-or-later
// The rules that the design sets for source files, as functions over a path and a text: who may include whom, which library
// may appear where, licence lines, sizes. They know nothing of the disk, so that the rules themselves can be tested.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace espalier::house {

struct SourceFile {
    std::string path; ///< from the project's root: "engine/core/Json.h"
    std::string text;
};

struct Include {
    int line = 0;
    bool angled = false; ///< <...> and not "..."
    std::string target;
};

std::vector<Include> includesOf(const std::string& text);

/// "core", "training", "widgets", "app", "tests"... of a path below the project's root; empty for one outside every layer.
std::string layerOf(const std::string& path);

/// Which layers a layer may include, itself among them. Tests may include everything.
const std::map<std::string, std::set<std::string>>& allowedLayers();

/// What breaks a rule in @p file, a line a finding, each beginning with path:line or path. Empty: nothing does.
std::vector<std::string> forbiddenIncludes(const SourceFile& file);
std::vector<std::string> brokenHouseRules(const SourceFile& file);

/// The quoted includes among @p files that close a circle: "a.h -> b.h -> a.h"; empty when there is none.
std::string includeCircle(const std::vector<SourceFile>& files);

} // namespace espalier::house
