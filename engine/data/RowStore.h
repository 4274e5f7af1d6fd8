// SPDX-License-Identifier: GPL-3.0-or-later
// RowStore: the rows of a dataset, one after another in compact records: in memory while they are few, beyond a limit in a nameless
// temporary file, so that a dataset larger than memory can be worked on. A quarter of a byte a row stays in memory then. Immutable and
// shared once made; any number of threads may read.
#pragma once

#include "engine/core/Result.h"
#include "engine/data/Example.h"

#include <array>
#include <filesystem>
#include <future>
#include <memory>
#include <string_view>
#include <unordered_map>

namespace espalier {

class TemporaryFile;

class RowStore {
public:
    static constexpr std::size_t rowsPerBlock = 32;

    [[nodiscard]] std::uint32_t size() const { return m_rows; }
    /// Every label of any row; rows hold positions in this list.
    [[nodiscard]] const std::vector<std::string>& labels() const { return m_labels; }
    /// Whether the rows went to the file.
    [[nodiscard]] bool spilled() const { return m_file != nullptr; }
    /// The records of rows @p block * rowsPerBlock and following. @p buffer may be used to hold them.
    /// Throws std::runtime_error when the file cannot be read, which the stage reports.
    std::string_view block(std::size_t block, std::string& buffer) const;

private:
    friend class RowStoreBuilder;
    std::vector<std::string> m_pages;         ///< all records, or none where there is a file; no block goes on in the next page
    std::vector<std::uint64_t> m_pageBegins;
    std::shared_ptr<TemporaryFile> m_file;
    std::vector<std::uint64_t> m_blocks;    ///< where each block begins, and the end
    std::vector<std::string> m_labels;
    std::uint32_t m_rows = 0;
};

/// A row while it is written or read; what it refers to must outlive it.
struct RowView {
    std::string_view text;
    std::string_view group = {};
    std::vector<std::uint32_t> labels = {}; ///< positions in the store's or the table's list of labels
    std::vector<TextSpan> words = {};
};

class RowStoreBuilder {
public:
    static constexpr std::size_t defaultMemoryBytes = std::size_t{256} << 20;
    /// What a column of classes never has; one of sentences does.
    static constexpr std::size_t mostLabels = 1'000'000;

    /// Records beyond @p memoryBytes go to a file in @p spillFolder, which is made then; an empty folder means the system's for large
    /// temporary files.
    explicit RowStoreBuilder(std::filesystem::path spillFolder = {}, std::size_t memoryBytes = defaultMemoryBytes);
    ~RowStoreBuilder();

    /// The position of @p label among the labels; adds it where it is new.
    std::uint32_t labelId(std::string_view label);
    /// Errors: the file cannot be written (perhaps not before finish()), more than mostLabels labels, 2^32 rows.
    Result<void> add(const RowView& row);
    Result<void> add(const Example& example);
    [[nodiscard]] std::uint32_t size() const { return m_store->m_rows; }
    Result<std::shared_ptr<const RowStore>> finish();

private:
    Result<void> closePage();
    Result<void> spill();
    Result<void> written();

    std::filesystem::path m_folder;
    std::size_t m_memoryBytes;
    std::shared_ptr<RowStore> m_store;
    std::string m_page;         ///< the one that is being filled: bytes up to m_used, then room
    std::size_t m_used = 0;
    std::uint64_t m_before = 0; ///< bytes of those before it
    std::unordered_map<std::string, std::uint32_t> m_ids;
    static constexpr std::size_t recentLabels = 1024;
    std::array<std::uint32_t, recentLabels> m_recent{}; ///< ids of labels met lately, by recentPlace(): most rows are spared the map
    RowView m_scratch;
    std::future<std::string> m_nextPage; ///< made beside the reading
    std::string m_underway;              ///< the bytes that are being written
    std::future<Result<void>> m_writing; ///< beside the reading; the last member, since its end waits
};

/// Takes one record from the front of @p records into @p row; its views point into the records.
void takeRecord(std::string_view& records, RowView& row);
/// Leaves one record out.
void skipRecord(std::string_view& records);

} // namespace espalier
