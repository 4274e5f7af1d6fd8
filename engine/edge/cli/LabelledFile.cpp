// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/cli/LabelledFile.h"

#include "engine/core/Json.h"

namespace espalier::edge {
namespace {

Result<Item> labelOf(const Json& value, const std::string& place)
{
    if (value.is_string())
        return Item{value.get<std::string>()};
    ESPALIER_TRY(const Fields fields, Fields::of(value, place + ".labels"));
    ESPALIER_TRY(std::string name, fields.text("label"));
    return Item{std::move(name)};
}

Result<Item> entityOf(const Json& value, const std::string& place)
{
    Item entity;
    ESPALIER_TRY(const Fields fields, Fields::of(value, place + ".entities"));
    ESPALIER_TRY(entity.name, fields.text("type"));
    ESPALIER_TRY(entity.begin, fields.integer("begin"));
    ESPALIER_TRY(entity.end, fields.integer("end"));
    return entity;
}

Result<LabelledText> tabbed(std::string_view line, const std::string& place)
{
    const auto tab = line.rfind('\t');
    if (tab == std::string_view::npos)
        return Error{ErrorCode::InvalidFormat, place + " has no tab.", "Each line must be a text, a tab and its label.", {}};
    return LabelledText{std::string(line.substr(0, tab)), {{std::string(line.substr(tab + 1))}}};
}

} // namespace

Result<Items> itemsOf(const Json& answer, Task task, const std::string& place)
{
    ESPALIER_TRY(const Fields fields, Fields::of(answer, place));
    if (task == Task::SingleLabel) {
        ESPALIER_TRY(std::string label, fields.text("label"));
        return Items{{std::move(label)}};
    }
    const bool tags = task == Task::TokenTags;
    ESPALIER_TRY(const auto list, fields.array(tags ? "entities" : "labels"));
    Items items;
    for (const Json* value : list) {
        ESPALIER_TRY(Item item, tags ? entityOf(*value, place) : labelOf(*value, place));
        items.insert(std::move(item));
    }
    return items;
}

LabelledFile::LabelledFile(LineReader lines, std::string path, const Session& session) : m_lines(std::move(lines)), m_path(std::move(path)), m_task(session.task())
{
    for (const std::string& label : session.labels())
        if (m_task != Task::TokenTags)
            m_known.insert(label);
        else if (label.size() > 2) // not "O"; of "B-type" the type
            m_known.insert(label.substr(2));
}

Result<LabelledFile> LabelledFile::open(const std::string& path, const Session& session)
{
    ESPALIER_TRY(LineReader lines, LineReader::open(path));
    return LabelledFile(std::move(lines), path, session);
}

Result<LabelledText> LabelledFile::parse(std::string_view line, const std::string& place) const
{
    if (m_task == Task::SingleLabel)
        return tabbed(line, place);
    ESPALIER_TRY(const Json json, parseJson(line, place));
    ESPALIER_TRY(const Fields fields, Fields::of(json, place));
    LabelledText labelled;
    ESPALIER_TRY(labelled.text, fields.text("text"));
    ESPALIER_TRY(labelled.items, itemsOf(json, m_task, place));
    return labelled;
}

Result<void> LabelledFile::check(const LabelledText& labelled, const std::string& place) const
{
    for (const Item& item : labelled.items) {
        if (!m_known.contains(item.name))
            return Error{ErrorCode::InvalidFormat, place + " has the " + (m_task == Task::TokenTags ? "entity type" : "label") + " '" + item.name + "', which the package does not know.",
                         "espalier-edge info lists the package's labels. A line that names the columns does not belong here.", {}};
        const auto size = static_cast<std::int64_t>(labelled.text.size());
        if (m_task == Task::TokenTags && (item.begin < 0 || item.begin >= item.end || item.end > size))
            return Error{ErrorCode::InvalidFormat, place + " has an entity from byte " + std::to_string(item.begin) + " to " + std::to_string(item.end) + " of a text of " +
                                                       std::to_string(size) + " bytes.",
                         "Count bytes of the text as UTF-8, from 0; the end is one past the last.", {}};
    }
    return {};
}

Result<bool> LabelledFile::next(LabelledText& labelled)
{
    for (std::string_view line;;) {
        ESPALIER_TRY(const bool more, m_lines.next(line));
        if (!more)
            return false;
        const std::string place = "'" + m_path + "', line " + std::to_string(m_lines.lineNumber());
        if (m_lines.wasCut())
            return Error{ErrorCode::InvalidFormat, place + ", is longer than 1 MiB.", {}, {}};
        if (line.empty())
            continue;
        ESPALIER_TRY(labelled, parse(line, place));
        ESPALIER_CHECK(check(labelled, place));
        return true;
    }
}

} // namespace espalier::edge
