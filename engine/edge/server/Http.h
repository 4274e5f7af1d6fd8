// SPDX-License-Identifier: Apache-2.0
// HTTP/1.1 requests and responses (RFC 9112), as much of it as a small server needs: bodies have a length, there are no upgrades. What comes in is hostile
// until it was read: what is not understood is answered with a status, never guessed.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace espalier::edge {

struct HttpRequest {
    std::string method;
    std::string path; ///< without what follows a '?'
    std::vector<std::pair<std::string, std::string>> headers; ///< names in lower case
    std::string body;
    bool keepAlive = true;

    /// Empty where there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

struct HttpResponse {
    int status = 200;
    std::string body;
    std::string contentType = "application/json";
    std::vector<std::pair<std::string, std::string>> headers = {};
};

/// {"error": "..."} with that status.
HttpResponse errorResponse(int status, std::string_view message);

/// As it goes over the wire. @p head: without its body, as HEAD asks.
std::string serialize(const HttpResponse& response, bool keepAlive, bool head = false);

/// Takes the bytes of one connection as they come, and gives whole requests.
class HttpReader {
public:
    static constexpr std::size_t maxHead = 16 * 1024;
    static constexpr std::size_t maxBody = std::size_t{1} << 20;

    void feed(std::string_view bytes) { m_bytes.append(bytes); }
    /// Some bytes of a request that is not whole yet.
    [[nodiscard]] bool midway() const { return !m_bytes.empty(); }
    /// The next whole request, once; what follows it stays for the next call. Nothing: more must come, or failure() says why none will.
    std::optional<HttpRequest> next();
    /// Of a request that cannot be read: the connection is to be closed behind it.
    [[nodiscard]] const std::optional<HttpResponse>& failure() const { return m_failure; }
    /// True once where the client waits to be told that it may send its body.
    bool takeContinue() { return std::exchange(m_continue, false); }

private:
    std::optional<HttpRequest> fail(int status, std::string_view message);
    bool readHead(std::string_view head);
    bool readStartLine(std::string_view line);
    bool readField(std::string_view line);
    bool readLength();

    std::string m_bytes;
    std::optional<HttpRequest> m_request; ///< whose head was read, and whose body is awaited
    std::size_t m_bodyBytes = 0;
    std::optional<HttpResponse> m_failure;
    bool m_continue = false;
};

} // namespace espalier::edge
