// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/BioTags.h"

#include "engine/data/ColumnChoice.h"
#include "engine/data/Scripts.h"
#include "engine/data/Utf8.h"

#include <algorithm>

namespace espalier {
namespace {

/// The last code point of @p text, which is well-formed and not empty.
char32_t lastCodePoint(std::string_view text)
{
    std::size_t begin = text.size() - 1;
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xc0) == 0x80)
        --begin;
    text.remove_prefix(begin);
    return takeCodePoint(text);
}

bool joinedBySpace(std::string_view before, std::string_view after)
{
    return !(writtenWithoutSpaces(lastCodePoint(before)) && writtenWithoutSpaces(takeCodePoint(after)));
}

bool usableWord(std::string_view word)
{
    return !word.empty() && isUtf8(word);
}

} // namespace

BioTag parseBioTag(std::string_view tag)
{
    tag = trimmed(tag);
    if (tag == "O")
        return {'O', {}};
    if (tag.size() < 3 || (tag[1] != '-' && tag[1] != '_'))
        return {};
    const char kind = tag[0] == 'L' ? 'E' : tag[0] == 'U' ? 'S' : tag[0];
    const bool known = kind == 'B' || kind == 'I' || kind == 'E' || kind == 'S';
    return known ? BioTag{kind, tag.substr(2)} : BioTag{};
}

Result<std::vector<std::string>> canonicalBio(const std::vector<std::string_view>& tags)
{
    std::vector<std::string> canonical;
    std::string_view open; // type of the entity that may go on
    for (const std::string_view tag : tags) {
        const BioTag parsed = parseBioTag(tag);
        if (parsed.kind == 0)
            return Error{ErrorCode::InvalidFormat, "its tag '" + std::string(tag) + "' is not one of BIO, BIOES or IOB1 (O, B-type, I-type...); write it so, or choose the column of the tags", {}, {}};
        if (parsed.kind == 'O') {
            canonical.emplace_back("O");
            open = {};
            continue;
        }
        const bool goesOn = (parsed.kind == 'I' || parsed.kind == 'E') && open == parsed.type;
        canonical.push_back((goesOn ? "I-" : "B-") + std::string(parsed.type));
        open = parsed.kind == 'E' || parsed.kind == 'S' ? std::string_view() : parsed.type;
    }
    return canonical;
}

std::string tagScheme(const std::vector<std::vector<std::string_view>>& sentences)
{
    bool ends = false;
    bool beginsInside = false;
    for (const auto& tags : sentences) {
        BioTag before{'O', {}};
        for (const std::string_view tag : tags) {
            const BioTag parsed = parseBioTag(tag);
            ends |= parsed.kind == 'E' || parsed.kind == 'S';
            beginsInside |= parsed.kind == 'I' && (before.kind == 'O' || before.type != parsed.type);
            before = parsed;
        }
    }
    return ends ? "BIOES" : beginsInside ? "IOB1" : "BIO";
}

std::string TaggedSentence::set(const std::vector<std::string_view>& words, const std::vector<std::string_view>& tags, ReadRow& row)
{
    if (words.size() != tags.size())
        return "it has " + std::to_string(words.size()) + " words but " + std::to_string(tags.size()) + " tags; write a tag for each word";
    if (!std::all_of(words.begin(), words.end(), usableWord))
        return "a word of it is empty or not well-formed text; take it out, or choose the encoding that the file has";
    auto canonical = canonicalBio(tags);
    if (!canonical)
        return canonical.error().detail;
    m_tags = std::move(*canonical);
    m_text.clear();
    row.words.clear();
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0 && joinedBySpace(words[i - 1], words[i]))
            m_text += ' ';
        const auto begin = static_cast<std::uint32_t>(m_text.size());
        m_text += words[i];
        row.words.push_back({begin, static_cast<std::uint32_t>(m_text.size())});
    }
    row.text = m_text;
    row.labels.assign(m_tags.begin(), m_tags.end());
    return {};
}

} // namespace espalier
