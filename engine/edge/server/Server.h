// SPDX-License-Identifier: Apache-2.0
// Answers HTTP from a package until it is told to stop. One thread talks with all clients, and others, one a session, answer sentences.
#pragma once

#include "engine/edge/server/Connection.h"
#include "engine/edge/server/Listener.h"
#include "engine/edge/server/Routes.h"

#include <map>

namespace espalier::edge {

struct ServerOptions {
    std::size_t threads = 1;
    std::size_t queue = 256;       ///< requests that may wait; more are answered with 503
    std::size_t connections = 128; ///< more wait until one is closed
    double requestSeconds = 10;    ///< for a request to arrive whole, to wait for its turn, and to be fetched
    double idleSeconds = 60;       ///< that a connection without a request stays open
    double graceSeconds = 30;      ///< that what was accepted has when the server stops
    std::string token = {};        ///< empty: none is needed
};

class Server {
public:
    Server(Listener listener, ModelSlot& models, ServerOptions options);
    ~Server();

    /// Returns when @p stop, a descriptor, becomes readable and what was accepted by then is answered, or the time for it is over. @p onSignal is told when
    /// @p stop is readable, and says whether that means to stop.
    Result<void> run(int stop, const std::function<bool()>& onSignal);

private:
    using Clock = Connection::Clock;
    struct Event {
        std::uint64_t id = 0;
        bool readable = false;
        bool writable = false;
        bool broken = false;
    };

    Result<void> watch(int descriptor, std::uint64_t id, bool reads, bool writes, bool isNew);
    [[nodiscard]] Result<std::vector<Event>> wait() const;
    void acceptAll();
    void handle(const Event& event);
    void advance(std::uint64_t id);
    void answer(Connection& connection, std::uint64_t id, HttpRequest request);
    void finish(Connection& connection, const std::string& path, const HttpResponse& response);
    void sendAnswers();
    void closeLate();
    void beginToStop();
    [[nodiscard]] bool isLate(const Connection& connection, Clock::time_point now) const;

    Listener m_listener;
    const ServerOptions m_options;
    Metrics m_metrics;
    Service m_service;
    int m_poll = -1;
    int m_answered = -1; ///< readable when answers are ready
    bool m_accepting = true;
    Clock::time_point m_stopBegan;
    std::uint64_t m_lastId;
    std::map<std::uint64_t, std::unique_ptr<Connection>> m_connections;
    std::map<std::uint64_t, std::string> m_paths; ///< of requests that wait for their answers
    std::unique_ptr<WorkQueue> m_queue; ///< last: its threads use what stands above
};

} // namespace espalier::edge
