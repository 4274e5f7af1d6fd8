// SPDX-License-Identifier: GPL-3.0-or-later
// A folder with a folder for each class, in which every file is a text.
#include "engine/data/ColumnChoice.h"
#include "engine/data/formats/Formats.h"
#include "engine/data/streams/TextWindow.h"

#include <algorithm>

namespace espalier::formats {
namespace {

bool hidden(const std::filesystem::path& path)
{
    return path.filename().string().starts_with('.');
}

/// What is in @p folder, sorted by name, so that the order does not depend on the disk.
Result<std::vector<std::filesystem::path>> entries(const std::filesystem::path& folder, bool folders)
{
    std::vector<std::filesystem::path> found;
    std::error_code failed;
    for (auto it = std::filesystem::directory_iterator(folder, failed); !failed && it != std::filesystem::directory_iterator(); it.increment(failed))
        if (!hidden(it->path()) && (folders ? it->is_directory() : it->is_regular_file()))
            found.push_back(it->path());
    if (failed)
        return ioError("read", folder.string(), failed.value());
    std::sort(found.begin(), found.end());
    return found;
}

double probe(const DataSample& sample)
{
    return sample.folder ? 1 : 0;
}

Result<void> findLayout(const DataSample& sample, const ReaderOptions& options, FileLayout& layout)
{
    ESPALIER_TRY(const auto classes, entries(sample.path, true));
    if (classes.empty())
        return Error{ErrorCode::InvalidFormat, "The folder '" + sample.path.string() + "' has no folder for a class.", "Choose a folder with a folder for each class, in which every file is a text.", {}};
    layout.columns = {"class", "file", "text"};
    layout.labelColumn = 0;
    layout.textColumn = 2;
    layout.note = "a folder a class, a file a text";
    return chooseTask(sample.path, options, Task::SingleLabel, {Task::SingleLabel, Task::MultiLabel}, layout);
}

class FolderReader final : public RowReader {
public:
    FolderReader(std::vector<std::filesystem::path> classes, const FileLayout& layout) : m_classes(std::move(classes)), m_layout(layout) {}

    Result<bool> next(ReadRow& row) override
    {
        while (m_file >= m_files.size()) {
            if (m_class >= m_classes.size())
                return false;
            m_label = m_classes[m_class].filename().string();
            ESPALIER_TRY(m_files, entries(m_classes[m_class++], false));
            m_file = 0;
        }
        const std::filesystem::path file = m_files[m_file++];
        row.file = file.string();
        row.line = 1;
        row.problem = read(file);
        row.text = trimmed(m_text);
        row.labels.assign({m_label});
        m_name = file.filename().string();
        row.cells.assign({m_label, m_name, row.text});
        return true;
    }
    [[nodiscard]] std::uint64_t position() const override { return m_bytes; }

private:
    /// The file's text into m_text; returns why it cannot be used, or nothing.
    std::string read(const std::filesystem::path& file)
    {
        m_text.clear();
        FileLayout own = m_layout;
        own.compression = "auto";
        auto stream = openText(file, own);
        if (!stream)
            return stream.error().message();
        TextWindow window(std::move(*stream));
        const auto text = window.view();
        if (!text)
            return text.error().message();
        m_bytes += window.position();
        if (window.damaged())
            return window.damage().message();
        if (text->size() > TextWindow::maxRowBytes)
            return tooLongRow;
        m_text = *text;
        return {};
    }

    std::vector<std::filesystem::path> m_classes;
    FileLayout m_layout;
    std::size_t m_class = 0;
    std::vector<std::filesystem::path> m_files;
    std::size_t m_file = 0;
    std::string m_label;
    std::string m_name;
    std::string m_text;
    std::uint64_t m_bytes = 0;
};

Result<std::unique_ptr<RowReader>> open(const std::filesystem::path& path, const FileLayout& layout)
{
    ESPALIER_TRY(auto classes, entries(path, true));
    return std::unique_ptr<RowReader>(std::make_unique<FolderReader>(std::move(classes), layout));
}

} // namespace

DataFormat folder()
{
    return {"folder", probe, findLayout, open};
}

} // namespace espalier::formats
