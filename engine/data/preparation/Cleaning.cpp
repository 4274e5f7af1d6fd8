// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/LengthCounter.h"
#include "engine/data/Scripts.h"
#include "engine/data/Utf8.h"
#include "engine/data/preparation/Markup.h"
#include "engine/data/preparation/Preparation.h"
#include "engine/tokenizers/NormalizedText.h"

namespace espalier {
namespace {

bool isControl(char32_t c)
{
    const bool control = (c < 0x20 && !isSpace(c)) || (c >= 0x7f && c < 0xa0 && c != 0x85);
    // Zero-width space, directional marks, soft hyphen, byte order mark. The joiners stay: scripts and emoji need them.
    return control || c == 0xad || c == 0x200b || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || c == 0x2060 || c == 0xfeff;
}

std::string normalized(std::string_view text, const std::string& form)
{
    if (form == "none")
        return std::string(text);
    std::string result;
    NormalizedText units(text, {.compose = true, .compatibility = form == "nfkc", .foldCase = false});
    for (NormalizedUnit unit; units.next(unit);)
        appendUtf8(result, unit.codePoint < 0 ? U'\ufffd' : static_cast<char32_t>(unit.codePoint));
    return result;
}

/// Characters out, and white space collapsed.
std::string tidied(std::string_view text, const CleanOptions& options)
{
    std::string result;
    bool space = false;
    while (!text.empty()) {
        const char32_t c = takeCodePoint(text);
        if (options.controls && isControl(c))
            continue;
        if (options.spaces && isSpace(c)) {
            space = !result.empty();
            continue;
        }
        if (space)
            result += ' ';
        space = false;
        appendUtf8(result, c);
    }
    return result;
}

/// Cleans words one by one, so that each keeps its tag; a word of which nothing would be left stays as it is.
Example cleanedWords(const Example& example, const CleanOptions& options)
{
    Example cleaned{.text = {}, .labels = example.labels, .words = {}, .group = example.group};
    std::uint32_t before = 0;
    for (const TextSpan& word : example.words) {
        const std::string_view gap = std::string_view(example.text).substr(before, word.begin - before);
        cleaned.text += options.spaces && !gap.empty() ? std::string(cleaned.words.empty() ? "" : " ") : std::string(gap);
        const std::string own = example.text.substr(word.begin, word.end - word.begin);
        const std::string clean = tidied(normalized(own, options.unicodeForm), options);
        const auto begin = static_cast<std::uint32_t>(cleaned.text.size());
        cleaned.text += clean.empty() ? own : clean;
        cleaned.words.push_back({begin, static_cast<std::uint32_t>(cleaned.text.size())});
        before = word.end;
    }
    return cleaned;
}

std::string lengthProblem(std::string_view text, const CleanOptions& options)
{
    const std::int64_t length = lengthOf(text).characters;
    if (length == 0)
        return "nothing is left of it after cleaning";
    if (length < options.shortest)
        return "it has fewer than " + std::to_string(options.shortest) + " characters after cleaning";
    return options.longest > 0 && length > options.longest ? "it has more than " + std::to_string(options.longest) + " characters after cleaning" : "";
}

Result<std::size_t> cleanPart(const ExampleTable& part, const std::string& name, const CleanOptions& options, RowStoreBuilder& builder, RejectedRows& rejected,
                              RunContext& context)
{
    std::int64_t row = 0;
    std::size_t kept = 0;
    for (const Example& example : part) {
        if (row++ % 4096 == 0) {
            if (context.cancelled())
                return cancelledError();
            context.progress({"Cleaning texts", row, static_cast<std::int64_t>(part.size()), "rows"});
        }
        Example cleaned = example.words.empty() ? Example{.text = cleanText(example.text, options), .labels = example.labels, .words = {}, .group = example.group}
                                                : cleanedWords(example, options);
        if (std::string problem = lengthProblem(cleaned.text, options); !problem.empty()) {
            rejected.push_back({name, row, std::move(problem)});
            continue;
        }
        ESPALIER_CHECK(builder.add(cleaned));
        ++kept;
    }
    return kept;
}

} // namespace

std::string cleanText(std::string_view text, const CleanOptions& options)
{
    std::string cleaned(text);
    if (options.stripHtml)
        cleaned = withoutHtml(cleaned);
    if (options.urls != "keep")
        cleaned = withoutUrls(cleaned, options.urls == "replace" ? options.urlToken : "");
    return tidied(normalized(cleaned, options.unicodeForm), options);
}

Result<Dataset> cleanDataset(const Dataset& dataset, const CleanOptions& options, const std::filesystem::path& spillFolder, RunContext& context)
{
    if (options.longest > 0 && options.longest < options.shortest)
        return Error{ErrorCode::InvalidArgument, "The longest text allowed is shorter than the shortest.", "Make the greatest length at least the least one.", {}};
    Dataset cleaned{.train = {}, .validation = {}, .test = {}, .rejected = dataset.rejected, .task = dataset.task};
    RowStoreBuilder builder(spillFolder);
    ESPALIER_TRY(const std::size_t train, cleanPart(dataset.train, "train", options, builder, cleaned.rejected, context));
    ESPALIER_TRY(const std::size_t validation, cleanPart(dataset.validation, "validation", options, builder, cleaned.rejected, context));
    ESPALIER_TRY(const std::size_t test, cleanPart(dataset.test, "test", options, builder, cleaned.rejected, context));
    ESPALIER_TRY(const auto store, builder.finish());
    cleaned.train = ExampleTable(store, 0, train);
    cleaned.validation = ExampleTable(store, static_cast<std::uint32_t>(train), validation);
    cleaned.test = ExampleTable(store, static_cast<std::uint32_t>(train + validation), test);
    return cleaned;
}

} // namespace espalier
