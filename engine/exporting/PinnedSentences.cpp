// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/PinnedSentences.h"

#include "engine/data/Reading.h"
#include "engine/data/Sentences.h"
#include "engine/evaluation/Classifier.h"

#include <algorithm>

namespace espalier {
namespace {

std::string place(const std::filesystem::path& file, const std::string& sentence)
{
    return "'" + file.string() + "' pins '" + sentence + "'";
}

Result<std::vector<PinnedSentence>> withoutLabels(const std::filesystem::path& file, RunContext& context)
{
    ESPALIER_TRY(const auto sentences, readSentences(file, context));
    std::vector<PinnedSentence> pinned;
    for (const std::string& sentence : sentences) {
        if (sentence.find('\t') != std::string::npos) // a label would be taken for a part of the sentence
            return Error{ErrorCode::InvalidFormat, place(file, sentence) + ", which holds a tab.",
                         "A .txt file has no labels: call it .tsv if they stand behind the tab, or take the tab away.", {}};
        pinned.push_back({sentence});
    }
    return pinned;
}

Result<std::vector<std::size_t>> expectedAnswer(const std::filesystem::path& file, const Example& example, const Checkpoint& checkpoint)
{
    std::vector<std::size_t> expected;
    for (const std::string& label : example.labels) {
        const std::int64_t index = checkpoint.labels.indexOf(label);
        if (index < 0)
            return Error{ErrorCode::InvalidArgument, place(file, example.text) + " to '" + label + "', which the model cannot answer.",
                         "Name one of the labels of the training part.", {}};
        expected.push_back(static_cast<std::size_t>(index));
    }
    if (checkpoint.model.task == Task::MultiLabel)
        std::sort(expected.begin(), expected.end());
    if (checkpoint.model.task == Task::TokenTags && example.words != unlabelled(example.text, Task::TokenTags, checkpoint.tokenizer, checkpoint.labels).words)
        return Error{ErrorCode::InvalidArgument, place(file, example.text) + ", whose words are not those that a device finds in it.",
                     "Divide it at white space, with brackets, quotes and full stops as words of their own.", {}};
    return expected;
}

} // namespace

Result<std::vector<PinnedSentence>> readPinnedSentences(const std::filesystem::path& file, const Checkpoint& checkpoint, RunContext& context)
{
    if (file.extension() == ".txt")
        return withoutLabels(file, context);
    const Task task = checkpoint.model.task;
    RejectedRows rejected;
    ESPALIER_TRY(const ExampleTable examples,
                 readExamples(file, {.labelSeparator = task == Task::MultiLabel ? "," : "", .task = std::string(taskName(task))}, rejected, context));
    if (!rejected.empty())
        return Error{ErrorCode::InvalidFormat, "'" + file.string() + "', line " + std::to_string(rejected.front().line) + ", cannot be pinned: " + rejected.front().reason + ".",
                     "Mend the line or take it out. Sentences without labels are pinned by a .txt file.", {}};
    std::vector<PinnedSentence> pinned;
    for (const Example& example : examples) {
        ESPALIER_TRY(auto expected, expectedAnswer(file, example, checkpoint));
        pinned.push_back({example.text, std::move(expected)});
    }
    return pinned;
}

} // namespace espalier
