// SPDX-License-Identifier: GPL-3.0-or-later
// Word lists: what unpacks is no longer than it may be, and every list that is packed comes back.
#include "engine/edge/coding/Checksum.h"
#include "engine/edge/coding/WordList.h"
#include "engine/exporting/WordListPacker.h"
#include "tests/fuzzing/FuzzTargets.h"

#include <cstring>

namespace espalier::fuzzing {
namespace {

constexpr std::size_t mostBytes = 1 << 16;

void checkRoundTrip(const std::vector<std::string>& words)
{
    const auto packed = packWords(words);
    if (!packed)
        return;
    const auto again = edge::unpackWords(std::as_bytes(std::span(*packed)), "It", mostBytes);
    require(again.ok() && *again == words, "what is packed is unpacked");
}

std::vector<std::string> linesOf(std::string_view text)
{
    std::vector<std::string> lines;
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    return lines;
}

/// With the checksum that fits, so that what stands behind it is read.
void mend(std::string& packed)
{
    std::size_t at = 0;
    for (int number = 0; number < 2; ++number)
        for (bool more = true; more && at < packed.size(); ++at)
            more = (static_cast<unsigned char>(packed[at]) & 0x80) != 0;
    if (at + 4 > packed.size())
        return;
    const std::uint32_t check = edge::checksumOf(std::as_bytes(std::span(packed)).subspan(at + 4));
    std::memcpy(packed.data() + at, &check, sizeof check);
}

} // namespace

bool runWordList(std::string_view input)
{
    if (input.empty())
        return false;
    std::string rest(input.substr(1));
    if (input.front() == 'L') {
        checkRoundTrip(linesOf(std::string_view(rest).substr(0, mostBytes)));
        return true;
    }
    mend(rest);
    const auto words = edge::unpackWords(std::as_bytes(std::span(rest)), "It", mostBytes);
    if (!words) {
        require(words.error().detail.starts_with("It "), "an error says what is wrong");
        return false;
    }
    std::size_t letters = 0;
    for (const std::string& word : *words)
        letters += word.size();
    require(letters <= mostBytes, "a list is no longer than allowed");
    checkRoundTrip(*words);
    return true;
}

} // namespace espalier::fuzzing
