// SPDX-License-Identifier: Apache-2.0
#include "engine/core/ClosestName.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace espalier {

namespace {

std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] != b[j]);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

} // namespace

std::string closestName(std::string_view name, const std::vector<std::string>& known)
{
    std::string closest;
    std::size_t least = std::numeric_limits<std::size_t>::max();
    for (const auto& candidate : known)
        if (const std::size_t now = distance(name, candidate); now < least) {
            least = now;
            closest = candidate;
        }
    return closest;
}

} // namespace espalier
