// SPDX-License-Identifier: GPL-3.0-or-later
// Readers of data files: what they give is fit for use, every line is accounted for, and rows that are written come back.
#include "engine/core/CsvField.h"
#include "engine/core/Json.h"
#include "engine/data/ColumnChoice.h"
#include "engine/data/FileLayouts.h"
#include "engine/data/Inspection.h"
#include "engine/data/Utf8.h"
#include "tests/fuzzing/FuzzTargets.h"

#include <algorithm>
#include <map>

namespace espalier::fuzzing {
namespace {

struct DataInput {
    ReaderOptions options;
    std::string extension;
    std::string_view file;
};

std::string_view takeUpTo(std::string_view& rest, char end)
{
    const std::string_view part = rest.substr(0, rest.find(end));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    return part;
}

DataInput parse(std::string_view input, const char* format)
{
    std::string_view line = takeUpTo(input, '\n');
    std::map<std::string_view, std::string> given{{"format", format}};
    while (!line.empty()) {
        std::string_view pair = takeUpTo(line, ' ');
        const std::string_view name = takeUpTo(pair, '=');
        given[name] = pair;
    }
    const auto valueOr = [&](const char* name, const char* fallback) { return given.contains(name) ? given[name] : std::string(fallback); };
    DataInput data{.options = {}, .extension = {}, .file = input};
    data.options = {.format = valueOr("format", format), .compression = valueOr("compression", "auto"), .encoding = valueOr("encoding", "auto"), .header = valueOr("header", "auto"),
                    .quoting = valueOr("quoting", "auto"), .textColumn = valueOr("text", ""), .labelColumn = valueOr("label", ""), .groupColumn = valueOr("group", ""),
                    .labelSeparator = valueOr("separator", ""), .task = valueOr("task", "auto")};
    for (const char* known : {"csv", "tsv", "tab", "txt", "json", "jsonl", "conll"})
        if (given["ext"] == known)
            data.extension = std::string(".") + known;
    return data;
}

void checkError(const Error& error, const std::string& path)
{
    const bool named = error.detail.find("'" + path + "'") != std::string::npos || error.detail.find("' is '") != std::string::npos;
    require(named && !error.remedy.empty(), "an error names the file or the option, and the remedy");
}

void checkExample(const Example& example, Task task)
{
    require(!example.text.empty() && isUtf8(example.text) && example.text.find('\0') == std::string::npos, "a text is UTF-8 and not empty");
    require(task != Task::SingleLabel || example.labels.size() == 1, "one class has one label");
    require(example.words.size() == (task == Task::TokenTags ? example.labels.size() : 0), "a tag a word");
    for (const std::string& label : example.labels)
        require(!label.empty() && isUtf8(label), "a label is UTF-8 and not empty");
    std::uint32_t end = 0;
    for (const TextSpan word : example.words) {
        require(word.begin >= end && word.begin < word.end && word.end <= example.text.size(), "words stand in the text, in order and apart");
        end = word.end;
    }
}

/// Lines of a text, and those that are not blank.
struct Lines {
    std::size_t all = 0;
    std::size_t filled = 0;
};

Lines countLines(std::string_view text)
{
    Lines lines;
    while (!text.empty()) {
        ++lines.all;
        lines.filled += !trimmed(takeUpTo(text, '\n')).empty();
    }
    return lines;
}

void checkAccount(std::size_t rows, const RejectedRows& rejected, const DataSample& sample, const std::string& format)
{
    std::int64_t before = 0;
    for (std::size_t i = 0; i < rejected.size(); ++i) {
        require(rejected[i].line > before && !rejected[i].reason.empty(), "rows are set aside in order, with a reason");
        before = rejected[i].line;
    }
    if (!sample.complete)
        return;
    const Lines lines = countLines(sample.text);
    require(static_cast<std::size_t>(before) <= lines.all && rows + rejected.size() <= lines.all, "no more rows than lines");
    if (format == "jsonl" || format == "fasttext")
        require(rows + rejected.size() == lines.filled, "every line is a row or is set aside");
}

std::string quoted(const std::string& text)
{
    std::string result = "\"";
    for (const char c : text)
        result += c == '"' ? std::string("\"\"") : std::string(1, c);
    return result + "\"";
}

std::string asCsv(const Example& example, Task)
{
    return quoted(example.text) + "," + quoted(example.labels.front()) + "\n";
}

std::vector<std::string> wordsOf(const Example& example)
{
    std::vector<std::string> words;
    for (const TextSpan word : example.words)
        words.push_back(example.text.substr(word.begin, word.end - word.begin));
    return words;
}

std::string asJsonLine(const Example& example, Task task)
{
    if (task == Task::TokenTags)
        return dumpJson({{"tokens", wordsOf(example)}, {"tags", example.labels}}) + "\n";
    return dumpJson({{"text", example.text}, {"label", task == Task::SingleLabel ? Json(example.label()) : Json(example.labels)}}) + "\n";
}

std::string asConll(const Example& example, Task)
{
    std::string lines;
    const auto words = wordsOf(example);
    for (std::size_t i = 0; i < words.size(); ++i)
        lines += words[i] + "\t" + example.labels[i] + "\n";
    return lines + "\n";
}

std::string asFastText(const Example& example, Task)
{
    std::string line;
    for (const std::string& label : example.labels)
        line += "__label__" + label + " ";
    return line + example.text + "\n";
}

struct Format {
    const char* id;
    const char* beginning;
    std::string (*write)(const Example& example, Task task);
    bool (*canHold)(const Example& example, Task task); ///< whether the format has a way to say it
    bool anyText = false;                               ///< also what only other formats can give: blanks in a label
};

constexpr Format csvFormat{"csv", "text,label\n", asCsv, [](const Example&, Task task) { return task == Task::SingleLabel; }, true};
constexpr Format jsonLinesFormat{"jsonl", "", asJsonLine, [](const Example&, Task) { return true; }, true};
// A byte order mark may be part of a word, but not of a file's first. A word may come from any column, but the first word of a line must
// not be what stands between documents.
constexpr Format conllFormat{"conll", "-DOCSTART-\tO\n\n", asConll, [](const Example& example, Task task) { return task == Task::TokenTags && example.text.find("-DOCSTART-") == std::string::npos; }};
constexpr Format fastTextFormat{"fasttext", "", asFastText, [](const Example& example, Task task) {
    return task != Task::TokenTags && !example.labels.empty() && !example.text.starts_with("__label__");
}};

void checkRoundTrip(const ExampleTable& table, Task task, const Format& format)
{
    std::string file = format.beginning;
    for (const Example& example : table) {
        if (!format.canHold(example, task))
            return;
        file += format.write(example, task);
    }
    const ReaderOptions options{.format = format.id, .compression = "none", .encoding = "utf8", .header = "present", .quoting = "standard", .task = std::string(taskName(task))};
    RejectedRows rejected;
    RunContext context;
    const auto again = readExamples(writeInput(file, ".again"), options, rejected, context);
    require(again.ok() && rejected.empty() && again->size() == table.size(), "rows that are written are read");
    for (std::size_t i = 0; i < table.size(); ++i) {
        const Example before = table[i];
        const Example after = (*again)[i];
        require(before.text == after.text && before.labels == after.labels && before.words == after.words, "a row comes back as it was written");
    }
}

bool runData(std::string_view input, const Format& format)
{
    const DataInput data = parse(input, format.id);
    const std::string path = writeInput(data.file, data.extension);
    RejectedRows rejected;
    RunContext context;
    const auto table = readExamples(path, data.options, rejected, context);
    const auto report = inspectDataFile(path, data.options, context);
    if (!table)
        return checkError(table.error(), path), false;
    require(report.ok(), "what can be read can be looked at");
    const DataSample sample = takeSample(path, data.options).value();
    const FileLayout layout = findFileLayout(sample, data.options).value();
    for (const Example& example : *table)
        checkExample(example, layout.task);
    checkAccount(table->size(), rejected, sample, layout.format);
    if (format.anyText || layout.format == format.id)
        checkRoundTrip(*table, layout.task, format);
    return true;
}

} // namespace

bool runCsv(std::string_view input) { return runData(input, csvFormat); }
bool runJsonLines(std::string_view input) { return runData(input, jsonLinesFormat); }
bool runConll(std::string_view input) { return runData(input, conllFormat); }
bool runFastText(std::string_view input) { return runData(input, fastTextFormat); }

} // namespace espalier::fuzzing
