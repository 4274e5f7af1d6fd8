// SPDX-License-Identifier: Apache-2.0
// LabelledFile: sentences with their true answers. One label a sentence: lines of text, tab, label. Other tasks: JSON Lines with "text" and, as answers have them,
// "labels" (names, or objects with "label") or "entities" ("type", and "begin" and "end" as bytes of the text).
#pragma once

#include "engine/edge/Session.h"
#include "engine/edge/cli/LineReader.h"

#include <set>

namespace espalier::edge {

/// What an answer consists of, in order and without repeats: a label, or an entity with its bytes.
struct Item {
    std::string name;
    std::int64_t begin = 0;
    std::int64_t end = 0;
    auto operator<=>(const Item&) const = default;
};
using Items = std::set<Item>;

/// The items of @p answer, an answer of answerJson() to a package of @p task. InvalidFormat names the field that is wrong, after @p place.
Result<Items> itemsOf(const Json& answer, Task task, const std::string& place);

struct LabelledText {
    std::string text;
    Items items;
};

class LabelledFile {
public:
    /// @p session says which task, and which labels there are.
    static Result<LabelledFile> open(const std::string& path, const Session& session);

    /// False at the end; empty lines are passed over. InvalidFormat names the line: longer than 1 MiB, not of the form, a label that the package does not know, or bytes
    /// outside the text.
    Result<bool> next(LabelledText& labelled);

private:
    LabelledFile(LineReader lines, std::string path, const Session& session);
    [[nodiscard]] Result<LabelledText> parse(std::string_view line, const std::string& place) const;
    [[nodiscard]] Result<void> check(const LabelledText& labelled, const std::string& place) const;

    LineReader m_lines;
    std::string m_path;
    Task m_task;
    std::set<std::string, std::less<>> m_known; ///< labels, or types of entities
};

} // namespace espalier::edge
