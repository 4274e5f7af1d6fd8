// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/TestSet.h"

#include "engine/core/Entities.h"
#include "engine/core/Json.h"
#include "engine/core/SafeFile.h"

#include <algorithm>

namespace espalier {
namespace {

void spread(const ExampleTable& examples, std::size_t count, std::vector<std::string>& sentences)
{
    const std::size_t taken = std::min(count, examples.size());
    for (std::size_t i = 0; i < taken; ++i)
        sentences.push_back(examples[i * examples.size() / taken].text);
}

std::string oneLine(std::string text)
{
    std::replace_if(text.begin(), text.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    return text;
}

Json entitiesIn(const Example& example)
{
    Json entities = Json::array();
    for (const Entity& entity : entitiesOf({example.labels.begin(), example.labels.end()}))
        entities.push_back({{"type", entity.type}, {"begin", example.words[entity.first].begin}, {"end", example.words[entity.last].end}});
    return entities;
}

std::string lineOf(const Example& example, Task task)
{
    if (task == Task::SingleLabel)
        return oneLine(example.text) + "\t" + oneLine(example.label());
    Json line{{"text", example.text}};
    if (task == Task::TokenTags)
        line["entities"] = entitiesIn(example);
    else
        line["labels"] = example.labels;
    return dumpJson(line);
}

} // namespace

std::vector<std::string> paritySentences(const Splits& splits, std::size_t count)
{
    std::vector<std::string> sentences;
    spread(splits.validation, count, sentences);
    spread(splits.test, count - sentences.size(), sentences);
    return sentences;
}

Result<std::filesystem::path> writeTestSet(const std::filesystem::path& folder, const Splits& splits)
{
    std::string lines;
    for (const Example& example : splits.test)
        lines += lineOf(example, splits.task) + "\n";
    const auto file = folder / (splits.task == Task::SingleLabel ? "test.tsv" : "test.jsonl");
    ESPALIER_CHECK(writeFileSafely(file, lines));
    return file;
}

} // namespace espalier
