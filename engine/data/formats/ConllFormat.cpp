// SPDX-License-Identifier: GPL-3.0-or-later
// CoNLL: a word and its tag a line, perhaps with other columns between them, and a blank line between sentences.
#include "engine/data/BioTags.h"
#include "engine/data/ColumnChoice.h"
#include "engine/data/formats/Formats.h"
#include "engine/data/streams/TextWindow.h"

#include <algorithm>
#include <map>

namespace espalier::formats {
namespace {

constexpr std::size_t sampleLines = 20000;
constexpr std::size_t mostWords = 65535;

/// @p line's columns, separated by tabs, or by any blanks where @p delimiter is a space.
void splitColumns(std::string_view line, char delimiter, std::vector<std::string_view>& columns)
{
    columns.clear();
    while (line.ends_with('\r')) // of line ends that were converted twice
        line.remove_suffix(1);
    const std::string_view stops = delimiter == '\t' ? "\t" : " \t\r\v\f";
    while (true) {
        if (delimiter == ' ')
            line.remove_prefix(std::min(line.find_first_not_of(stops), line.size()));
        if (line.empty() && (delimiter == ' ' || columns.empty()))
            return;
        const std::size_t end = line.find_first_of(stops);
        columns.push_back(line.substr(0, end));
        if (end == std::string_view::npos)
            return;
        line.remove_prefix(end + 1);
    }
}

/// Lines that stand between sentences of some corpora.
bool isRemark(std::string_view line, std::size_t columns, std::size_t width)
{
    return line.starts_with("-DOCSTART-") || (line.starts_with('#') && columns != width);
}

struct Shape {
    char delimiter = ' ';
    std::size_t width = 0;   ///< columns that most lines have
    double agreeing = 0;     ///< share of lines that have them
    double tagged = 0;       ///< share of those whose last column is a tag
    std::size_t sentences = 0;
    std::vector<std::vector<std::string_view>> tags; ///< of the sample's sentences
};

std::vector<std::string_view> linesOf(const DataSample& sample)
{
    std::vector<std::string_view> lines;
    for (std::string_view rest = sample.text; !rest.empty() && lines.size() < sampleLines;) {
        const std::size_t end = rest.find('\n');
        if (end == std::string_view::npos && !sample.complete)
            break;
        lines.push_back(rest.substr(0, end));
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return lines;
}

std::size_t usualWidth(const std::vector<std::string_view>& lines, char delimiter)
{
    std::map<std::size_t, std::size_t> counts;
    std::vector<std::string_view> columns;
    for (const std::string_view line : lines) {
        splitColumns(line, delimiter, columns);
        if (!columns.empty())
            ++counts[columns.size()];
    }
    const auto most = std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == counts.end() ? 0 : most->first;
}

/// @p tagColumn: from 0; none: the last.
Shape shapeOf(const DataSample& sample, std::optional<std::size_t> tagColumn = {})
{
    const auto lines = linesOf(sample);
    Shape shape;
    const auto tabs = std::count_if(lines.begin(), lines.end(), [](std::string_view line) { return line.find('\t') != std::string_view::npos; });
    // A remark has blanks also where tabs separate columns.
    const auto others = std::count_if(lines.begin(), lines.end(), [](std::string_view line) { return trimmed(line).empty() || (line.starts_with('#') && line.find('\t') == std::string_view::npos); });
    shape.delimiter = tabs * 10 >= (static_cast<std::ptrdiff_t>(lines.size()) - others) * 9 && tabs > 0 ? '\t' : ' ';
    shape.width = usualWidth(lines, shape.delimiter);
    std::size_t all = 0;
    std::size_t agreeing = 0;
    std::size_t tagged = 0;
    bool inSentence = false;
    std::vector<std::string_view> columns;
    for (const std::string_view line : lines) {
        splitColumns(line, shape.delimiter, columns);
        const bool remark = isRemark(line, columns.size(), shape.width);
        if (columns.empty() || remark) {
            inSentence = inSentence && remark && !line.starts_with("-DOCSTART-");
            continue;
        }
        if (!std::exchange(inSentence, true))
            shape.tags.emplace_back();
        ++all;
        agreeing += columns.size() == shape.width;
        const std::string_view tag = columns[std::min(tagColumn.value_or(columns.size() - 1), columns.size() - 1)];
        tagged += columns.size() == shape.width && parseBioTag(tag).kind != 0;
        shape.tags.back().push_back(tag);
    }
    shape.sentences = shape.tags.size();
    shape.agreeing = all > 0 ? static_cast<double>(agreeing) / static_cast<double>(all) : 0;
    shape.tagged = agreeing > 0 ? static_cast<double>(tagged) / static_cast<double>(agreeing) : 0;
    return shape;
}

double probe(const DataSample& sample)
{
    if (sample.folder)
        return 0;
    const Shape shape = shapeOf(sample);
    if (shape.width < 2 || shape.tagged < 0.5)
        return 0;
    return (shape.sentences > 1 ? 0.6 : 0.4) + 0.38 * shape.agreeing * shape.tagged;
}

Result<void> findLayout(const DataSample& sample, const ReaderOptions& options, FileLayout& layout)
{
    const Shape first = shapeOf(sample);
    if (first.width < 2)
        return Error{ErrorCode::InvalidFormat, "'" + sample.path.string() + "' has " + (first.width == 0 ? "no line" : "one column") + "; a word and its tag a line are needed.",
                     "Check the format: CoNLL has a word and its tag a line and a blank line between sentences.", {}};
    layout.delimiter = first.delimiter;
    for (std::size_t i = 1; i <= first.width; ++i)
        layout.columns.push_back("column " + std::to_string(i));
    layout.textColumn = 0;
    layout.labelColumn = first.width - 1;
    if (!options.textColumn.empty()) {
        ESPALIER_TRY(layout.textColumn, namedColumn(sample.path, layout, "words", options.textColumn));
    }
    if (!options.labelColumn.empty()) {
        ESPALIER_TRY(layout.labelColumn, namedColumn(sample.path, layout, "tags", options.labelColumn));
    }
    if (layout.textColumn == layout.labelColumn)
        return Error{ErrorCode::InvalidArgument, "Words and tags of '" + sample.path.string() + "' would be the same column.", "Choose two columns.", {}};
    layout.note = tagScheme(shapeOf(sample, layout.labelColumn).tags) + " tags, columns separated by " + (layout.delimiter == '\t' ? "tabs" : "blanks");
    return chooseTask(sample.path, options, Task::TokenTags, {Task::TokenTags}, layout);
}

class ConllReader final : public RowReader {
public:
    ConllReader(std::unique_ptr<ByteStream> stream, const FileLayout& layout) : m_lines(std::move(stream)), m_layout(layout) {}

    Result<bool> next(ReadRow& row) override
    {
        begin(row);
        for (;;) {
            ESPALIER_TRY(const bool more, m_lines.next(m_line));
            if (!more)
                break;
            splitColumns(m_line.text, m_layout.delimiter, m_columns);
            const bool between = m_columns.empty() || m_line.text.starts_with("-DOCSTART-");
            if (between && m_words > 0)
                break;
            if (!between && (m_line.tooLong || !isRemark(m_line.text, m_columns.size(), m_layout.columns.size())))
                addLine(row);
        }
        if (m_words == 0)
            return false;
        finish(row);
        return true;
    }
    [[nodiscard]] std::uint64_t position() const override { return m_lines.position(); }

private:
    void begin(ReadRow& row)
    {
        row.problem.clear();
        row.labels.clear();
        row.cells.clear();
        row.text = {};
        m_words = 0;
        m_cells.assign(m_layout.columns.size(), {});
        m_ends.assign(m_layout.columns.size(), {});
    }

    void addLine(ReadRow& row)
    {
        if (m_words++ == 0)
            row.line = m_line.number;
        if (!row.problem.empty())
            return;
        if (m_line.tooLong)
            row.problem = "its line " + std::to_string(m_line.number) + " is longer than 1 MiB; write a word and its tag in each line";
        else if (m_columns.size() != m_layout.columns.size())
            row.problem = "its line " + std::to_string(m_line.number) + " has " + std::to_string(m_columns.size()) + " columns where " +
                          std::to_string(m_layout.columns.size()) + " are expected; write a word and its tag in each line";
        else if (m_words > mostWords || m_cells.front().size() > TextWindow::maxRowBytes)
            row.problem = "it is longer than " + std::to_string(mostWords) + " words or 1 MiB; is there a blank line between sentences?";
        else
            for (std::size_t i = 0; i < m_columns.size(); ++i) {
                m_cells[i] += (m_ends[i].empty() ? "" : " ");
                m_cells[i] += m_columns[i];
                m_ends[i].push_back(m_cells[i].size());
            }
    }

    /// The words of a column, which were joined by spaces.
    void wordsOf(std::size_t column, std::vector<std::string_view>& words) const
    {
        words.clear();
        std::size_t begin = 0;
        for (const std::size_t end : m_ends[column]) {
            words.push_back(std::string_view(m_cells[column]).substr(begin, end - begin));
            begin = end + 1;
        }
    }

    void finish(ReadRow& row)
    {
        row.cells.assign(m_cells.begin(), m_cells.end());
        if (!row.problem.empty())
            return;
        std::vector<std::string_view> tags;
        wordsOf(m_layout.textColumn, m_columns);
        wordsOf(m_layout.labelColumn, tags);
        row.problem = m_sentence.set(m_columns, tags, row);
    }

    LineReader m_lines;
    LineReader::Line m_line;
    FileLayout m_layout;
    std::vector<std::string_view> m_columns;
    std::size_t m_words = 0; ///< lines of the sentence so far
    std::vector<std::string> m_cells;
    std::vector<std::vector<std::size_t>> m_ends; ///< by column: where each word ends in its cell
    TaggedSentence m_sentence;
};

Result<std::unique_ptr<RowReader>> open(const std::filesystem::path& path, const FileLayout& layout)
{
    ESPALIER_TRY(auto text, openText(path, layout));
    return std::unique_ptr<RowReader>(std::make_unique<ConllReader>(std::move(text), layout));
}

} // namespace

DataFormat conll()
{
    return {"conll", probe, findLayout, open};
}

} // namespace espalier::formats
