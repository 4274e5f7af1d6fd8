// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/Random.h"
#include "engine/data/SplitCut.h"
#include "engine/data/preparation/Preparation.h"

#include <algorithm>

namespace espalier {

Result<Splits> balance(const Splits& splits, const BalanceOptions& options, RunContext& context)
{
    auto classes = rowsByClass(splits.train, splits.task);
    if (classes.empty() || context.cancelled())
        return context.cancelled() ? cancelledError() : Error{ErrorCode::InvalidArgument, "There are no training rows to balance.", "Check the split.", {}};
    const auto bySize = [](const auto& a, const auto& b) { return a.size() < b.size(); };
    const bool up = options.method == "up";
    const std::size_t natural = (up ? std::max_element(classes.begin(), classes.end(), bySize) : std::min_element(classes.begin(), classes.end(), bySize))->size();
    const std::size_t target = options.target > 0 ? static_cast<std::size_t>(options.target) : natural;
    std::vector<std::uint32_t> copies(splits.train.size(), 1);
    Random random(options.seed);
    for (auto& members : classes) {
        random.shuffle(members);
        for (std::size_t i = target; !up && i < members.size(); ++i)
            copies[members[i]] = 0;
        for (std::size_t i = members.size(); up && i < target; ++i)
            ++copies[members[i % members.size()]];
    }
    Splits balanced = splits;
    balanced.leaks.reset(); // its rows are of the parts before
    balanced.train = splits.train.select([&](std::size_t position) { return copies[position]; });
    context.info("Balanced " + std::to_string(splits.train.size()) + " training rows to " + std::to_string(balanced.train.size()) + ", " + std::to_string(target) + " a class.");
    return balanced;
}

} // namespace espalier
