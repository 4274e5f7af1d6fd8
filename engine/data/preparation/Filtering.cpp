// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/ColumnChoice.h"
#include "engine/data/preparation/Preparation.h"

#include <algorithm>
#include <map>
#include <set>

namespace espalier {
namespace {

using Names = std::set<std::string, std::less<>>;

std::vector<std::string> parts(std::string_view text, std::string_view separators)
{
    std::vector<std::string> found;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(separators), text.size());
        if (const std::string_view part = trimmed(text.substr(0, end)); !part.empty())
            found.emplace_back(part);
        text.remove_prefix(std::min(text.size(), end + 1));
    }
    return found;
}

/// A label as the user knows it: of a BIO tag, the entity's type; nothing for O.
std::string plain(const std::string& label, Task task)
{
    if (task != Task::TokenTags)
        return label;
    return label == "O" ? std::string() : label.substr(2);
}

Error noSuchLabel(const std::string& label, const Names& known)
{
    std::string list;
    for (const std::string& name : known)
        if (list.size() < 300)
            list += (list.empty() ? "" : ", ") + name;
    return {ErrorCode::InvalidArgument, "No row has the label '" + label + "', which the filter names.", "The labels are: " + list + ".", {}};
}

Result<std::map<std::string, std::string>> mergesOf(const FilterOptions& options, const Names& known)
{
    std::map<std::string, std::string> merges;
    for (const std::string& line : parts(options.merge, ";\n")) {
        const std::size_t arrow = line.find("->");
        const std::string target = arrow == std::string::npos ? std::string() : std::string(trimmed(line.substr(arrow + 2)));
        const auto sources = parts(std::string_view(line).substr(0, arrow), ",");
        if (target.empty() || sources.empty())
            return Error{ErrorCode::InvalidArgument, "'" + line + "' is no merge of labels.", "Write it as: a, b -> c. Separate several by semicolons.", {}};
        for (const std::string& source : sources) {
            if (!known.contains(source))
                return noSuchLabel(source, known);
            merges[source] = target;
        }
    }
    return merges;
}

class LabelFilter {
public:
    LabelFilter(const Dataset& dataset, const FilterOptions& options) : m_dataset(dataset), m_options(options)
    {
        for (const ExampleTable* part : {&dataset.train, &dataset.validation, &dataset.test})
            for (const std::string& label : part->labelNames())
                if (const std::string name = plain(label, dataset.task); !name.empty())
                    m_known.insert(name);
    }

    Result<Dataset> run(RunContext& context);

private:
    Result<void> chooseNames();
    void dropRareNames();
    [[nodiscard]] std::string finalName(const std::string& label) const;
    [[nodiscard]] ExampleTable filtered(const ExampleTable& part, const std::string& name, RejectedRows& rejected) const;

    const Dataset& m_dataset;
    const FilterOptions& m_options;
    Names m_known;
    std::map<std::string, std::string> m_merges;
    Names m_kept; ///< names after merging
};

Result<void> LabelFilter::chooseNames()
{
    ESPALIER_TRY(m_merges, mergesOf(m_options, m_known));
    Names merged;
    for (const std::string& name : m_known)
        merged.insert(m_merges.contains(name) ? m_merges.at(name) : name);
    const auto keep = parts(m_options.keep, ",\n");
    const auto drop = parts(m_options.drop, ",\n");
    for (const auto* list : {&keep, &drop})
        for (const std::string& name : *list)
            if (!merged.contains(name))
                return noSuchLabel(name, merged);
    m_kept = keep.empty() ? merged : Names(keep.begin(), keep.end());
    for (const std::string& name : drop)
        m_kept.erase(name);
    return {};
}

/// Of token tags, entities are counted.
void LabelFilter::dropRareNames()
{
    if (m_options.leastExamples <= 1)
        return;
    const auto& names = m_dataset.train.labelNames();
    std::vector<std::int64_t> counts(names.size());
    auto reader = m_dataset.train.reader();
    while (const RowView* row = reader.next())
        for (const std::uint32_t label : row->labels)
            ++counts[label];
    std::map<std::string, std::int64_t> byName;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (m_dataset.task != Task::TokenTags || names[i].starts_with("B-")) {
            const std::string name = plain(names[i], m_dataset.task);
            byName[m_merges.contains(name) ? m_merges.at(name) : name] += counts[i];
        }
    std::erase_if(m_kept, [&](const std::string& name) { return byName[name] < m_options.leastExamples; });
}

/// The label that @p label becomes; empty: it is taken away.
std::string LabelFilter::finalName(const std::string& label) const
{
    const std::string own = plain(label, m_dataset.task);
    if (own.empty())
        return label;
    const std::string name = m_merges.contains(own) ? m_merges.at(own) : own;
    if (m_dataset.task != Task::TokenTags)
        return m_kept.contains(name) ? name : std::string();
    return m_kept.contains(name) ? label.substr(0, 2) + name : "O";
}

ExampleTable LabelFilter::filtered(const ExampleTable& part, const std::string& name, RejectedRows& rejected) const
{
    std::vector<std::string> names;
    for (const std::string& label : part.labelNames())
        names.push_back(finalName(label));
    const ExampleTable relabelled = part.relabelled(names);
    if (m_dataset.task != Task::SingleLabel)
        return relabelled;
    std::vector<bool> kept(part.size());
    auto reader = relabelled.reader();
    while (const RowView* row = reader.next())
        kept[reader.position()] = !row->labels.empty();
    for (std::size_t i = 0; i < kept.size(); ++i)
        if (!kept[i])
            rejected.push_back({name, static_cast<std::int64_t>(i) + 1, "its label is filtered out"});
    return relabelled.select([&](std::size_t position) { return kept[position]; });
}

Result<Dataset> LabelFilter::run(RunContext& context)
{
    ESPALIER_CHECK(chooseNames());
    dropRareNames();
    if (context.cancelled())
        return cancelledError();
    if (m_kept.empty())
        return Error{ErrorCode::InvalidArgument, "The filter leaves no label.", "Keep more labels, or ask for fewer examples a class.", {}};
    Dataset result{.train = {}, .validation = {}, .test = {}, .rejected = m_dataset.rejected, .task = m_dataset.task};
    result.train = filtered(m_dataset.train, "train", result.rejected);
    result.validation = filtered(m_dataset.validation, "validation", result.rejected);
    result.test = filtered(m_dataset.test, "test", result.rejected);
    return result;
}

} // namespace

Result<Dataset> filterLabels(const Dataset& dataset, const FilterOptions& options, RunContext& context)
{
    return LabelFilter(dataset, options).run(context);
}

} // namespace espalier
