// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/server/Http.h"

#include "engine/core/Json.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace espalier::edge {
namespace {

constexpr std::string_view lineEnd = "\r\n";
constexpr std::string_view headEnd = "\r\n\r\n";

constexpr std::array<std::pair<int, std::string_view>, 15> reasons{{{200, "OK"},
                                                                    {400, "Bad Request"},
                                                                    {401, "Unauthorized"},
                                                                    {403, "Forbidden"},
                                                                    {404, "Not Found"},
                                                                    {405, "Method Not Allowed"},
                                                                    {408, "Request Timeout"},
                                                                    {411, "Length Required"},
                                                                    {413, "Content Too Large"},
                                                                    {415, "Unsupported Media Type"},
                                                                    {431, "Request Header Fields Too Large"},
                                                                    {500, "Internal Server Error"},
                                                                    {501, "Not Implemented"},
                                                                    {503, "Service Unavailable"},
                                                                    {505, "HTTP Version Not Supported"}}};

std::string_view reasonOf(int status)
{
    const auto found = std::find_if(reasons.begin(), reasons.end(), [&](const auto& one) { return one.first == status; });
    return found == reasons.end() ? std::string_view("Unknown") : found->second;
}

bool isTokenCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool isToken(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

std::string lower(std::string_view text)
{
    std::string made(text);
    for (char& c : made)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return made;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

/// What a value may hold: no control character but the tab.
bool isFieldValue(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) || c == '\t'; });
}

/// Whether the list @p value, with commas between, names @p option.
bool lists(std::string_view value, std::string_view option)
{
    for (;;) {
        const std::size_t comma = std::min(value.find(','), value.size());
        if (lower(trimmed(value.substr(0, comma))) == option)
            return true;
        if (comma == value.size())
            return false;
        value.remove_prefix(comma + 1);
    }
}

} // namespace

std::string_view HttpRequest::header(std::string_view name) const
{
    for (const auto& [known, value] : headers)
        if (known == name)
            return value;
    return {};
}

HttpResponse errorResponse(int status, std::string_view message)
{
    return {.status = status, .body = dumpJson({{"error", std::string(message)}}) + "\n"};
}

std::string serialize(const HttpResponse& response, bool keepAlive, bool head)
{
    std::string text = "HTTP/1.1 " + std::to_string(response.status) + " " + std::string(reasonOf(response.status)) + "\r\n";
    text += "Content-Type: " + response.contentType + "\r\nContent-Length: " + std::to_string(response.body.size()) + "\r\n";
    for (const auto& [name, value] : response.headers)
        text += name + ": " + value + "\r\n";
    text += keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    return head ? text : text + response.body;
}

std::optional<HttpRequest> HttpReader::fail(int status, std::string_view message)
{
    m_failure = errorResponse(status, message);
    m_request.reset();
    m_bytes.clear();
    return std::nullopt;
}

std::optional<HttpRequest> HttpReader::next()
{
    if (m_failure)
        return std::nullopt;
    if (!m_request) {
        while (m_bytes.starts_with(lineEnd)) // some clients send one behind a body
            m_bytes.erase(0, lineEnd.size());
        const std::size_t end = m_bytes.find(headEnd);
        if (end == std::string::npos ? m_bytes.size() > maxHead : end > maxHead)
            return fail(431, "The request's head is longer than 16 KiB.");
        if (end == std::string::npos)
            return std::nullopt;
        if (!readHead(std::string_view(m_bytes).substr(0, end)))
            return std::nullopt;
        m_bytes.erase(0, end + headEnd.size());
        m_continue = m_bytes.size() < m_bodyBytes && lists(m_request->header("expect"), "100-continue");
    }
    if (m_bytes.size() < m_bodyBytes)
        return std::nullopt;
    m_continue = false;
    m_request->body = m_bytes.substr(0, m_bodyBytes);
    m_bytes.erase(0, m_bodyBytes);
    return std::exchange(m_request, std::nullopt);
}

/// False: m_failure says why.
bool HttpReader::readHead(std::string_view head)
{
    m_request.emplace();
    const std::size_t first = std::min(head.find(lineEnd), head.size());
    if (!readStartLine(head.substr(0, first)))
        return false;
    head.remove_prefix(std::min(head.size(), first + lineEnd.size()));
    while (!head.empty()) {
        const std::size_t end = std::min(head.find(lineEnd), head.size());
        if (!readField(head.substr(0, end)))
            return false;
        head.remove_prefix(std::min(head.size(), end + lineEnd.size()));
    }
    return readLength();
}

bool HttpReader::readStartLine(std::string_view line)
{
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last || !isToken(line.substr(0, first)))
        return fail(400, "The request line is not one of HTTP/1.1.").has_value();
    const std::string_view target = line.substr(first + 1, last - first - 1);
    const std::string_view version = line.substr(last + 1);
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
        return fail(version.starts_with("HTTP/") ? 505 : 400, "Only HTTP/1.1 is spoken here.").has_value();
    if (!target.starts_with('/') || !isFieldValue(target) || target.find(' ') != std::string_view::npos)
        return fail(400, "The request's target is not a path.").has_value();
    m_request->method = line.substr(0, first);
    m_request->path = target.substr(0, target.find('?'));
    m_request->keepAlive = version == "HTTP/1.1";
    return true;
}

bool HttpReader::readField(std::string_view line)
{
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !isToken(line.substr(0, colon)) || !isFieldValue(line.substr(colon + 1)))
        return fail(400, "A header field is not 'Name: value'.").has_value();
    std::string name = lower(line.substr(0, colon));
    const bool once = name == "content-length" || name == "host" || name == "authorization";
    if (once && std::any_of(m_request->headers.begin(), m_request->headers.end(), [&](const auto& field) { return field.first == name; }))
        return fail(400, "The header field '" + name + "' is given twice.").has_value();
    m_request->headers.emplace_back(std::move(name), trimmed(line.substr(colon + 1)));
    return true;
}

bool HttpReader::readLength()
{
    const bool newer = m_request->keepAlive; // HTTP/1.1
    if (newer && m_request->header("host").empty())
        return fail(400, "The header field 'host' is missing.").has_value();
    const std::string_view connection = m_request->header("connection");
    m_request->keepAlive = lists(connection, "keep-alive") || (newer && !lists(connection, "close"));
    if (!m_request->header("transfer-encoding").empty())
        return fail(501, "Transfer-Encoding is not understood: send a Content-Length.").has_value();
    const std::string_view length = m_request->header("content-length");
    m_bodyBytes = 0;
    if (length.empty())
        return m_request->method != "POST" || fail(411, "A POST needs a Content-Length.").has_value();
    const auto read = std::from_chars(length.data(), length.data() + length.size(), m_bodyBytes);
    if (read.ec == std::errc::result_out_of_range || (read.ec == std::errc() && m_bodyBytes > maxBody))
        return fail(413, "The request's body is larger than 1 MiB.").has_value();
    if (read.ec != std::errc() || read.ptr != length.data() + length.size())
        return fail(400, "Content-Length is not a number.").has_value();
    return true;
}

} // namespace espalier::edge
