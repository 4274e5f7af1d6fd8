// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/FileLayouts.h"

#include "engine/data/streams/Encoding.h"

#include <algorithm>
#include <cerrno>

namespace espalier {
namespace {

Result<void> checkChoice(const char* name, const std::string& value, std::initializer_list<std::string_view> known)
{
    if (std::find(known.begin(), known.end(), value) != known.end())
        return {};
    std::string list;
    for (const auto choice : known)
        list += (list.empty() ? "" : ", ") + std::string(choice);
    return Error{ErrorCode::InvalidArgument, "'" + std::string(name) + "' is '" + value + "'.", "Choose one of: " + list + ".", {}};
}

Result<void> checkOptions(const ReaderOptions& options)
{
    ESPALIER_CHECK(checkChoice("header", options.header, {"auto", "present", "absent"}));
    ESPALIER_CHECK(checkChoice("quoting", options.quoting, {"auto", "standard", "none"}));
    return checkChoice("task", options.task, {"auto", "single_label", "multi_label", "token_tags"});
}

struct Beginning {
    std::string bytes;
    bool complete = false;
};

/// Up to @p limit bytes. Damage behind the beginning is the reader's business.
Result<Beginning> readBeginning(ByteStream& stream, std::size_t limit)
{
    Beginning beginning;
    beginning.bytes.resize(std::min<std::size_t>(limit, std::size_t{1} << 16));
    for (std::size_t used = 0;;) {
        const auto count = stream.read(beginning.bytes.data() + used, beginning.bytes.size() - used);
        if (!count && used == 0)
            return count.error();
        used += count ? *count : 0;
        beginning.complete = count && *count == 0;
        if (!count || *count == 0 || used == limit) {
            beginning.bytes.resize(used);
            return beginning;
        }
        if (used == beginning.bytes.size())
            beginning.bytes.resize(std::min(limit, 4 * used));
    }
}

Result<std::string> compressionOf(const std::filesystem::path& path)
{
    ESPALIER_TRY(const auto stream, openByteStream(path, "none"));
    ESPALIER_TRY(const Beginning beginning, readBeginning(*stream, 16));
    return std::string(espalier::compressionOf(beginning.bytes));
}

/// For a folder: the encoding of its files is that of the first few taken together, which is what most folders have.
Result<DataSample> sampleFolder(const std::filesystem::path& path, const ReaderOptions& options)
{
    DataSample sample{.path = path, .folder = true, .complete = true};
    sample.compression = options.compression == "auto" ? "none" : options.compression;
    std::string texts;
    std::error_code ignored;
    int files = 0;
    for (auto it = std::filesystem::recursive_directory_iterator(path, ignored); it != std::filesystem::recursive_directory_iterator() && files < 50; it.increment(ignored))
        if (it->is_regular_file(ignored)) {
            ++files;
            if (auto stream = openByteStream(it->path(), "auto"))
                if (const auto beginning = readBeginning(**stream, std::size_t{1} << 16))
                    texts += beginning->bytes + "\n";
        }
    sample.encoding = options.encoding == "auto" ? findEncoding(texts, false) : options.encoding;
    return sample;
}

Result<const DataFormat*> likeliest(const DataSample& sample, double& confidence)
{
    const DataFormat* best = nullptr;
    for (const DataFormat& format : formatCatalog().members())
        if (const double sure = format.probe(sample); sure > confidence) {
            confidence = sure;
            best = &format;
        }
    if (best)
        return best;
    return Error{ErrorCode::InvalidFormat, "'" + sample.path.string() + "' is written in no format that is known.", "Choose the format by hand: csv, tsv, jsonl, conll, fasttext or folder.", {}};
}

} // namespace

Result<DataSample> takeSample(const std::filesystem::path& path, const ReaderOptions& options, std::size_t limit)
{
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored))
        return sampleFolder(path, options);
    DataSample sample{.path = path};
    sample.compression = options.compression;
    if (options.compression == "auto") {
        ESPALIER_TRY(sample.compression, compressionOf(path));
    }
    ESPALIER_TRY(auto raw, openByteStream(path, sample.compression));
    ESPALIER_TRY(Beginning beginning, readBeginning(*raw, limit));
    sample.complete = beginning.complete;
    sample.encoding = options.encoding == "auto" ? findEncoding(beginning.bytes, beginning.complete) : options.encoding;
    if (sample.encoding == "utf8") {
        sample.text = std::move(beginning.bytes);
        if (sample.text.starts_with("\xef\xbb\xbf"))
            sample.text.erase(0, 3);
        return sample;
    }
    ESPALIER_TRY(raw, openByteStream(path, sample.compression));
    ESPALIER_TRY(const auto decoded, decodedStream(std::move(raw), sample.encoding));
    ESPALIER_TRY(beginning, readBeginning(*decoded, limit));
    sample.text = std::move(beginning.bytes);
    sample.complete = beginning.complete;
    return sample;
}

Result<FileLayout> findFileLayout(const DataSample& sample, const ReaderOptions& options)
{
    ESPALIER_CHECK(checkOptions(options));
    FileLayout layout{.compression = sample.compression, .encoding = sample.encoding};
    const DataFormat* format = nullptr;
    if (options.format == "auto") {
        ESPALIER_TRY(format, likeliest(sample, layout.confidence));
    } else {
        const auto known = formatCatalog().get(options.format);
        if (!known)
            return Error{ErrorCode::InvalidArgument, "'format' is '" + options.format + "'.", "Choose one of: auto, csv, tsv, jsonl, conll, fasttext, folder.", {}};
        format = *known;
        layout.confidence = 1;
    }
    if (sample.folder != (format->id == "folder"))
        return Error{ErrorCode::InvalidArgument, "'" + sample.path.string() + "' is a " + (sample.folder ? "folder" : "file") + ", which the format " + format->id + " is not.",
                     sample.folder ? "Choose a file, or the format 'folder'." : "Choose a folder with a folder for each class, or another format.", {}};
    layout.format = format->id;
    ESPALIER_CHECK(format->findLayout(sample, options, layout));
    return layout;
}

} // namespace espalier
