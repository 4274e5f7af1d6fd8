// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/ColumnChoice.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace espalier {
namespace {

constexpr std::array<std::string_view, 14> textNames{"text",  "sentence", "utterance", "query",   "title", "content", "review",
                                                     "comment", "message", "question", "phrase", "input", "文本",    "句子"};
constexpr std::array<std::string_view, 13> labelNames{"label",  "intent",    "class", "category", "topic", "target", "sentiment",
                                                      "tag",    "labels", "domain", "output",   "标签",  "类别"};

/// The first column that has one of @p names, in the order of names.
template <std::size_t N>
std::optional<std::size_t> knownColumn(const std::vector<std::string>& cells, const std::array<std::string_view, N>& names)
{
    for (const std::string_view name : names)
        for (std::size_t i = 0; i < cells.size(); ++i)
            if (lowered(cells[i]) == name)
                return i;
    return std::nullopt;
}

Error noColumn(const std::filesystem::path& file, const FileLayout& layout, const std::string& what, const std::string& given)
{
    std::string known;
    for (const auto& name : layout.columns)
        known += (known.empty() ? "" : ", ") + name;
    return {ErrorCode::InvalidArgument, "'" + file.string() + "' has no column '" + given + "' for the " + what + ".",
            "Its columns are: " + known + ". Name one of them, or give its number from 1" +
                (layout.header ? "." : "; the file was read as having no header line."),
            {}};
}

} // namespace

Result<std::size_t> namedColumn(const std::filesystem::path& file, const FileLayout& layout, const std::string& what, const std::string& given)
{
    const auto it = std::find(layout.columns.begin(), layout.columns.end(), given);
    if (layout.header && it != layout.columns.end())
        return static_cast<std::size_t>(it - layout.columns.begin());
    if (const auto number = columnNumber(given); number && *number >= 1 && *number <= layout.columns.size())
        return *number - 1;
    return noColumn(file, layout, what, given);
}

std::optional<std::size_t> usualTextColumn(const std::vector<std::string>& names)
{
    return knownColumn(names, textNames);
}

std::optional<std::size_t> usualLabelColumn(const std::vector<std::string>& names)
{
    return knownColumn(names, labelNames);
}

std::string lowered(std::string_view text)
{
    std::string result(trimmed(text));
    for (char& c : result)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

std::optional<std::size_t> columnNumber(const std::string& given)
{
    std::size_t number = 0;
    const auto [end, status] = std::from_chars(given.data(), given.data() + given.size(), number);
    if (given.empty() || status != std::errc{} || end != given.data() + given.size())
        return std::nullopt;
    return number;
}

bool firstRowIsHeader(const RowSample& sample, const ReaderOptions& options)
{
    const auto& first = sample.rows.front();
    const auto named = [&](const std::string& name) {
        return !name.empty() && !columnNumber(name) && std::find(first.begin(), first.end(), name) != first.end();
    };
    if (named(options.textColumn) || named(options.labelColumn) || named(options.groupColumn))
        return true;
    if (knownColumn(first, textNames) && knownColumn(first, labelNames))
        return true;
    const std::size_t label = std::max<std::size_t>(1, columnNumber(options.labelColumn).value_or(2)) - 1;
    std::set<std::string> others;
    std::size_t compared = 0;
    for (std::size_t i = 1; i < sample.rows.size(); ++i)
        if (label < sample.rows[i].size()) {
            others.insert(lowered(sample.rows[i][label]));
            ++compared;
        }
    return label < first.size() && compared >= 4 && others.size() * 2 <= compared && !others.contains(lowered(first[label])) &&
           first.size() == sample.width;
}

Result<void> chooseColumns(const std::filesystem::path& file, const ReaderOptions& options, FileLayout& layout)
{
    const auto known = [&](const auto& names) { return layout.header ? knownColumn(layout.columns, names) : std::nullopt; };
    std::optional<std::size_t> text = known(textNames);
    std::optional<std::size_t> label = known(labelNames);
    if (!options.textColumn.empty()) {
        ESPALIER_TRY(text, namedColumn(file, layout, "text", options.textColumn));
    }
    if (!options.labelColumn.empty()) {
        ESPALIER_TRY(label, namedColumn(file, layout, "label", options.labelColumn));
    }
    if (!text)
        text = label == std::size_t{0} ? 1 : 0;
    if (!label || (options.labelColumn.empty() && label == text))
        label = *text == 1 ? 0 : 1;
    if (text == label)
        return Error{ErrorCode::InvalidArgument, "Text and label of '" + file.string() + "' would be the same column.", "Choose two columns.", {}};
    layout.textColumn = *text;
    layout.labelColumn = *label;
    return {};
}

} // namespace espalier
