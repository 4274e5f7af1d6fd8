// SPDX-License-Identifier: Apache-2.0
// Where a server listens: a TCP port of a numeric address, or a Unix socket.
#pragma once

#include "engine/core/Result.h"

#include <string>

#include <sys/socket.h>

namespace espalier::edge {

struct ListenAddress {
    std::string text;
    bool local = true; ///< nobody but this computer reaches it
    std::string path;  ///< of a Unix socket
    sockaddr_storage socket{};
    socklen_t bytes = 0;

    /// "127.0.0.1:8080", "localhost:8080", "[::1]:8080", "unix:/run/model.sock"; port 0: any that is free.
    static Result<ListenAddress> parse(const std::string& text);
};

class Listener {
public:
    /// Errors say whether the port or the socket is in use.
    static Result<Listener> open(const ListenAddress& address);
    Listener(Listener&& other) noexcept;
    Listener& operator=(Listener&&) = delete;
    Listener(const Listener&) = delete;
    ~Listener() { close(); }

    [[nodiscard]] int descriptor() const { return m_descriptor; }
    /// "http://127.0.0.1:8080", with the port that was free; "unix:/run/model.sock".
    [[nodiscard]] const std::string& url() const { return m_url; }
    /// A Unix socket's file goes, too.
    void close();

private:
    Listener(int descriptor, std::string path) : m_descriptor(descriptor), m_path(std::move(path)) {}
    void findUrl();

    int m_descriptor;
    std::string m_path;
    std::string m_url;
};

} // namespace espalier::edge
