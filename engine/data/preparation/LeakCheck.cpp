// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/TextKeys.h"
#include "engine/data/Utf8.h"
#include "engine/data/preparation/Preparation.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace espalier {
namespace {

constexpr std::size_t rowsBetweenReports = 4096;
constexpr std::size_t longestShown = 300; // bytes of a text in the report

/// The labels of a row as a set, or word by word.
std::vector<std::string> comparable(std::vector<std::string> labels, Task task)
{
    if (task != Task::TokenTags)
        std::sort(labels.begin(), labels.end());
    return labels;
}

std::uint64_t labelHash(const std::vector<std::string>& labels)
{
    std::string all;
    for (const std::string& label : labels)
        all += label + '\0';
    return textHash(all);
}

/// What the training part says about a text, by its normalised key. Rows are positions, from 0.
struct Known {
    std::uint32_t first = 0;
    std::uint64_t labels = 0;                 ///< of the first
    std::uint32_t other = 0;                  ///< a later row whose labels differ, or the first again
};

class LeakFinder {
public:
    LeakFinder(const Splits& splits, RunContext& context) : m_splits(splits), m_context(context) {}

    Result<void> readTrain();
    Result<PartLeaks> leaksOf(const ExampleTable& part, const std::string& name);
    /// The training rows that have the text of a leak.
    [[nodiscard]] Result<std::vector<bool>> leakedTrainRows();

private:
    template <typename Visit>
    Result<void> eachRow(const ExampleTable& part, Visit visit);
    [[nodiscard]] Leak described(const Example& example, std::size_t row, bool exact, const Known& known, std::uint64_t labels) const;

    const Splits& m_splits;
    RunContext& m_context;
    std::unordered_map<std::uint64_t, Known> m_keys;
    std::unordered_map<std::uint64_t, std::uint32_t> m_texts; ///< first row of each text, byte for byte
    std::unordered_set<std::uint64_t> m_leaked;               ///< keys
};

template <typename Visit>
Result<void> LeakFinder::eachRow(const ExampleTable& part, Visit visit)
{
    std::size_t row = 0;
    for (const Example& example : part) {
        if (row % rowsBetweenReports == 0) {
            if (m_context.cancelled())
                return cancelledError();
            m_context.progress({"Looking for leaks", static_cast<std::int64_t>(row), static_cast<std::int64_t>(part.size()), "rows"});
        }
        visit(example, row++);
    }
    return {};
}

Result<void> LeakFinder::readTrain()
{
    return eachRow(m_splits.train, [this](const Example& example, std::size_t position) {
        const auto row = static_cast<std::uint32_t>(position);
        m_texts.try_emplace(textHash(example.text), row);
        const std::uint64_t labels = labelHash(comparable(example.labels, m_splits.task));
        const auto [known, isNew] = m_keys.try_emplace(textHash(normalizedKey(example.text)), Known{row, labels, row});
        if (!isNew && labels != known->second.labels && known->second.other == known->second.first)
            known->second.other = row;
    });
}

Leak LeakFinder::described(const Example& example, std::size_t row, bool exact, const Known& known, std::uint64_t labels) const
{
    const bool likeFirst = labels == known.labels;
    Leak leak{.row = static_cast<std::int64_t>(row) + 1, .exact = exact, .agrees = likeFirst && known.other == known.first, .labels = example.labels};
    leak.text = example.text.substr(0, utf8PrefixLength(std::string_view(example.text).substr(0, longestShown)));
    const std::uint32_t same = exact ? m_texts.at(textHash(example.text)) : known.first;
    const std::uint32_t shown = leak.agrees ? same : likeFirst ? known.other : known.first;
    leak.trainRow = std::int64_t{shown} + 1;
    leak.trainLabels = m_splits.train[shown].labels;
    return leak;
}

Result<PartLeaks> LeakFinder::leaksOf(const ExampleTable& part, const std::string& name)
{
    PartLeaks leaks{.part = name, .rows = static_cast<std::int64_t>(part.size())};
    ESPALIER_CHECK(eachRow(part, [&](const Example& example, std::size_t row) {
        const auto known = m_keys.find(textHash(normalizedKey(example.text)));
        if (known == m_keys.end())
            return;
        m_leaked.insert(known->first);
        const std::uint64_t labels = labelHash(comparable(example.labels, m_splits.task));
        const bool exact = m_texts.contains(textHash(example.text));
        ++leaks.normalized;
        leaks.exact += exact;
        leaks.disagreeing += labels != known->second.labels || known->second.other != known->second.first;
        if (leaks.first.size() < PartLeaks::shown)
            leaks.first.push_back(described(example, row, exact, known->second, labels));
    }));
    return leaks;
}

Result<std::vector<bool>> LeakFinder::leakedTrainRows()
{
    std::vector<bool> leaked(m_splits.train.size());
    ESPALIER_CHECK(eachRow(m_splits.train, [&](const Example& example, std::size_t row) { leaked[row] = m_leaked.contains(textHash(normalizedKey(example.text))); }));
    return leaked;
}

} // namespace

Result<Splits> checkForLeaks(const Splits& splits, const CheckOptions& options, RunContext& context)
{
    Splits marked = splits;
    LeakReport report;
    LeakFinder finder(splits, context);
    ESPALIER_CHECK(finder.readTrain());
    for (const auto& [name, part] : {std::pair{"validation", &splits.validation}, std::pair{"test", &splits.test}}) {
        ESPALIER_TRY(PartLeaks leaks, finder.leaksOf(*part, name));
        report.parts.push_back(std::move(leaks));
    }
    if (options.remove && report.total() > 0) {
        ESPALIER_TRY(const std::vector<bool> leaked, finder.leakedTrainRows());
        marked.train = splits.train.select([&](std::size_t position) { return !leaked[position]; });
        for (std::size_t i = 0; i < leaked.size(); ++i)
            if (leaked[i])
                marked.rejected.push_back({"train", static_cast<std::int64_t>(i) + 1, "its text also stands in validation or test"});
        report.removed = std::count(leaked.begin(), leaked.end(), true);
    }
    marked.leaks = std::move(report);
    return marked;
}

} // namespace espalier
