// SPDX-License-Identifier: GPL-3.0-or-later
// FlipSlices: counts flips by length, in four parts of about the same number of sentences, and by class.
#pragma once

#include "engine/core/Task.h"
#include "engine/data/Example.h"
#include "engine/reports/FlipReport.h"

#include <map>

namespace espalier {

/// The classes that @p example counts for: its labels; where words are tagged, the types of the entities in it.
std::vector<std::string> sliceClasses(const Example& example, Task task);

class FlipSlices {
public:
    /// @p examples: all that will be counted.
    FlipSlices(const std::vector<Example>& examples, Task task);

    /// @p example counts once at its length, and once for each of its classes.
    void add(const Example& example, bool flips);
    /// Lengths first, shortest to longest; then the classes that occur, most flips first.
    std::vector<FlipSlice> take();

private:
    Task m_task;
    std::vector<FlipSlice> m_lengths;
    std::map<std::string, FlipSlice> m_classes;
};

} // namespace espalier
