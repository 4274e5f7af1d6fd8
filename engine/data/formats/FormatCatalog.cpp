// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/ColumnChoice.h"
#include "engine/data/formats/Formats.h"
#include "engine/data/streams/Encoding.h"

#include <algorithm>

namespace espalier {

const Catalog<DataFormat>& formatCatalog()
{
    static const Catalog<DataFormat> catalog("data format", {
                                                               formats::csv(),
                                                               formats::tsv(),
                                                               formats::jsonl(),
                                                               formats::conll(),
                                                               formats::fasttext(),
                                                               formats::folder(),
                                                           });
    return catalog;
}

Result<std::unique_ptr<ByteStream>> openText(const std::filesystem::path& path, const FileLayout& layout)
{
    ESPALIER_TRY(auto bytes, openByteStream(path, layout.compression));
    return decodedStream(std::move(bytes), layout.encoding);
}

Result<void> chooseGroupColumn(const std::filesystem::path& file, const ReaderOptions& options, FileLayout& layout)
{
    if (options.groupColumn.empty())
        return {};
    ESPALIER_TRY(layout.groupColumn, namedColumn(file, layout, "group", options.groupColumn));
    return {};
}

Result<void> chooseTask(const std::filesystem::path& file, const ReaderOptions& options, Task found, std::initializer_list<Task> possible, FileLayout& layout)
{
    layout.task = found;
    if (options.task == "auto")
        return {};
    ESPALIER_TRY(layout.task, taskFromName(options.task));
    if (std::find(possible.begin(), possible.end(), layout.task) != possible.end())
        return {};
    const bool tags = layout.task == Task::TokenTags;
    return Error{ErrorCode::InvalidArgument, "'" + file.string() + "', read as " + layout.format + ", cannot be used for the task " + options.task + ".",
                 tags ? "Tags of words come from CoNLL files, or JSONL with 'tokens' and 'tags'." : "Its rows carry a tag a word; choose the task token_tags.", {}};
}

} // namespace espalier
