// SPDX-License-Identifier: Apache-2.0
// ClosestName: what someone may have meant who wrote a name that is not known.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace espalier {

/// The one of @p known with the fewest letters to insert, delete or replace (Levenshtein); of several the first; empty where there is none.
std::string closestName(std::string_view name, const std::vector<std::string>& known);

} // namespace espalier
