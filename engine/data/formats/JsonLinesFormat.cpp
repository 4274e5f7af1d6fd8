// SPDX-License-Identifier: GPL-3.0-or-later
// JSON Lines: an object a line. The label is a text or a number, or a list of them; or the row is 'tokens' and 'tags', lists of one length.
#include "engine/core/Json.h"
#include "engine/data/BioTags.h"
#include "engine/data/ColumnChoice.h"
#include "engine/data/Utf8.h"
#include "engine/data/formats/Formats.h"
#include "engine/data/streams/TextWindow.h"

#include <algorithm>

namespace espalier::formats {
namespace {

constexpr JsonLimits lineLimits{.maxBytes = TextWindow::maxRowBytes, .maxDepth = 64};
constexpr std::size_t sampleLines = 1000;

Result<Json> parseObject(std::string_view line)
{
    ESPALIER_TRY(Json json, parseJson(line, "it", lineLimits));
    if (!json.is_object())
        return Error{ErrorCode::InvalidFormat, "it is JSON, but not an object.", {}, {}};
    return json;
}

/// The objects of the sample's first lines.
std::vector<Json> sampleObjects(const DataSample& sample)
{
    std::vector<Json> objects;
    std::size_t lines = 0;
    for (std::string_view rest = sample.text; !rest.empty() && lines < sampleLines; ++lines) {
        const std::size_t end = rest.find('\n');
        if (end == std::string_view::npos && !sample.complete)
            break;
        if (auto json = parseObject(trimmed(rest.substr(0, end))))
            objects.push_back(std::move(*json));
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return objects;
}

double probe(const DataSample& sample)
{
    if (sample.folder)
        return 0;
    const std::string_view text = trimmed(std::string_view(sample.text).substr(0, std::size_t{1} << 16));
    if (!text.starts_with('{'))
        return text.starts_with('[') && (sample.path.extension() == ".json" || sample.path.extension() == ".jsonl") ? 0.9 : 0;
    return parseObject(text.substr(0, text.find('\n'))) ? 0.98 : 0.3;
}

/// Names of the fields, in the order in which they first occur; the library sorts those of one object.
std::vector<std::string> fieldNames(const std::vector<Json>& objects)
{
    std::vector<std::string> names;
    for (const Json& object : objects)
        for (const auto& [name, value] : object.items())
            if (std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(name);
    return names;
}

bool isListOfTexts(const Json& value)
{
    return value.is_array() && std::all_of(value.begin(), value.end(), [](const Json& item) { return item.is_string(); });
}

/// What a field holds in most rows that have it.
template <typename Is>
bool mostly(const std::vector<Json>& objects, const std::string& name, Is is)
{
    std::size_t have = 0;
    std::size_t are = 0;
    for (const Json& object : objects)
        if (const auto it = object.find(name); it != object.end()) {
            ++have;
            are += is(*it);
        }
    return have > 0 && are * 2 > have;
}

/// The position of the first of @p wanted among the names.
std::optional<std::size_t> fieldCalled(const std::vector<std::string>& names, std::initializer_list<const char*> wanted)
{
    for (const char* name : wanted)
        if (const auto it = std::find(names.begin(), names.end(), name); it != names.end())
            return static_cast<std::size_t>(it - names.begin());
    return std::nullopt;
}

Error notJsonLines(const DataSample& sample)
{
    if (trimmed(std::string_view(sample.text).substr(0, 4096)).starts_with('['))
        return {ErrorCode::InvalidFormat, "'" + sample.path.string() + "' is one JSON list; JSON Lines has an object a line.", "Convert it: jq -c '.[]' FILE > FILE.jsonl.", {}};
    return {ErrorCode::InvalidFormat, "'" + sample.path.string() + "' holds no line with a JSON object.", "Write one object a line: {\"text\": ..., \"label\": ...}.", {}};
}

Result<void> findLayout(const DataSample& sample, const ReaderOptions& options, FileLayout& layout)
{
    const auto objects = sampleObjects(sample);
    if (objects.empty())
        return notJsonLines(sample);
    layout.columns = fieldNames(objects);
    if (layout.columns.size() < 2)
        return Error{ErrorCode::InvalidFormat, "The objects of '" + sample.path.string() + "' have " + (layout.columns.empty() ? "no field" : "no field but '" + layout.columns[0] + "'") + "; a text and a label are needed.",
                     "Write both into each object: {\"text\": ..., \"label\": ...}.", {}};
    layout.header = true; // columns have names
    const auto tokens = fieldCalled(layout.columns, {"tokens", "words"});
    const auto tags = fieldCalled(layout.columns, {"tags", "ner_tags", "labels"});
    const bool tagged = options.textColumn.empty() && options.labelColumn.empty() && tokens && tags && mostly(objects, layout.columns[*tokens], isListOfTexts) &&
                        mostly(objects, layout.columns[*tags], isListOfTexts) && !usualTextColumn(layout.columns);
    if (tagged) {
        layout.textColumn = *tokens;
        layout.labelColumn = *tags;
    } else {
        ESPALIER_CHECK(chooseColumns(sample.path, options, layout));
    }
    ESPALIER_CHECK(chooseGroupColumn(sample.path, options, layout));
    const bool lists = mostly(objects, layout.columns[layout.labelColumn], [](const Json& value) { return value.is_array(); });
    const bool words = mostly(objects, layout.columns[layout.textColumn], isListOfTexts);
    layout.note = "an object a line";
    if (words)
        return chooseTask(sample.path, options, Task::TokenTags, {Task::TokenTags}, layout);
    return chooseTask(sample.path, options, lists ? Task::MultiLabel : Task::SingleLabel, {Task::SingleLabel, Task::MultiLabel}, layout);
}

/// A text, number or truth value as it would be written.
std::optional<std::string> scalar(const Json& value)
{
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_number() || value.is_boolean())
        return dumpJson(value);
    return std::nullopt;
}

class JsonLinesReader final : public RowReader {
public:
    JsonLinesReader(std::unique_ptr<ByteStream> stream, const FileLayout& layout) : m_lines(std::move(stream)), m_layout(layout) {}

    Result<bool> next(ReadRow& row) override
    {
        ESPALIER_TRY(const bool more, m_lines.nextFilled(m_line));
        if (!more)
            return false;
        row.line = m_line.number;
        row.labels.clear();
        row.words.clear();
        row.cells.clear();
        row.group = {};
        row.problem = m_line.tooLong ? tooLongRow : understand(row);
        return true;
    }
    [[nodiscard]] std::uint64_t position() const override { return m_lines.position(); }

private:
    std::string understand(ReadRow& row)
    {
        row.text = m_line.text;
        if (!isUtf8(m_line.text))
            return {}; // which is said of any row of any format
        auto json = parseObject(trimmed(m_line.text));
        if (!json) {
            std::string why = json.error().detail;
            why.pop_back();
            return why + "; write one object a line";
        }
        m_object = std::move(*json);
        fillCells(row);
        const Json* text = field(m_layout.textColumn);
        const Json* label = field(m_layout.labelColumn);
        if (!text || !label)
            return "it has no field '" + m_layout.columns[text ? m_layout.labelColumn : m_layout.textColumn] + "'; add it, or choose another column";
        row.group = m_layout.groupColumn ? row.cells[*m_layout.groupColumn] : std::string_view();
        return m_layout.task == Task::TokenTags ? useTags(*text, *label, row) : useText(*text, *label, row);
    }

    void fillCells(ReadRow& row)
    {
        m_cells.resize(m_layout.columns.size());
        for (std::size_t i = 0; i < m_cells.size(); ++i) {
            const Json* value = field(i);
            m_cells[i] = !value ? std::string() : value->is_string() ? value->get_ref<const std::string&>() : dumpJson(*value);
            row.cells.push_back(m_cells[i]);
        }
    }

    [[nodiscard]] const Json* field(std::size_t column) const
    {
        const auto it = m_object.find(m_layout.columns[column]);
        return it == m_object.end() || it->is_null() ? nullptr : &*it;
    }

    std::string useText(const Json& text, const Json& label, ReadRow& row)
    {
        if (!text.is_string())
            return "its field '" + m_layout.columns[m_layout.textColumn] + "' is not a text; put it in quotes, or choose another column";
        row.text = trimmed(row.cells[m_layout.textColumn]);
        m_labels.clear();
        for (const Json& item : label.is_array() ? label : Json::array({label})) {
            const auto name = scalar(item);
            if (!name)
                return "its field '" + m_layout.columns[m_layout.labelColumn] + "' is neither a text or number nor a list of them; write it as one of these";
            m_labels.push_back(*name);
        }
        for (const std::string& name : m_labels)
            if (!trimmed(name).empty())
                row.labels.push_back(trimmed(name));
        return {};
    }

    std::string useTags(const Json& tokens, const Json& tags, ReadRow& row)
    {
        if (!isListOfTexts(tokens) || !isListOfTexts(tags))
            return "its fields '" + m_layout.columns[m_layout.textColumn] + "' and '" + m_layout.columns[m_layout.labelColumn] + "' are not both lists of texts; write a list of words and a list of their tags";
        const auto words = tokens.get<std::vector<std::string>>();
        const auto given = tags.get<std::vector<std::string>>();
        return m_sentence.set({words.begin(), words.end()}, {given.begin(), given.end()}, row);
    }

    LineReader m_lines;
    LineReader::Line m_line;
    FileLayout m_layout;
    Json m_object;
    std::vector<std::string> m_cells;
    std::vector<std::string> m_labels;
    TaggedSentence m_sentence;
};

Result<std::unique_ptr<RowReader>> open(const std::filesystem::path& path, const FileLayout& layout)
{
    ESPALIER_TRY(auto text, openText(path, layout));
    return std::unique_ptr<RowReader>(std::make_unique<JsonLinesReader>(std::move(text), layout));
}

} // namespace

DataFormat jsonl()
{
    return {"jsonl", probe, findLayout, open};
}

} // namespace espalier::formats
