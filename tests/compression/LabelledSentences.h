// SPDX-License-Identifier: GPL-3.0-or-later
// Random sentences with labels of a random checkpoint, for what is measured on them.
#pragma once

#include "engine/evaluation/Classifier.h"
#include "tests/exporting/ModelCheckpoints.h"

namespace espalier::test {

inline ExampleTable labelledSentences(const Checkpoint& checkpoint, std::size_t count)
{
    std::vector<Example> examples;
    Random random(3);
    for (const std::string& text : randomSentences(count)) {
        Example example = unlabelled(text, checkpoint.model.task, checkpoint.tokenizer, checkpoint.labels);
        if (checkpoint.model.task == Task::MultiLabel)
            example.labels = {{}};
        for (std::string& label : example.labels)
            label = checkpoint.labels.labels()[random.below(static_cast<std::uint64_t>(checkpoint.labels.size()))];
        if (!example.labels.empty())
            examples.push_back(example);
    }
    return examples;
}

} // namespace espalier::test
