// SPDX-License-Identifier: GPL-3.0-or-later
// CSV and TSV: a row a line, unless quotes enclose line ends.
#include "engine/data/ColumnChoice.h"
#include "engine/data/DelimitedText.h"
#include "engine/data/formats/Formats.h"
#include "engine/data/streams/TextWindow.h"

#include <algorithm>
#include <map>

namespace espalier::formats {
namespace {

constexpr std::size_t sampleRows = 2000; ///< rows that decide about header and width

/// How many of the first lines hold tabs, and commas.
struct LineCounts {
    int lines = 0;
    int withTab = 0;
    int withComma = 0;
    [[nodiscard]] bool most(int count) const { return lines > 0 && count * 10 >= lines * 9; }
};

LineCounts countLines(std::string_view rest)
{
    LineCounts counts;
    while (!rest.empty() && counts.lines < 200) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        counts.lines += line.size() > 1;
        counts.withTab += line.find('\t') != std::string_view::npos;
        counts.withComma += line.find(',') != std::string_view::npos;
    }
    return counts;
}

/// data.csv.gz is named as a CSV.
std::string extensionOf(const DataSample& sample)
{
    const auto outer = lowered(sample.path.extension().string());
    const bool packed = outer == ".gz" || outer == ".zst" || outer == ".zstd";
    return packed ? lowered(sample.path.stem().extension().string()) : outer;
}

/// The delimiter that the file is likely to have.
char likelyDelimiter(const DataSample& sample)
{
    const LineCounts counts = countLines(sample.text);
    const std::string extension = extensionOf(sample);
    if (extension == ".csv")
        return !counts.most(counts.withComma) && counts.most(counts.withTab) ? '\t' : ',';
    if (extension == ".tsv" || extension == ".tab")
        return counts.withTab == 0 && counts.most(counts.withComma) ? ',' : '\t';
    return counts.withTab >= counts.withComma ? '\t' : ',';
}

double probe(const DataSample& sample, char delimiter)
{
    if (sample.folder || likelyDelimiter(sample) != delimiter)
        return 0;
    const std::string extension = extensionOf(sample);
    const LineCounts counts = countLines(sample.text);
    const int with = delimiter == ',' ? counts.withComma : counts.withTab;
    const bool named = extension == (delimiter == ',' ? ".csv" : ".tsv") || (delimiter == '\t' && extension == ".tab");
    if (counts.lines == 0 || with == 0)
        return named ? 0.3 : 0.05;
    const double share = static_cast<double>(with) / counts.lines;
    return (named ? 0.6 : 0.2) + 0.35 * share;
}

/// Calls @p use for the rows of the sample until it returns false.
template <typename Use>
void eachRow(const DataSample& sample, const DelimitedText& delimited, Use use)
{
    DelimitedRow row;
    std::int64_t lines = 0;
    for (std::string_view rest = sample.text;;) {
        rest.remove_prefix(DelimitedText::blankLines(rest, lines));
        if (rest.empty())
            return;
        delimited.parse(rest, row);
        rest.remove_prefix(row.bytes);
        if ((!sample.complete && rest.empty()) || !use(row)) // the row may have been cut
            return;
    }
}

/// Whether quotes are quotes. A file in which a quoted field does not close properly has quotes as plain characters; only in CSV, where
/// quoting is the rule, are such rows forgiven as long as the properly quoted fields are more.
bool findQuotes(const DataSample& sample, char delimiter)
{
    if (sample.text.find('"') == std::string::npos)
        return true;
    std::int64_t proper = 0;
    std::int64_t improper = 0;
    eachRow(sample, DelimitedText(delimiter, true), [&](const DelimitedRow& row) {
        proper += row.quotedFields;
        improper += !row.problem.empty() || row.mayHaveSwallowed;
        return true;
    });
    return delimiter == ',' ? improper <= proper : improper == 0;
}

RowSample takeSample(const DataSample& sample, const FileLayout& layout)
{
    RowSample taken;
    std::map<std::size_t, std::size_t> counts;
    eachRow(sample, DelimitedText(layout.delimiter, layout.quotes), [&](const DelimitedRow& row) {
        if (row.problem.empty()) {
            ++counts[row.fields.size()];
            taken.rows.emplace_back(row.fields.begin(), row.fields.end());
        }
        return taken.rows.size() < sampleRows;
    });
    for (const auto& [width, count] : counts)
        if (taken.width == 0 || count > counts[taken.width])
            taken.width = width;
    return taken;
}

std::vector<std::string> columnNames(const RowSample& sample, bool header)
{
    std::vector<std::string> names;
    if (header)
        for (const auto& cell : sample.rows.front())
            names.emplace_back(trimmed(cell));
    for (std::size_t i = 1; !header && i <= sample.width; ++i)
        names.push_back("column " + std::to_string(i));
    return names;
}

Result<void> findLayout(const DataSample& sample, const ReaderOptions& options, FileLayout& layout)
{
    layout.delimiter = layout.format == "csv" ? ',' : '\t';
    layout.quotes = options.quoting == "auto" ? findQuotes(sample, layout.delimiter) : options.quoting == "standard";
    const RowSample rows = takeSample(sample, layout);
    if (rows.rows.empty())
        return Error{ErrorCode::InvalidFormat, "'" + sample.path.string() + "' holds no row.", "Choose a file with a sentence and a label a line.", {}};
    layout.header = options.header == "auto" ? firstRowIsHeader(rows, options) : options.header == "present";
    layout.columns = columnNames(rows, layout.header);
    if (layout.columns.size() < 2)
        return Error{ErrorCode::InvalidFormat,
                     "'" + sample.path.string() + "' has one column; a text and a label are needed (read as " + (layout.delimiter == ',' ? "CSV" : "TSV") + ").",
                     "Check the format: columns are separated by a comma in CSV, by a tab in TSV.", {}};
    ESPALIER_CHECK(chooseColumns(sample.path, options, layout));
    ESPALIER_CHECK(chooseGroupColumn(sample.path, options, layout));
    layout.labelSeparator = options.labelSeparator;
    layout.note = std::string(layout.delimiter == ',' ? "commas" : "tabs") + (layout.quotes ? ", quotes enclose fields" : ", quotes are plain characters") +
                  (layout.header ? ", header line" : ", no header line");
    const Task found = options.labelSeparator.empty() ? Task::SingleLabel : Task::MultiLabel;
    return chooseTask(sample.path, options, found, {Task::SingleLabel, Task::MultiLabel}, layout);
}

class DelimitedReader final : public RowReader {
public:
    DelimitedReader(std::unique_ptr<ByteStream> stream, const FileLayout& layout)
        : m_window(std::move(stream)), m_layout(layout), m_delimited(layout.delimiter, layout.quotes), m_header(layout.header)
    {
    }

    Result<bool> next(ReadRow& row) override
    {
        do {
            ESPALIER_TRY(const bool more, take());
            if (!more)
                return false;
        } while (std::exchange(m_header, false));
        use(row);
        return true;
    }
    [[nodiscard]] std::uint64_t position() const override { return m_window.position(); }

private:
    Result<bool> take()
    {
        std::string_view text;
        for (std::size_t blank = 1; blank > 0; m_window.consume(blank)) {
            ESPALIER_TRY(text, m_window.view());
            blank = DelimitedText::blankLines(text, m_line);
        }
        if (text.empty())
            return false;
        m_delimited.parse(text.substr(0, TextWindow::maxRowBytes + 1), m_row);
        if (m_window.damaged() && m_row.bytes == text.size())
            return m_window.damage();
        m_rowLine = m_line;
        if (m_row.bytes > TextWindow::maxRowBytes)
            return skipLongRow();
        m_line += m_row.lines;
        m_window.consume(m_row.bytes);
        return true;
    }

    /// Leaves a row out that is too long, to the end of its line.
    Result<bool> skipLongRow()
    {
        m_row.problem = tooLongRow;
        for (;;) {
            ESPALIER_TRY(const std::string_view text, m_window.view());
            const std::size_t end = text.find('\n');
            m_window.consume(end == std::string_view::npos ? text.size() : end + 1);
            if (end != std::string_view::npos || text.empty())
                break;
        }
        ++m_line;
        return true;
    }

    void use(ReadRow& row)
    {
        row.line = m_rowLine;
        row.problem.clear();
        if (!m_row.problem.empty())
            row.problem = m_row.problem;
        row.plain = m_row.plain;
        row.labels.clear();
        row.cells.swap(m_row.fields);
        if (row.problem.empty() && row.cells.size() != m_layout.columns.size())
            row.problem = "it has " + std::to_string(row.cells.size()) + " fields where " + std::to_string(m_layout.columns.size()) + " are expected; " +
                          (m_layout.delimiter == ',' ? "commas separate fields, and quotes enclose one that holds a comma" : "tabs separate fields");
        if (!row.problem.empty())
            return;
        row.text = trimmed(row.cells[m_layout.textColumn]);
        row.group = m_layout.groupColumn ? trimmed(row.cells[*m_layout.groupColumn]) : std::string_view();
        addLabels(trimmed(row.cells[m_layout.labelColumn]), row);
    }

    void addLabels(std::string_view field, ReadRow& row) const
    {
        const std::string& separator = m_layout.labelSeparator;
        if (separator.empty()) {
            if (!field.empty())
                row.labels.push_back(field);
            return;
        }
        for (bool more = true; more;) {
            const std::size_t end = field.find(separator);
            if (const std::string_view label = trimmed(field.substr(0, end)); !label.empty())
                row.labels.push_back(label);
            more = end != std::string_view::npos;
            field.remove_prefix(more ? end + separator.size() : field.size());
        }
    }

    TextWindow m_window;
    FileLayout m_layout;
    DelimitedText m_delimited;
    bool m_header;
    std::int64_t m_line = 1;
    std::int64_t m_rowLine = 1;
    DelimitedRow m_row;
};

Result<std::unique_ptr<RowReader>> open(const std::filesystem::path& path, const FileLayout& layout)
{
    ESPALIER_TRY(auto text, openText(path, layout));
    return std::unique_ptr<RowReader>(std::make_unique<DelimitedReader>(std::move(text), layout));
}

} // namespace

DataFormat csv()
{
    return {"csv", [](const DataSample& sample) { return probe(sample, ','); }, findLayout, open};
}

DataFormat tsv()
{
    return {"tsv", [](const DataSample& sample) { return probe(sample, '\t'); }, findLayout, open};
}

} // namespace espalier::formats
