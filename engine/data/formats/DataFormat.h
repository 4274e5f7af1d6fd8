// SPDX-License-Identifier: GPL-3.0-or-later
// DataFormat: one way to write labelled texts into a file. A format recognises its files, finds out how they are laid out, and reads their
// rows one after another. The members are listed in FormatCatalog.cpp.
#pragma once

#include "engine/core/Catalog.h"
#include "engine/core/Task.h"
#include "engine/data/Reading.h"
#include "engine/data/streams/ByteStream.h"

#include <optional>

namespace espalier {

/// How a file is written: all that its reader needs, nothing left to "auto".
struct FileLayout {
    std::string format = {};
    std::string compression = "none";
    std::string encoding = "utf8";
    double confidence = 0;   ///< 0 to 1: how sure the format is
    char delimiter = '\t';   ///< csv, tsv, conll (space: any white space)
    bool quotes = true;      ///< csv, tsv: whether double quotes enclose fields
    bool header = false;     ///< csv, tsv
    std::vector<std::string> columns = {}; ///< names; "column 1"... where the file has none
    std::size_t textColumn = 0;            ///< from 0
    std::size_t labelColumn = 1;
    std::optional<std::size_t> groupColumn = {};
    std::string labelSeparator = {}; ///< csv, tsv: between several labels of one field; empty: one label
    Task task = Task::SingleLabel;
    std::string note = {};           ///< English, for the dialect line: "BIOES tags"
};

/// The beginning of a file, decompressed and in UTF-8; of a folder, nothing.
struct DataSample {
    std::filesystem::path path = {};
    bool folder = false;
    std::string text = {};
    bool complete = false; ///< whether that is all of it
    std::string compression = "none";
    std::string encoding = "utf8";
};

/// Why a row of more than TextWindow::maxRowBytes cannot be used.
inline constexpr const char* tooLongRow = "it is longer than 1 MiB; cut it into several rows";

/// One row as it was read. Views last until the next row is read.
struct ReadRow {
    std::int64_t line = 0;    ///< from 1, where the row begins
    std::string file = {};    ///< where the rows come from several files; else empty
    std::string problem = {}; ///< English, why it cannot be used, and what to do; empty: it can
    std::string_view text = {};
    std::vector<std::string_view> labels = {};
    std::vector<TextSpan> words = {};
    std::string_view group = {};
    std::vector<std::string_view> cells = {}; ///< what stands in the file, by column
    bool plain = false;       ///< known to be ASCII without a zero byte; false says nothing
};

class RowReader {
public:
    virtual ~RowReader() = default;
    /// The next row; false at the end. Errors: the file cannot be read further; what was read stays good.
    virtual Result<bool> next(ReadRow& row) = 0;
    /// Bytes of the file taken so far.
    [[nodiscard]] virtual std::uint64_t position() const = 0;
};

struct DataFormat {
    std::string id;
    /// 0 to 1: how sure it is that @p sample is of this format.
    double (*probe)(const DataSample& sample) = nullptr;
    /// Fills in columns and dialect; the rest of @p layout is known. Errors: an option that does not fit the file; no row.
    Result<void> (*findLayout)(const DataSample& sample, const ReaderOptions& options, FileLayout& layout) = nullptr;
    Result<std::unique_ptr<RowReader>> (*open)(const std::filesystem::path& path, const FileLayout& layout) = nullptr;
};

const Catalog<DataFormat>& formatCatalog();

/// The text of @p path in UTF-8, as @p layout says it is compressed and encoded.
Result<std::unique_ptr<ByteStream>> openText(const std::filesystem::path& path, const FileLayout& layout);

/// Sets the group column where @p options name one. Errors: no such column.
Result<void> chooseGroupColumn(const std::filesystem::path& file, const ReaderOptions& options, FileLayout& layout);

/// Sets the task; @p found is what the rows look like, @p possible what the format can hold. Errors: the task that was asked for is not
/// among them.
Result<void> chooseTask(const std::filesystem::path& file, const ReaderOptions& options, Task found, std::initializer_list<Task> possible, FileLayout& layout);

} // namespace espalier
