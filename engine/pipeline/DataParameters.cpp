// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/DataParameters.h"

#include "engine/graph/NodeCatalog.h"

namespace espalier {

ReaderOptions readerOptions(const Parameters& parameters)
{
    const auto text = [&](const char* id) { return parameters.at(id).get<std::string>(); };
    return {.format = text("format"),
            .compression = text("compression"),
            .encoding = text("encoding"),
            .header = text("header"),
            .quoting = text("quoting"),
            .textColumn = text("text_column"),
            .labelColumn = text("label_column"),
            .groupColumn = text("group_column"),
            .labelSeparator = text("label_separator"),
            .task = text("task")};
}

Result<ReaderOptions> readerOptionsFromJson(const Json& json, const std::string& path)
{
    ESPALIER_CHECK(Fields::of(json, path));
    Parameters given{{"train", "-"}}; // which must not be empty, and is none of the reader's business
    for (const auto& [id, value] : json.items())
        given[id] = value;
    ESPALIER_TRY(const Parameters complete, completeParameters(nodeCatalog().find("dataset")->parameters, given));
    return readerOptions(complete);
}

} // namespace espalier
