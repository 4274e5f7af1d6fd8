// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/Reading.h"

#include "engine/data/FileLayouts.h"
#include "engine/data/RowChecks.h"

#include <algorithm>

namespace espalier {
namespace {

constexpr std::int64_t rowsBetweenReports = 4096;

Error noUsableRow(const std::filesystem::path& file, const RejectedRows& rejected, std::size_t before)
{
    Error error{ErrorCode::InvalidFormat, "'" + file.string() + "' holds no usable row.", "Check format, quoting and columns of the file.", {}};
    if (rejected.size() > before)
        error.detail += " The first one, line " + std::to_string(rejected[before].line) + ", is not used because " + rejected[before].reason + ".";
    return error;
}

/// Reads one file after another into one store.
class Reading {
public:
    Reading(RejectedRows& rejected, RunContext& context, const std::filesystem::path& spillFolder)
        : m_rejected(rejected), m_context(context), m_builder(spillFolder)
    {
    }

    /// The number of rows that it added.
    Result<std::size_t> add(const std::filesystem::path& file, const FileLayout& layout);
    Result<std::shared_ptr<const RowStore>> finish() { return m_builder.finish(); }

private:
    Result<void> addRows(RowReader& reader, const std::filesystem::path& file, const FileLayout& layout);
    Result<void> addRow(const std::filesystem::path& file, const FileLayout& layout);
    Result<void> stopAtDamage(const Error& error, const std::filesystem::path& file, std::uint32_t before);
    void warnAboutRejected(const std::filesystem::path& file, std::size_t before);

    RejectedRows& m_rejected;
    RunContext& m_context;
    RowStoreBuilder m_builder;
    ReadRow m_row;
    RowView m_view;
};

Result<void> Reading::addRow(const std::filesystem::path& file, const FileLayout& layout)
{
    if (std::string problem = problemOf(m_row, layout); !problem.empty()) {
        m_rejected.push_back({m_row.file.empty() ? file.string() : m_row.file, m_row.line, std::move(problem)});
        return {};
    }
    m_view.text = m_row.text;
    m_view.group = m_row.group;
    m_view.words.assign(m_row.words.begin(), m_row.words.end());
    m_view.labels.clear();
    for (const std::string_view label : m_row.labels) {
        const std::uint32_t id = m_builder.labelId(label);
        if (layout.task != Task::MultiLabel || std::find(m_view.labels.begin(), m_view.labels.end(), id) == m_view.labels.end())
            m_view.labels.push_back(id);
    }
    return m_builder.add(m_view);
}

/// A damaged file gives the rows before the damage, and says so; a file that gives none is an error.
Result<void> Reading::stopAtDamage(const Error& error, const std::filesystem::path& file, std::uint32_t before)
{
    if (error.code != ErrorCode::InvalidFormat || m_builder.size() == before)
        return error;
    m_rejected.push_back({file.string(), m_row.line + 1, "from here on the file cannot be read: " + error.detail});
    m_context.warn(error.detail + " The " + std::to_string(m_builder.size() - before) + " rows before that are used. " + error.remedy);
    return {};
}

Result<void> Reading::addRows(RowReader& reader, const std::filesystem::path& file, const FileLayout& layout)
{
    std::error_code ignored;
    const auto bytes = layout.format == "folder" ? 0 : static_cast<std::int64_t>(std::filesystem::file_size(file, ignored));
    const std::uint32_t before = m_builder.size();
    for (std::int64_t rows = 0;; ++rows) {
        if (rows % rowsBetweenReports == 0) {
            if (m_context.cancelled())
                return cancelledError();
            m_context.progress({"Reading " + file.filename().string(), static_cast<std::int64_t>(reader.position()), bytes, "bytes"});
        }
        const auto more = reader.next(m_row);
        if (!more)
            return stopAtDamage(more.error(), file, before);
        if (!*more)
            return {};
        ESPALIER_CHECK(addRow(file, layout));
    }
}

void Reading::warnAboutRejected(const std::filesystem::path& file, std::size_t before)
{
    if (m_rejected.size() > before)
        m_context.warn("'" + file.filename().string() + "': " + std::to_string(m_rejected.size() - before) + " rows were set aside; the first is line " +
                       std::to_string(m_rejected[before].line) + ": " + m_rejected[before].reason + ".");
}

Result<std::size_t> Reading::add(const std::filesystem::path& file, const FileLayout& layout)
{
    const std::size_t rejectedBefore = m_rejected.size();
    const std::uint32_t before = m_builder.size();
    ESPALIER_TRY(const auto reader, formatCatalog().find(layout.format)->open(file, layout));
    m_row = {};
    ESPALIER_CHECK(addRows(*reader, file, layout));
    if (m_builder.size() == before)
        return noUsableRow(file, m_rejected, rejectedBefore);
    warnAboutRejected(file, rejectedBefore);
    return m_builder.size() - before;
}

Result<FileLayout> layoutOf(const std::filesystem::path& file, const ReaderOptions& options)
{
    ESPALIER_TRY(const DataSample sample, takeSample(file, options));
    return findFileLayout(sample, options);
}

} // namespace

Result<ExampleTable> readExamples(const std::filesystem::path& file, const ReaderOptions& options, RejectedRows& rejected, RunContext& context)
{
    ESPALIER_TRY(const FileLayout layout, layoutOf(file, options));
    Reading reading(rejected, context, options.spillFolder);
    ESPALIER_TRY(const std::size_t rows, reading.add(file, layout));
    ESPALIER_TRY(auto store, reading.finish());
    return ExampleTable(std::move(store), 0, rows);
}

Result<Dataset> readDataset(const DatasetFiles& files, const ReaderOptions& options, RunContext& context)
{
    Dataset dataset;
    ReaderOptions own = options;
    Reading reading(dataset.rejected, context, options.spillFolder);
    std::vector<std::size_t> sizes;
    for (const std::filesystem::path& file : {files.train, files.validation, files.test}) {
        if (sizes.empty() || !file.empty()) {
            ESPALIER_TRY(const FileLayout layout, layoutOf(file, own));
            ESPALIER_TRY(const std::size_t rows, reading.add(file, layout));
            sizes.push_back(rows);
            dataset.task = layout.task;
            own.task = taskName(layout.task);
        } else {
            sizes.push_back(0);
        }
    }
    ESPALIER_TRY(const auto store, reading.finish());
    const auto first = [&](std::size_t part) { return static_cast<std::uint32_t>(part == 0 ? 0 : part == 1 ? sizes[0] : sizes[0] + sizes[1]); };
    dataset.train = ExampleTable(store, first(0), sizes[0]);
    dataset.validation = ExampleTable(store, first(1), sizes[1]);
    dataset.test = ExampleTable(store, first(2), sizes[2]);
    return dataset;
}

} // namespace espalier
