// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/BertScanner.h"

#include "engine/tokenizers/unicode/CharacterClass.h"

#include <algorithm>

namespace espalier {
namespace {

constexpr std::int32_t rememberedCodePoints = 0x20000; // both planes in which living scripts and emoji are

/// Whether @p form leaves @p codePoint as it is, in its place, whatever stands before it.
bool isOwnForm(std::int32_t codePoint, unicode::Form form)
{
    if (unicode::joinsPrevious(codePoint))
        return false;
    PreTokenized work;
    std::string alone;
    unicode::append(alone, codePoint);
    work.text.appendOriginal(alone, 0);
    unicode::appendForm(work.text, form, work.units, work.spare);
    return work.spare.view() == alone && work.units.front().combiningClass == 0;
}

std::optional<unicode::Form> formFromName(std::string_view name)
{
    constexpr std::array<std::string_view, 4> names{"NFC", "NFD", "NFKC", "NFKD"};
    const auto it = std::find(names.begin(), names.end(), name);
    return it == names.end() ? std::nullopt : std::optional(static_cast<unicode::Form>(it - names.begin()));
}

} // namespace

std::optional<BertScanner> BertScanner::create(const Json& normalizer, const Json& preTokenizer)
{
    BertScanner scanner;
    if (!preTokenizer.is_object() || preTokenizer["type"] != "BertPreTokenizer")
        return std::nullopt;
    const bool sequence = normalizer.is_object() && normalizer["type"] == "Sequence";
    const Json parts = sequence ? normalizer["normalizers"] : normalizer.is_null() ? Json::array() : Json::array({normalizer});
    if (parts.size() > 2 || (parts.size() == 2 && !formFromName(parts[0]["type"].get<std::string>())))
        return std::nullopt;
    for (const Json& part : parts)
        if (!scanner.takeNormalizer(part))
            return std::nullopt;
    scanner.fillTables();
    return scanner;
}

/// @p part is what a normaliser's toJson() wrote. False when the scanner cannot do it.
bool BertScanner::takeNormalizer(const Json& part)
{
    const auto type = part["type"].get<std::string>();
    if (type == "BertNormalizer")
        m_options = {part["clean_text"].get<bool>(), part["handle_chinese_chars"].get<bool>(), part["strip_accents"].get<bool>(), part["lowercase"].get<bool>()};
    else if (type == "Lowercase")
        m_options.lowercase = true;
    else if (!m_form)
        m_form = formFromName(type);
    else
        return false; // two forms
    return type == "BertNormalizer" || type == "Lowercase" || m_form.has_value();
}

void BertScanner::fillTables()
{
    for (std::int32_t c = 0; c < 128; ++c) {
        const bool capital = c >= 'A' && c <= 'Z';
        const auto index = static_cast<std::size_t>(c);
        m_ascii[index] = capital ? Kind::Word : kindOf(c);
        m_lower[index] = static_cast<char>(capital && m_options.lowercase ? c + ('a' - 'A') : c);
    }
}

BertScanner::Kind BertScanner::kindOf(std::int32_t codePoint) const
{
    constexpr std::int32_t replacementCharacter = 0xfffd;
    if (m_options.cleanText && (codePoint == 0 || codePoint == replacementCharacter || unicode::isControl(codePoint)))
        return Kind::Hard;
    if (unicode::isWhitespace(codePoint))
        return Kind::Space;
    std::int32_t lower[2];
    if (m_options.lowercase && (unicode::lowerCase(codePoint, lower) != 1 || lower[0] != codePoint))
        return Kind::Hard;
    if (codePoint >= 0x80 && ((m_form && !isOwnForm(codePoint, *m_form)) || (m_options.stripAccents && !isOwnForm(codePoint, unicode::Form::Nfd))))
        return Kind::Hard;
    const bool apart = m_options.separateIdeographs && unicode::isIdeograph(codePoint);
    return apart || unicode::isPunctuation(codePoint) ? Kind::Alone : Kind::Word;
}

BertScanner::Kind BertScanner::kindAt(std::string_view text, std::size_t at, Memory& memory) const
{
    const std::int32_t codePoint = unicode::decode(text.substr(at));
    if (codePoint < 128)
        return m_ascii[static_cast<std::size_t>(codePoint)];
    if (codePoint >= rememberedCodePoints)
        return Kind::Hard;
    if (memory.empty())
        memory.resize(static_cast<std::size_t>(rememberedCodePoints));
    Kind& kind = memory[static_cast<std::size_t>(codePoint)];
    if (kind == Kind::Unasked)
        kind = kindOf(codePoint);
    return kind;
}

} // namespace espalier
