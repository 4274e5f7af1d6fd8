// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/server/Connection.h"

#include <array>
#include <cerrno>

#include <sys/socket.h>
#include <unistd.h>

namespace espalier::edge {

Connection::~Connection()
{
    ::close(m_descriptor);
}

bool Connection::receive()
{
    std::array<char, 16 * 1024> bytes;
    const ssize_t count = ::recv(m_descriptor, bytes.data(), bytes.size(), 0); // more is told again
    if (count < 0)
        return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
    m_ended = count == 0;
    if (failure())
        return true; // what follows a request that was refused is not read
    if (!m_reader.midway())
        m_since = Clock::now();
    m_reader.feed({bytes.data(), static_cast<std::size_t>(count)});
    return true;
}

std::optional<HttpRequest> Connection::next()
{
    if (m_answering || sending() || m_closing)
        return std::nullopt;
    auto request = m_reader.next();
    if (m_reader.takeContinue())
        m_out += "HTTP/1.1 100 Continue\r\n\r\n";
    if (!request)
        return std::nullopt;
    m_answering = true;
    m_used = true;
    m_keepAlive = request->keepAlive;
    m_head = request->method == "HEAD";
    m_since = Clock::now();
    return request;
}

bool Connection::respond(const HttpResponse& response, bool keepAlive)
{
    m_out += serialize(response, keepAlive, m_head);
    m_answering = false;
    m_closing = !keepAlive;
    m_since = Clock::now();
    return send();
}

bool Connection::send()
{
    while (sending()) {
        const ssize_t count = ::send(m_descriptor, m_out.data() + m_sent, m_out.size() - m_sent, MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errno == EAGAIN || errno == EWOULDBLOCK;
        m_sent += static_cast<std::size_t>(count);
        m_since = Clock::now();
    }
    m_out.clear();
    m_sent = 0;
    if (m_closing && failure())
        ::shutdown(m_descriptor, SHUT_WR);
    return true;
}

} // namespace espalier::edge
