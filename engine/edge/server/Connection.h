// SPDX-License-Identifier: Apache-2.0
// One client: bytes in, one request at a time, bytes out. Its socket never blocks.
#pragma once

#include "engine/edge/server/Http.h"

#include <chrono>
#include <cstdint>

namespace espalier::edge {

class Connection {
public:
    using Clock = std::chrono::steady_clock;

    /// Takes @p descriptor over.
    explicit Connection(int descriptor) : m_descriptor(descriptor) {}
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    [[nodiscard]] int descriptor() const { return m_descriptor; }

    /// Reads what has come. False: the client is gone.
    bool receive();
    /// The next whole request, when the one before was answered.
    std::optional<HttpRequest> next();
    /// What a request that cannot be read is answered with.
    [[nodiscard]] const std::optional<HttpResponse>& failure() const { return m_reader.failure(); }

    /// Sends what fits now. False: the client is gone.
    bool respond(const HttpResponse& response, bool keepAlive);
    bool send();

    [[nodiscard]] bool sending() const { return m_sent < m_out.size(); }
    [[nodiscard]] bool answering() const { return m_answering; } ///< a request was taken and not answered yet
    [[nodiscard]] bool keepsAlive() const { return m_keepAlive; } ///< that request's wish
    /// Answered, sent, and not to be kept; or the client has sent all it will. One whose request was refused half-way is listened to until then: a
    /// connection that is closed with bytes unread takes the answer with it.
    [[nodiscard]] bool finished() const { return !sending() && !m_answering && (m_ended || (m_closing && !failure())); }
    /// Nothing is under way, and something was answered before.
    [[nodiscard]] bool idle() const { return !sending() && !m_answering && !m_reader.midway(); }
    [[nodiscard]] bool used() const { return m_used; }
    [[nodiscard]] Clock::time_point since() const { return m_since; } ///< of its last step forward

private:
    int m_descriptor;
    HttpReader m_reader;
    std::string m_out;
    std::size_t m_sent = 0;
    Clock::time_point m_since = Clock::now();
    bool m_answering = false;
    bool m_keepAlive = true;
    bool m_head = false;
    bool m_closing = false;
    bool m_ended = false;
    bool m_used = false;
};

} // namespace espalier::edge
