// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/Statistics.h"

#include "engine/data/LengthCounter.h"
#include "engine/data/Scripts.h"
#include "engine/data/TextKeys.h"
#include "engine/data/Utf8.h"

#include <algorithm>
#include <array>
#include <map>

namespace espalier {
namespace {

constexpr std::int64_t rowsBetweenReports = 4096;
constexpr std::array partNames{"train", "validation", "test"};

using Hashes = std::vector<std::uint64_t>;

/// Sorts @p hashes and returns how many of them repeat another.
std::int64_t countRepeats(Hashes& hashes)
{
    std::sort(hashes.begin(), hashes.end());
    std::int64_t repeats = 0;
    for (std::size_t i = 1; i < hashes.size(); ++i)
        repeats += hashes[i] == hashes[i - 1];
    return repeats;
}

class Counter {
public:
    Counter(Task task, RunContext& context) : m_task(task), m_context(context), m_scripts(scriptNames().size()) {}

    Result<void> addPart(std::size_t part, const ExampleTable& rows);
    [[nodiscard]] DatasetSummary summary(const RejectedRows& rejected);

private:
    void addLabels(std::size_t part, const Example& example);
    void addScripts(std::string_view text);
    [[nodiscard]] std::int64_t alsoInTrain(const Hashes& keys) const;

    Task m_task;
    RunContext& m_context;
    DatasetSummary m_summary;
    std::map<std::string, std::array<std::int64_t, 3>, std::less<>> m_classes;
    std::vector<ScriptCount> m_scripts;
    Hashes m_trainKeys; ///< sorted
};

void Counter::addLabels(std::size_t part, const Example& example)
{
    if (m_task == Task::TokenTags) {
        for (const std::string& type : entityTypes(example.labels))
            ++m_classes[type][part];
        return;
    }
    for (const std::string& label : example.labels)
        ++m_classes[label][part];
    m_summary.unlabelled += example.labels.empty();
}

void Counter::addScripts(std::string_view text)
{
    std::vector<std::int64_t> letters(m_scripts.size());
    while (!text.empty())
        if (const int script = scriptOf(takeCodePoint(text)); script >= 0)
            ++letters[static_cast<std::size_t>(script)];
    const auto most = std::max_element(letters.begin(), letters.end());
    for (std::size_t i = 0; i < letters.size(); ++i)
        m_scripts[i].characters += letters[i];
    if (*most > 0)
        ++m_scripts[static_cast<std::size_t>(most - letters.begin())].rows;
}

std::int64_t Counter::alsoInTrain(const Hashes& keys) const
{
    return std::count_if(keys.begin(), keys.end(), [&](std::uint64_t key) { return std::binary_search(m_trainKeys.begin(), m_trainKeys.end(), key); });
}

Result<void> Counter::addPart(std::size_t part, const ExampleTable& rows)
{
    PartSummary summary{.name = partNames[part], .rows = static_cast<std::int64_t>(rows.size())};
    LengthCounter characters;
    LengthCounter words;
    Hashes texts;
    Hashes keys;
    std::int64_t done = 0;
    for (const Example& example : rows) {
        if (done++ % rowsBetweenReports == 0) {
            if (m_context.cancelled())
                return cancelledError();
            m_context.progress({"Counting rows", done, summary.rows, "rows"});
        }
        const TextLength length = lengthOf(example.text);
        characters.add(length.characters);
        words.add(length.words);
        texts.push_back(textHash(example.text));
        keys.push_back(textHash(normalizedKey(example.text)));
        addLabels(part, example);
        addScripts(example.text);
    }
    summary.duplicates = countRepeats(texts);
    summary.normalizedDuplicates = countRepeats(keys);
    summary.characters = characters.summary();
    summary.words = words.summary();
    if (part == 0)
        m_trainKeys = std::move(keys);
    else
        summary.alsoInTrain = alsoInTrain(keys);
    m_summary.parts.push_back(std::move(summary));
    return {};
}

DatasetSummary Counter::summary(const RejectedRows& rejected)
{
    m_summary.task = m_task;
    for (const auto& [label, counts] : m_classes)
        m_summary.classes.push_back({label, counts[0], counts[1], counts[2]});
    std::stable_sort(m_summary.classes.begin(), m_summary.classes.end(), [](const auto& a, const auto& b) { return a.train > b.train; });
    for (std::size_t i = 0; i < m_scripts.size(); ++i)
        if (m_scripts[i].characters > 0)
            m_summary.scripts.push_back({std::string(scriptNames()[i]), m_scripts[i].rows, m_scripts[i].characters});
    std::stable_sort(m_summary.scripts.begin(), m_summary.scripts.end(), [](const auto& a, const auto& b) { return a.rows > b.rows; });
    m_summary.rejectedCount = static_cast<std::int64_t>(rejected.size());
    m_summary.rejected = rejected.first(1000);
    return std::move(m_summary);
}

template <typename Parts>
Result<DatasetSummary> summariseParts(const Parts& parts, RunContext& context)
{
    Counter counter(parts.task, context);
    ESPALIER_CHECK(counter.addPart(0, parts.train));
    ESPALIER_CHECK(counter.addPart(1, parts.validation));
    ESPALIER_CHECK(counter.addPart(2, parts.test));
    return counter.summary(parts.rejected);
}

} // namespace

std::vector<std::string> entityTypes(const std::vector<std::string>& tags)
{
    std::vector<std::string> types;
    for (const std::string& tag : tags)
        if (tag.starts_with("B-"))
            types.push_back(tag.substr(2));
    return types;
}

Result<DatasetSummary> summariseDataset(const Dataset& dataset, RunContext& context)
{
    return summariseParts(dataset, context);
}

Result<DatasetSummary> summariseSplits(const Splits& splits, RunContext& context)
{
    ESPALIER_TRY(DatasetSummary summary, summariseParts(splits, context));
    summary.leaks = splits.leaks;
    return summary;
}

} // namespace espalier
