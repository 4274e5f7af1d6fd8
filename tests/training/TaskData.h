// SPDX-License-Identifier: GPL-3.0-or-later
// Learnable data for every task: what stands in a sentence decides its class, its labels or the tags of its words.
#pragma once

#include "engine/core/Random.h"
#include "engine/data/Dataset.h"

namespace espalier::test {

/// "please play SONG by ARTIST now": names of one or two words, which are told apart by the word before them.
inline Example tagged(Random& random)
{
    Example example;
    const auto add = [&](const std::string& word, const std::string& tag) {
        const auto begin = static_cast<std::uint32_t>(example.text.empty() ? 0 : example.text.size() + 1);
        example.text += (example.text.empty() ? "" : " ") + word;
        example.words.push_back({begin, static_cast<std::uint32_t>(example.text.size())});
        example.labels.push_back(tag);
    };
    const auto name = [&](const std::string& type) {
        add("name" + std::to_string(random.below(30)), "B-" + type);
        if (random.below(2) == 0)
            add("name" + std::to_string(random.below(30)), "I-" + type);
    };
    for (auto extra = random.below(3); extra > 0; --extra)
        add("please", "O");
    add("play", "O");
    name("song");
    if (random.below(2) == 0) {
        add("by", "O");
        name("artist");
    }
    return example;
}

/// Any of three words, each of which stands for a label.
inline Example labelled(Random& random)
{
    Example example{.text = "say", .labels = {}};
    for (const char* word : {"red", "green", "blue"})
        if (random.below(2) == 0) {
            example.text += std::string(" ") + word;
            example.labels.emplace_back(word);
        }
    return example;
}

/// One of three words, whose class it has.
inline Example classified(Random& random)
{
    static const std::vector<std::string> words{"red", "green", "blue"};
    const std::string& word = words[random.below(words.size())];
    return {.text = (random.below(2) == 0 ? "say " : "please say ") + word, .labels = {word}};
}

/// 300 sentences to train on and 60 to validate with, the same every time.
inline Splits makeSplits(Task task)
{
    const auto make = task == Task::TokenTags ? tagged : task == Task::MultiLabel ? labelled : classified;
    Random random(3);
    Splits splits;
    splits.task = task;
    std::vector<Example> train;
    std::vector<Example> validation;
    for (int i = 0; i < 360; ++i)
        (i < 300 ? train : validation).push_back(make(random));
    splits.train = train;
    splits.validation = validation;
    splits.labels = task == Task::TokenTags ? LabelMap({"O", "B-song", "I-song", "B-artist", "I-artist"}) : LabelMap({"red", "green", "blue"});
    return splits;
}

} // namespace espalier::test
