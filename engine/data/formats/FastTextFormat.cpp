// SPDX-License-Identifier: GPL-3.0-or-later
// fastText's format: a text a line, whose words that begin with __label__ are its classes.
#include "engine/data/ColumnChoice.h"
#include "engine/data/formats/Formats.h"
#include "engine/data/streams/TextWindow.h"

#include <algorithm>

namespace espalier::formats {
namespace {

constexpr std::string_view prefix = "__label__";
constexpr std::size_t sampleLines = 5000;

/// Takes the labels out of @p line; what is left, with single spaces where labels stood, is @p text.
void takeLabels(std::string_view line, std::vector<std::string_view>& labels, std::string& text)
{
    labels.clear();
    text.clear();
    while (!line.empty()) {
        const std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
        const std::size_t end = std::min(line.find_first_of(" \t", begin), line.size());
        const std::string_view word = line.substr(begin, end - begin);
        if (word.starts_with(prefix))
            labels.push_back(word.substr(prefix.size()));
        else
            text += line.substr(0, end);
        line.remove_prefix(end);
    }
}

struct Counts {
    int lines = 0;
    int labelled = 0;
    int withSeveral = 0;
};

Counts countLabels(const DataSample& sample)
{
    Counts counts;
    std::vector<std::string_view> labels;
    std::string text;
    for (std::string_view rest = sample.text; !rest.empty() && static_cast<std::size_t>(counts.lines) < sampleLines;) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        if (trimmed(line).empty())
            continue;
        takeLabels(line, labels, text);
        ++counts.lines;
        counts.labelled += !labels.empty();
        counts.withSeveral += labels.size() > 1;
    }
    return counts;
}

double probe(const DataSample& sample)
{
    if (sample.folder || sample.text.find(prefix) == std::string::npos)
        return 0;
    const Counts counts = countLabels(sample);
    return 0.99 * counts.labelled / std::max(1, counts.lines);
}

Result<void> findLayout(const DataSample& sample, const ReaderOptions& options, FileLayout& layout)
{
    const Counts counts = countLabels(sample);
    if (counts.labelled == 0)
        return Error{ErrorCode::InvalidFormat, "'" + sample.path.string() + "' has no word that begins with __label__.", "Check the format: fastText writes \"__label__class text\".", {}};
    layout.columns = {"labels", "text"};
    layout.labelColumn = 0;
    layout.textColumn = 1;
    layout.note = "classes begin with __label__";
    return chooseTask(sample.path, options, counts.withSeveral > 0 ? Task::MultiLabel : Task::SingleLabel, {Task::SingleLabel, Task::MultiLabel}, layout);
}

class FastTextReader final : public RowReader {
public:
    explicit FastTextReader(std::unique_ptr<ByteStream> stream) : m_lines(std::move(stream)) {}

    Result<bool> next(ReadRow& row) override
    {
        ESPALIER_TRY(const bool more, m_lines.nextFilled(m_line));
        if (!more)
            return false;
        row.line = m_line.number;
        row.problem = m_line.tooLong ? tooLongRow : "";
        takeLabels(m_line.tooLong ? std::string_view() : m_line.text, row.labels, m_text);
        row.text = trimmed(m_text);
        m_classes.clear();
        for (const std::string_view label : row.labels)
            m_classes.append(m_classes.empty() ? "" : " ").append(label);
        row.cells.assign({m_classes, row.text});
        return true;
    }
    [[nodiscard]] std::uint64_t position() const override { return m_lines.position(); }

private:
    LineReader m_lines;
    LineReader::Line m_line;
    std::string m_text;
    std::string m_classes;
};

Result<std::unique_ptr<RowReader>> open(const std::filesystem::path& path, const FileLayout& layout)
{
    ESPALIER_TRY(auto text, openText(path, layout));
    return std::unique_ptr<RowReader>(std::make_unique<FastTextReader>(std::move(text)));
}

} // namespace

DataFormat fasttext()
{
    return {"fasttext", probe, findLayout, open};
}

} // namespace espalier::formats
