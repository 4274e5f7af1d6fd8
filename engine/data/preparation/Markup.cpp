// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/preparation/Markup.h"

#include "engine/data/Utf8.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

namespace espalier {
namespace {

constexpr std::size_t nowhere = std::string_view::npos;
constexpr std::size_t longestTag = 4096;

/// The references that texts from the web are full of (HTML 5, named character references).
constexpr std::array<std::pair<std::string_view, char32_t>, 29> named{{{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", ' '},
    {"hellip", 0x2026}, {"mdash", 0x2014}, {"ndash", 0x2013}, {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"ldquo", 0x201c}, {"rdquo", 0x201d}, {"laquo", 0xab}, {"raquo", 0xbb},
    {"copy", 0xa9}, {"reg", 0xae}, {"trade", 0x2122}, {"euro", 0x20ac}, {"pound", 0xa3}, {"yen", 0xa5}, {"cent", 0xa2}, {"deg", 0xb0}, {"middot", 0xb7}, {"bull", 0x2022},
    {"times", 0xd7}, {"auml", 0xe4}, {"ouml", 0xf6}, {"uuml", 0xfc}}};

bool startsWithoutCase(std::string_view text, std::string_view lower)
{
    return text.size() >= lower.size() &&
           std::equal(lower.begin(), lower.end(), text.begin(), [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b); });
}

/// Bytes of the tag, comment, script or style at the front of @p text; 0 when there is none.
std::size_t tagLength(std::string_view text)
{
    const auto upTo = [&](std::string_view end) { const auto at = text.find(end); return at == nowhere ? std::size_t{0} : at + end.size(); };
    if (text.starts_with("<!--"))
        return upTo("-->");
    for (const std::string_view name : {"script", "style"})
        if (startsWithoutCase(text.substr(1), name)) {
            for (std::size_t at = text.find("</"); at != nowhere; at = text.find("</", at + 2))
                if (startsWithoutCase(text.substr(at + 2), name))
                    return std::min(text.find('>', at), text.size() - 1) + 1;
        }
    const char second = text.size() > 1 ? text[1] : ' ';
    const bool opens = (second >= 'a' && second <= 'z') || (second >= 'A' && second <= 'Z') || second == '/' || second == '!';
    const std::size_t end = opens ? text.substr(0, longestTag).find('>') : nowhere;
    return end == nowhere ? 0 : end + 1;
}

/// The character that the reference at the front of @p text stands for, and its bytes; 0 bytes when it is none.
std::pair<char32_t, std::size_t> reference(std::string_view text)
{
    const std::size_t end = text.substr(0, 12).find(';');
    if (end == nowhere || end < 2)
        return {0, 0};
    const std::string_view name = text.substr(1, end - 1);
    if (name[0] != '#') {
        const auto it = std::find_if(named.begin(), named.end(), [&](const auto& entry) { return entry.first == name; });
        return it == named.end() ? std::pair<char32_t, std::size_t>{0, 0} : std::pair{it->second, end + 1};
    }
    const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    const std::string_view digits = name.substr(hex ? 2 : 1);
    std::uint32_t value = 0;
    const auto [stop, status] = std::from_chars(digits.data(), digits.data() + digits.size(), value, hex ? 16 : 10);
    const bool scalar = value > 0 && value <= 0x10ffff && (value < 0xd800 || value > 0xdfff);
    if (status != std::errc{} || stop != digits.data() + digits.size() || !scalar)
        return {0, 0};
    return {static_cast<char32_t>(value), end + 1};
}

bool endsUrl(char c)
{
    return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '<' || c == '>' || c == '[' || c == ']' || c == '{' || c == '}';
}

std::size_t urlLength(std::string_view text)
{
    const bool begins = startsWithoutCase(text, "http://") || startsWithoutCase(text, "https://") || startsWithoutCase(text, "www.");
    if (!begins)
        return 0;
    auto length = static_cast<std::size_t>(std::find_if(text.begin(), text.end(), endsUrl) - text.begin());
    while (length > 0 && std::string_view(".,;:!?)'").find(text[length - 1]) != nowhere)
        --length;
    return length;
}

} // namespace

std::string withoutHtml(std::string_view text)
{
    std::string result;
    while (!text.empty()) {
        const std::size_t plain = std::min(text.find_first_of("<&"), text.size());
        result += text.substr(0, plain);
        text.remove_prefix(plain);
        if (text.empty())
            break;
        if (const std::size_t length = text[0] == '<' ? tagLength(text) : 0; length > 0) {
            result += ' '; // <br> and </p> part words
            text.remove_prefix(length);
        } else if (const auto [character, bytes] = text[0] == '&' ? reference(text) : std::pair<char32_t, std::size_t>{0, 0}; bytes > 0) {
            appendUtf8(result, character);
            text.remove_prefix(bytes);
        } else {
            result += text[0];
            text.remove_prefix(1);
        }
    }
    return result;
}

std::string withoutUrls(std::string_view text, std::string_view replacement)
{
    std::string result;
    bool atWord = true;
    while (!text.empty()) {
        if (const std::size_t length = atWord ? urlLength(text) : 0; length > 0) {
            result += replacement;
            text.remove_prefix(length);
            atWord = false;
            continue;
        }
        const char c = text[0];
        atWord = !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
        result += c;
        text.remove_prefix(1);
    }
    return result;
}

} // namespace espalier
