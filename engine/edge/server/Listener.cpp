// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/server/Listener.h"

#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace espalier::edge {
namespace {

constexpr std::string_view unixPrefix = "unix:";
constexpr int backlog = 1024;

Error badAddress(const std::string& text)
{
    return {ErrorCode::InvalidArgument, "'" + text + "' is no address to listen at.", "Write 127.0.0.1:8080, [::1]:8080 or unix:/path/of/a/socket.", {}};
}

Result<ListenAddress> unixAddress(ListenAddress made)
{
    made.path = made.text.substr(unixPrefix.size());
    auto& address = reinterpret_cast<sockaddr_un&>(made.socket);
    if (made.path.empty() || made.path.size() >= sizeof address.sun_path)
        return badAddress(made.text);
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, made.path.c_str(), made.path.size() + 1);
    made.bytes = sizeof(sockaddr_un);
    return made;
}

/// Whether somebody listens at that Unix socket.
bool isAnswered(const ListenAddress& address)
{
    const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool answered = probe >= 0 && ::connect(probe, reinterpret_cast<const sockaddr*>(&address.socket), address.bytes) == 0;
    if (probe >= 0)
        ::close(probe);
    return answered;
}

/// The file of a server that was killed is in the way.
void removeStale(const ListenAddress& address)
{
    struct stat status{};
    if (::stat(address.path.c_str(), &status) == 0 && S_ISSOCK(status.st_mode) && !isAnswered(address))
        ::unlink(address.path.c_str());
}

} // namespace

Result<ListenAddress> ListenAddress::parse(const std::string& text)
{
    ListenAddress made;
    made.text = text;
    if (text.starts_with(unixPrefix))
        return unixAddress(std::move(made));
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos)
        return badAddress(text);
    std::string host = text.substr(0, colon);
    std::uint16_t port = 0;
    const auto read = std::from_chars(text.data() + colon + 1, text.data() + text.size(), port);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size())
        return badAddress(text);
    if (host == "localhost")
        host = "127.0.0.1";
    auto& four = reinterpret_cast<sockaddr_in&>(made.socket);
    auto& six = reinterpret_cast<sockaddr_in6&>(made.socket);
    if (::inet_pton(AF_INET, host.c_str(), &four.sin_addr) == 1) {
        four.sin_family = AF_INET;
        four.sin_port = htons(port);
        made.bytes = sizeof four;
        made.local = (ntohl(four.sin_addr.s_addr) >> 24) == 127;
        return made;
    }
    const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (!bracketed || ::inet_pton(AF_INET6, host.substr(1, host.size() - 2).c_str(), &six.sin6_addr) != 1)
        return badAddress(text);
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(port);
    made.bytes = sizeof six;
    made.local = IN6_IS_ADDR_LOOPBACK(&six.sin6_addr) != 0;
    return made;
}

Result<Listener> Listener::open(const ListenAddress& address)
{
    if (!address.path.empty())
        removeStale(address);
    Listener listener(::socket(address.socket.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), {});
    const int yes = 1;
    if (listener.m_descriptor < 0)
        return ioError("listen at", address.text, errno);
    if (address.path.empty())
        ::setsockopt(listener.m_descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (::bind(listener.m_descriptor, reinterpret_cast<const sockaddr*>(&address.socket), address.bytes) != 0)
        return ioError("listen at", address.text, errno);
    listener.m_path = address.path;
    if (::listen(listener.m_descriptor, backlog) != 0)
        return ioError("listen at", address.text, errno);
    listener.findUrl();
    return listener;
}

Listener::Listener(Listener&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)), m_path(std::exchange(other.m_path, {})), m_url(std::move(other.m_url))
{
}

void Listener::close()
{
    if (m_descriptor >= 0)
        ::close(std::exchange(m_descriptor, -1));
    if (!m_path.empty())
        ::unlink(std::exchange(m_path, {}).c_str());
}

void Listener::findUrl()
{
    if (!m_path.empty()) {
        m_url = "unix:" + m_path;
        return;
    }
    sockaddr_storage bound{};
    socklen_t bytes = sizeof bound;
    char host[INET6_ADDRSTRLEN] = {};
    ::getsockname(m_descriptor, reinterpret_cast<sockaddr*>(&bound), &bytes);
    if (bound.ss_family == AF_INET) {
        const auto& four = reinterpret_cast<const sockaddr_in&>(bound);
        m_url = std::string("http://") + ::inet_ntop(AF_INET, &four.sin_addr, host, sizeof host) + ":" + std::to_string(ntohs(four.sin_port));
    } else {
        const auto& six = reinterpret_cast<const sockaddr_in6&>(bound);
        m_url = std::string("http://[") + ::inet_ntop(AF_INET6, &six.sin6_addr, host, sizeof host) + "]:" + std::to_string(ntohs(six.sin6_port));
    }
}

} // namespace espalier::edge
