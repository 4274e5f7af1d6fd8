// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/RowChecks.h"

#include "engine/data/ByteBlock.h"
#include "engine/data/Utf8.h"
#include "engine/data/streams/Encoding.h"

#include <algorithm>

namespace espalier {
namespace {

std::string encodingName(const std::string& id)
{
    for (const TextEncoding& encoding : textEncodings())
        if (encoding.id == id)
            return encoding.name;
    return id;
}

template <typename Check>
bool any(const ReadRow& row, Check check)
{
    return check(row.text) || check(row.group) || std::any_of(row.labels.begin(), row.labels.end(), check);
}

/// Whether @p text is ASCII without a zero byte, as most texts are.
bool isPlain(std::string_view text)
{
    ByteBlock odd;
    std::size_t position = 0;
    for (; position + ByteBlock::size <= text.size(); position += ByteBlock::size) {
        const ByteBlock block(text.data() + position);
        odd = odd | block | block.equal('\0');
    }
    return odd.marks() == 0 && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(position), text.end(), [](char c) { return c > 0; });
}

std::string badBytes(const FileLayout& layout)
{
    std::string reason = "its bytes are not " + encodingName(layout.encoding);
    reason += layout.encoding == "utf8" ? " (if all such rows are right in another encoding, choose it)" : "; choose the encoding that the file has";
    return reason;
}

std::string problemOfLabels(const ReadRow& row, const FileLayout& layout)
{
    if (layout.task == Task::TokenTags)
        return {};
    if (std::any_of(row.labels.begin(), row.labels.end(), [](std::string_view label) { return label.empty(); }))
        return "a label of it is empty; write it, or take it out";
    if (layout.task == Task::MultiLabel)
        return {};
    if (row.labels.empty())
        return "its label is empty; write one, or delete the row";
    return row.labels.size() == 1 ? std::string() : "it has " + std::to_string(row.labels.size()) + " labels; the task multi_label allows that";
}

} // namespace

std::string problemOf(const ReadRow& row, const FileLayout& layout)
{
    if (!row.problem.empty())
        return row.problem;
    if (!row.plain && any(row, [](std::string_view text) { return !isPlain(text); })) {
        if (any(row, [](std::string_view text) { return !isUtf8(text); }))
            return badBytes(layout);
        if (any(row, [](std::string_view text) { return text.find('\0') != std::string_view::npos; }))
            return "it holds a zero byte; take it out, or choose the encoding that the file has";
    }
    if (row.text.empty())
        return "its text is empty; write one, or delete the row";
    return problemOfLabels(row, layout);
}

} // namespace espalier
