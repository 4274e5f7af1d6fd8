// SPDX-License-Identifier: GPL-3.0-or-later
// HttpClient: one connection to a server of ours, blocking, for tests.
#pragma once

#include "engine/edge/server/Listener.h"

#include <algorithm>
#include <string>

#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace espalier::test {

class HttpClient {
public:
    struct Response {
        int status = 0; ///< 0: the connection ended before one came
        std::string head;
        std::string body;
    };

    /// "http://127.0.0.1:8080" or "unix:/path".
    explicit HttpClient(const std::string& url)
    {
        const std::string http = "http://";
        const auto address = edge::ListenAddress::parse(url.starts_with(http) ? url.substr(http.size()) : url);
        m_socket = ::socket(address->socket.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const timeval patience{60, 0};
        ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        if (::connect(m_socket, reinterpret_cast<const sockaddr*>(&address->socket), address->bytes) != 0)
            ::shutdown(m_socket, SHUT_RDWR);
    }
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;
    ~HttpClient() { ::close(m_socket); }

    static std::string postText(const std::string& path, const std::string& body, const std::string& headers = {})
    {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + headers + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }
    Response post(const std::string& path, const std::string& body, const std::string& headers = {}) { return raw(postText(path, body, headers)); }
    Response get(const std::string& path) { return raw("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n"); }
    Response raw(const std::string& bytes)
    {
        send(bytes);
        return receive();
    }

    void send(const std::string& bytes)
    {
        for (std::size_t sent = 0; sent < bytes.size();) {
            const ssize_t count = ::send(m_socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
            if (count <= 0)
                return;
            sent += static_cast<std::size_t>(count);
        }
    }

    Response receive()
    {
        Response response;
        std::size_t end = 0;
        while ((end = m_bytes.find("\r\n\r\n")) == std::string::npos)
            if (!more())
                return response;
        response.head = m_bytes.substr(0, end);
        m_bytes.erase(0, end + 4);
        const std::size_t length = std::stoul(response.head.substr(response.head.find("Content-Length: ") + 16));
        while (m_bytes.size() < length)
            if (!more())
                return response;
        response.body = m_bytes.substr(0, length);
        m_bytes.erase(0, length);
        response.status = std::stoi(response.head.substr(9, 3));
        return response;
    }

    /// Waits for the server to close.
    bool isClosed() { return !more(); }

private:
    bool more()
    {
        char bytes[4096];
        const ssize_t count = ::recv(m_socket, bytes, sizeof bytes, 0);
        m_bytes.append(bytes, static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
        return count > 0;
    }

    int m_socket;
    std::string m_bytes;
};

} // namespace espalier::test
