// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/Sentences.h"

#include "engine/core/SafeFile.h"
#include "engine/data/ColumnChoice.h"
#include "engine/data/Reading.h"

namespace espalier {
namespace {

Result<std::vector<std::string>> readLines(const std::filesystem::path& file)
{
    ESPALIER_TRY(const std::string bytes, readFile(file));
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < bytes.size();) {
        const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
        std::string line = bytes.substr(begin, end - begin);
        if (!line.empty() && line.back() == '\r')
            line.pop_back();
        if (!trimmed(line).empty())
            lines.push_back(std::move(line));
        begin = end + 1;
    }
    if (lines.empty())
        return Error{ErrorCode::InvalidFormat, "'" + file.string() + "' holds no sentence.", "Give a file with one sentence a line.", {}};
    return lines;
}

} // namespace

Result<std::vector<std::string>> readSentences(const std::filesystem::path& file, RunContext& context)
{
    if (file.extension() == ".txt")
        return readLines(file);
    RejectedRows rejected;
    ESPALIER_TRY(const ExampleTable examples, readExamples(file, {}, rejected, context));
    if (!rejected.empty())
        context.warn(std::to_string(rejected.size()) + " rows of '" + file.string() + "' were set aside; the first is line " +
                     std::to_string(rejected.front().line) + ": " + rejected.front().reason);
    std::vector<std::string> sentences;
    for (const Example& example : examples)
        sentences.push_back(example.text);
    return sentences;
}

} // namespace espalier
