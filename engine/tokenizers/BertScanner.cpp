// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/BertScanner.h"

#include "engine/tokenizers/unicode/CharacterClass.h"

namespace espalier {
namespace {

constexpr std::int32_t rememberedCodePoints = 0x20000; // both planes in which living scripts and emoji are

/// Whether the canonical decomposition leaves @p codePoint as it is, in its place.
bool isOwnForm(std::int32_t codePoint)
{
    PreTokenized work;
    std::string alone;
    unicode::append(alone, codePoint);
    work.text.appendOriginal(alone, 0);
    unicode::appendForm(work.text, unicode::Form::Nfd, work.units, work.spare);
    return work.spare.view() == alone && work.units.front().combiningClass == 0;
}

} // namespace

BertScanner::BertScanner(const BertOptions* options)
{
    m_changes = options != nullptr;
    if (options)
        m_options = *options;
    for (std::int32_t c = 0; c < 128; ++c) {
        const bool capital = c >= 'A' && c <= 'Z';
        const auto index = static_cast<std::size_t>(c);
        m_ascii[index] = capital ? Kind::Word : kindOf(c);
        m_lower[index] = static_cast<char>(capital && m_changes && m_options.lowercase ? c + ('a' - 'A') : c);
    }
}

BertScanner::Kind BertScanner::kindOf(std::int32_t codePoint) const
{
    constexpr std::int32_t replacementCharacter = 0xfffd;
    const bool clean = m_changes && m_options.cleanText;
    if (clean && (codePoint == 0 || codePoint == replacementCharacter || unicode::isControl(codePoint)))
        return Kind::Hard;
    if (unicode::isWhitespace(codePoint))
        return Kind::Space;
    std::int32_t lower[2];
    if (m_changes && m_options.lowercase && (unicode::lowerCase(codePoint, lower) != 1 || lower[0] != codePoint))
        return Kind::Hard;
    if (m_changes && m_options.stripAccents && codePoint >= 0x80 && (unicode::isNonspacingMark(codePoint) || !isOwnForm(codePoint)))
        return Kind::Hard;
    const bool apart = m_changes && m_options.separateIdeographs && unicode::isIdeograph(codePoint);
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
