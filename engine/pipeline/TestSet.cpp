// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/TestSet.h"

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

/// The label, or several with spaces between.
std::string joined(const std::vector<std::string>& labels)
{
    std::string text;
    for (const std::string& label : labels)
        text += (text.empty() ? "" : " ") + label;
    return text;
}

} // namespace

std::vector<std::string> paritySentences(const Splits& splits, std::size_t count)
{
    std::vector<std::string> sentences;
    spread(splits.validation, count, sentences);
    spread(splits.test, count - sentences.size(), sentences);
    return sentences;
}

Result<void> writeTestSet(const std::filesystem::path& file, const ExampleTable& examples)
{
    std::string lines;
    for (const Example& example : examples)
        lines += oneLine(example.text) + "\t" + oneLine(joined(example.labels)) + "\n";
    return writeFileSafely(file, lines);
}

} // namespace espalier
