// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/TcpConnector.h"

#include <cerrno>
#include <cstring>
#include <future>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <vector>

namespace espalier {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds pollInterval{100};

struct Address {
    int family = AF_UNSPEC;
    sockaddr_storage storage{};
    socklen_t length = 0;
};

struct Lookup {
    int status = 0;
    std::vector<Address> addresses;
};

Lookup lookUp(const std::string& host, const std::string& service)
{
    Lookup lookup;
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    lookup.status = ::getaddrinfo(host.c_str(), service.c_str(), &hints, &list);
    for (const addrinfo* each = list; lookup.status == 0 && each; each = each->ai_next) {
        Address address;
        address.family = each->ai_family;
        address.length = each->ai_addrlen;
        std::memcpy(&address.storage, each->ai_addr, each->ai_addrlen);
        lookup.addresses.push_back(address);
    }
    if (list)
        ::freeaddrinfo(list);
    return lookup;
}

/// A name server may take half a minute and cannot be interrupted, so the question is asked on a thread of its own.
Result<std::vector<Address>> addressesOf(const std::string& host, int port, const RunContext& context)
{
    std::packaged_task<Lookup()> task([host, port] { return lookUp(host, std::to_string(port)); });
    std::future<Lookup> answer = task.get_future();
    std::thread(std::move(task)).detach();
    while (answer.wait_for(pollInterval) != std::future_status::ready)
        if (context.cancelled())
            return cancelledError();
    Lookup lookup = answer.get();
    if (lookup.status != 0)
        return Error{ErrorCode::Network, "The host '" + host + "' was not found: " + ::gai_strerror(lookup.status) + ".",
                     "Check the host name of the device and this computer's network.", {}};
    return std::move(lookup.addresses);
}

void setOption(int socket, int level, int option, int value)
{
    // Each of these improves how soon trouble is noticed; a system without one still works.
    (void)::setsockopt(socket, level, option, &value, sizeof value);
}

void tune(int socket)
{
    setOption(socket, IPPROTO_TCP, TCP_NODELAY, 1);
    setOption(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
    setOption(socket, IPPROTO_TCP, TCP_KEEPIDLE, 10);
    setOption(socket, IPPROTO_TCP, TCP_KEEPINTVL, 5);
    setOption(socket, IPPROTO_TCP, TCP_KEEPCNT, 4);
    setOption(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, 30000);
}

/// 0 when connected, else errno; ECANCELED when the user asked to stop.
int waitConnected(int socket, std::chrono::milliseconds timeLimit, const RunContext& context)
{
    const auto deadline = Clock::now() + timeLimit;
    while (Clock::now() < deadline) {
        if (context.cancelled())
            return ECANCELED;
        pollfd polled{socket, POLLOUT, 0};
        if (::poll(&polled, 1, static_cast<int>(pollInterval.count())) <= 0)
            continue;
        int failure = 0;
        socklen_t size = sizeof failure;
        return ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &failure, &size) == 0 ? failure : errno;
    }
    return ETIMEDOUT;
}

int connectTo(const Address& address, FileDescriptor& socket, std::chrono::milliseconds timeLimit, const RunContext& context)
{
    socket = FileDescriptor(::socket(address.family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket.valid())
        return errno;
    tune(socket.get());
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address.storage), address.length) == 0)
        return 0;
    return errno == EINPROGRESS ? waitConnected(socket.get(), timeLimit, context) : errno;
}

} // namespace

Result<FileDescriptor> connectTcp(const std::string& host, int port, std::chrono::milliseconds timeLimit, const RunContext& context)
{
    ESPALIER_TRY(const std::vector<Address> addresses, addressesOf(host, port, context));
    int failure = EADDRNOTAVAIL;
    for (const Address& address : addresses) {
        FileDescriptor socket;
        failure = connectTo(address, socket, timeLimit, context);
        if (failure == 0)
            return socket;
        if (failure == ECANCELED)
            return cancelledError();
    }
    return Error{ErrorCode::Network, host + " port " + std::to_string(port) + " could not be reached: " + std::strerror(failure) + ".",
                 "Check that the device is on, that its SSH server runs and that host and port are right.", {}};
}

} // namespace espalier
