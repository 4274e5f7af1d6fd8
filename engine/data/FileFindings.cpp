// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/FileFindings.h"

#include "engine/data/ColumnChoice.h"
#include "engine/data/DelimitedText.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <map>

namespace espalier {
namespace {

constexpr std::size_t sampleRows = 2000; ///< rows that decide about header and width

Result<void> checkChoice(const char* name, const std::string& value, std::initializer_list<std::string_view> known)
{
    if (std::find(known.begin(), known.end(), value) != known.end())
        return {};
    std::string list;
    for (const auto choice : known)
        list += (list.empty() ? "" : ", ") + std::string(choice);
    return Error{ErrorCode::InvalidArgument, "'" + std::string(name) + "' is '" + value + "'.", "Choose one of: " + list + ".", {}};
}

char findDelimiter(std::string_view bytes, const std::filesystem::path& file)
{
    int lines = 0;
    int withTab = 0;
    int withComma = 0;
    for (std::string_view rest = bytes; !rest.empty() && lines < 200;) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        lines += line.size() > 1;
        withTab += line.find('\t') != std::string_view::npos;
        withComma += line.find(',') != std::string_view::npos;
    }
    const auto most = [&](int count) { return count * 10 >= lines * 9; };
    const std::string extension = lowered(file.extension().string());
    if (extension == ".csv")
        return !most(withComma) && most(withTab) ? '\t' : ',';
    if (extension == ".tsv" || extension == ".tab")
        return withTab == 0 && most(withComma) ? ',' : '\t';
    return withTab >= withComma ? '\t' : ',';
}

/// Whether quotes are quotes. A file in which a quoted field does not close properly has quotes as plain characters; only in CSV, where
/// quoting is the rule, are such rows forgiven as long as the properly quoted fields are more.
bool findQuotes(std::string_view bytes, char delimiter, bool complete)
{
    if (bytes.find('"') == std::string_view::npos)
        return true;
    DelimitedText text(bytes, delimiter, true);
    std::int64_t proper = 0;
    std::int64_t improper = 0;
    for (DelimitedRow row; text.next(row);) {
        if (!complete && text.position() >= bytes.size())
            break; // the row may have been cut
        proper += row.quotedFields;
        improper += !row.problem.empty() || row.mayHaveSwallowed;
    }
    return delimiter == ',' ? improper <= proper : improper == 0;
}

RowSample takeSample(std::string_view bytes, const FileLayout& layout)
{
    RowSample sample;
    std::map<std::size_t, std::size_t> counts;
    DelimitedText text(bytes, layout.delimiter, layout.quotes);
    for (DelimitedRow row; sample.rows.size() < sampleRows && text.next(row);) {
        if (!row.problem.empty())
            continue;
        ++counts[row.fields.size()];
        sample.rows.push_back(std::move(row.fields));
    }
    for (const auto& [width, count] : counts)
        if (sample.width == 0 || count > counts[sample.width])
            sample.width = width;
    return sample;
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

Result<void> checkOptions(const ReaderOptions& options)
{
    ESPALIER_CHECK(checkChoice("format", options.format, {"auto", "csv", "tsv"}));
    ESPALIER_CHECK(checkChoice("header", options.header, {"auto", "present", "absent"}));
    return checkChoice("quoting", options.quoting, {"auto", "standard", "none"});
}

/// The first @p limit bytes of @p file.
Result<std::string> readBeginning(const std::filesystem::path& file, std::size_t limit)
{
    std::ifstream stream(file, std::ios::binary);
    std::error_code status;
    if (!stream || !std::filesystem::is_regular_file(file, status))
        return ioError("read", file.string(), errno != 0 ? errno : ENOENT);
    std::string bytes(std::min<std::uintmax_t>(limit, std::filesystem::file_size(file, status)), '\0');
    stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(stream.gcount()));
    return bytes;
}

} // namespace

std::string_view trimmed(std::string_view text)
{
    const std::string_view blanks = " \t\r\n\v\f";
    const std::size_t begin = text.find_first_not_of(blanks);
    return begin == std::string_view::npos ? std::string_view{} : text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

Result<std::string_view> withoutByteOrderMark(std::string_view bytes, const std::filesystem::path& file)
{
    if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff"))
        return Error{ErrorCode::InvalidFormat, "'" + file.string() + "' is written in UTF-16.",
                     "Save it as UTF-8 (in a spreadsheet: \"CSV UTF-8\"), or convert it: iconv -f UTF-16 -t UTF-8.", {}};
    bytes.remove_prefix(bytes.starts_with("\xef\xbb\xbf") ? 3 : 0);
    return bytes;
}

Result<FileLayout> findLayout(std::string_view bytes, const std::filesystem::path& file, const ReaderOptions& options)
{
    ESPALIER_CHECK(checkOptions(options));
    const bool complete = bytes.size() <= layoutBytes;
    bytes = bytes.substr(0, layoutBytes);
    FileLayout layout;
    layout.delimiter = options.format == "auto" ? findDelimiter(bytes, file) : options.format == "csv" ? ',' : '\t';
    layout.quotes = options.quoting == "auto" ? findQuotes(bytes, layout.delimiter, complete) : options.quoting == "standard";
    const RowSample sample = takeSample(bytes, layout);
    if (sample.rows.empty())
        return Error{ErrorCode::InvalidFormat, "'" + file.string() + "' holds no row.", "Choose a file with a sentence and a label a line.", {}};
    layout.header = options.header == "auto" ? firstRowIsHeader(sample, options) : options.header == "present";
    layout.columns = columnNames(sample, layout.header);
    if (layout.columns.size() < 2)
        return Error{ErrorCode::InvalidFormat,
                     "'" + file.string() + "' has one column; a text and a label are needed (read as " + (layout.delimiter == ',' ? "CSV" : "TSV") + ").",
                     "Check the format: columns are separated by a comma in CSV, by a tab in TSV.", {}};
    ESPALIER_CHECK(chooseColumns(file, options, layout));
    return layout;
}

Result<ReaderFindings> inspectFile(const std::filesystem::path& file, const ReaderOptions& options)
{
    ESPALIER_TRY(const std::string bytes, readBeginning(file, layoutBytes + 1));
    ESPALIER_TRY(const std::string_view text, withoutByteOrderMark(bytes, file));
    ESPALIER_TRY(const FileLayout layout, findLayout(text, file, options));
    const auto column = [&](std::size_t index) {
        const auto& name = layout.columns[index];
        const bool byName = layout.header && !name.empty() && !columnNumber(name) && std::count(layout.columns.begin(), layout.columns.end(), name) == 1;
        return byName ? name : std::to_string(index + 1);
    };
    return ReaderFindings{{.format = layout.delimiter == ',' ? "csv" : "tsv",
                           .header = layout.header ? "present" : "absent",
                           .quoting = layout.quotes ? "standard" : "none",
                           .textColumn = column(layout.textColumn),
                           .labelColumn = column(layout.labelColumn)},
                          layout.columns};
}

} // namespace espalier
