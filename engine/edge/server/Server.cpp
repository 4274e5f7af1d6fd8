// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/server/Server.h"

#include <cerrno>

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace espalier::edge {
namespace {

constexpr int tickMilliseconds = 100; ///< how often late clients are looked for
constexpr double lingerSeconds = 1;   ///< that a client whose request was refused half-way has to read why
enum Fixed : std::uint64_t { ListenerId, AnsweredId, StopId, FirstConnection };

void drain(int descriptor)
{
    std::uint64_t count = 0;
    while (::read(descriptor, &count, sizeof count) > 0) {
    }
}

double secondsBetween(std::chrono::steady_clock::time_point begin, std::chrono::steady_clock::time_point end)
{
    return std::chrono::duration<double>(end - begin).count();
}

} // namespace

Server::Server(Listener listener, ModelSlot& models, ServerOptions options)
    : m_listener(std::move(listener)), m_options(std::move(options)),
      m_service{.models = models, .metrics = m_metrics, .token = m_options.token, .requestSeconds = m_options.requestSeconds},
      m_poll(::epoll_create1(EPOLL_CLOEXEC)), m_answered(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), m_lastId(FirstConnection)
{
    m_queue = std::make_unique<WorkQueue>(
        m_options.threads, m_options.queue,
        [this](const Job& job, std::size_t thread) { return job.route->answer(m_service, job, thread); },
        [this] {
            const std::uint64_t one = 1;
            [[maybe_unused]] const ssize_t written = ::write(m_answered, &one, sizeof one);
        });
}

Server::~Server()
{
    m_queue.reset();
    ::close(m_answered);
    ::close(m_poll);
}

Result<void> Server::run(int stop, const std::function<bool()>& onSignal)
{
    ESPALIER_CHECK(watch(m_listener.descriptor(), ListenerId, true, false, true));
    ESPALIER_CHECK(watch(m_answered, AnsweredId, true, false, true));
    ESPALIER_CHECK(watch(stop, StopId, true, false, true));
    while (!m_service.stopping || (!m_connections.empty() && secondsBetween(m_stopBegan, Clock::now()) < m_options.graceSeconds)) {
        ESPALIER_TRY(const std::vector<Event> events, wait());
        for (const Event& event : events) {
            if (event.id == ListenerId)
                acceptAll();
            else if (event.id == AnsweredId)
                sendAnswers();
            else if (event.id != StopId)
                handle(event);
            else if (onSignal())
                beginToStop();
        }
        closeLate();
    }
    return {};
}

Result<void> Server::watch(int descriptor, std::uint64_t id, bool reads, bool writes, bool isNew)
{
    epoll_event event{};
    event.events = (reads ? EPOLLIN : 0U) | (writes ? EPOLLOUT : 0U);
    event.data.u64 = id;
    if (::epoll_ctl(m_poll, isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event) != 0)
        return ioError("watch", "a connection", errno);
    return {};
}

Result<std::vector<Server::Event>> Server::wait() const
{
    std::array<epoll_event, 64> ready;
    const int count = ::epoll_wait(m_poll, ready.data(), static_cast<int>(ready.size()), tickMilliseconds);
    if (count < 0 && errno != EINTR)
        return ioError("wait for", "connections", errno);
    std::vector<Event> events;
    for (int i = 0; i < count; ++i) {
        const epoll_event& one = ready[static_cast<std::size_t>(i)];
        events.push_back({one.data.u64, (one.events & EPOLLIN) != 0, (one.events & EPOLLOUT) != 0, (one.events & (EPOLLERR | EPOLLHUP)) != 0});
    }
    return events;
}

/// As many as may be open; the others wait in the system's queue.
void Server::acceptAll()
{
    while (m_accepting && m_connections.size() < m_options.connections) {
        const int descriptor = ::accept4(m_listener.descriptor(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (descriptor < 0 && (errno == EINTR || errno == ECONNABORTED))
            continue;
        if (descriptor < 0)
            return; // none waits; or descriptors are used up, and one that closes makes room
        auto connection = std::make_unique<Connection>(descriptor);
        if (watch(descriptor, m_lastId + 1, true, false, true))
            m_connections.emplace(++m_lastId, std::move(connection));
    }
    const bool full = m_connections.size() >= m_options.connections;
    (void)watch(m_listener.descriptor(), ListenerId, !full, false, false);
}

void Server::handle(const Event& event)
{
    const auto found = m_connections.find(event.id);
    if (found == m_connections.end())
        return; // closed since
    Connection& connection = *found->second;
    const bool alive = (!event.readable || connection.receive()) && (!event.writable || connection.send());
    if (!alive || (event.broken && !event.readable)) {
        m_connections.erase(found);
        return;
    }
    advance(event.id);
}

/// Takes requests until one has to wait, for its turn or for the client.
void Server::advance(std::uint64_t id)
{
    Connection& connection = *m_connections.at(id);
    while (auto request = connection.next())
        answer(connection, id, std::move(*request));
    if (connection.failure() && !connection.answering() && !connection.sending() && !connection.finished())
        finish(connection, {}, *connection.failure());
    const bool alive = connection.send();
    if (!alive || connection.finished()) {
        m_connections.erase(id);
        return;
    }
    // Nobody is read from who does not fetch his answers.
    (void)watch(connection.descriptor(), id, !connection.answering() && !connection.sending(), connection.sending(), false);
}

void Server::answer(Connection& connection, std::uint64_t id, HttpRequest request)
{
    m_service.now = {m_queue->waiting(), m_options.queue, m_connections.size(), m_service.models.loaded(), m_service.models.refused()};
    const Routed routed = routeOf(m_service, request);
    Job job{id, routed.route, std::move(request), Clock::now()};
    const std::string path = job.request.path;
    if (!routed.route)
        return finish(connection, path, routed.refusal);
    if (!routed.route->queued)
        return finish(connection, path, routed.route->answer(m_service, job, 0));
    m_paths[id] = path;
    if (m_queue->push(job))
        return;
    m_paths.erase(id);
    HttpResponse busy = errorResponse(503, "Too many requests wait already.");
    busy.headers.emplace_back("Retry-After", "1");
    finish(connection, path, busy);
}

void Server::finish(Connection& connection, const std::string& path, const HttpResponse& response)
{
    m_metrics.countRequest(routeName(path), response.status);
    const bool keeps = connection.keepsAlive() && !connection.failure() && !m_service.stopping;
    (void)connection.respond(response, keeps); // a client that is gone is noticed when its connection is looked at next
}

void Server::sendAnswers()
{
    drain(m_answered);
    for (const Answered& answered : m_queue->takeAnswers()) {
        const std::string path = m_paths.extract(answered.connection).mapped();
        const auto found = m_connections.find(answered.connection);
        if (found == m_connections.end())
            continue; // the client did not wait
        finish(*found->second, path, answered.response);
        advance(answered.connection);
    }
}

bool Server::isLate(const Connection& connection, Clock::time_point now) const
{
    const double seconds = secondsBetween(connection.since(), now);
    if (connection.answering())
        return false; // it waits for us
    if (connection.failure())
        return seconds > lingerSeconds;
    if (!connection.idle())
        return seconds > m_options.requestSeconds;
    return seconds > (m_service.stopping ? std::min(0.5, m_options.idleSeconds) : m_options.idleSeconds);
}

void Server::closeLate()
{
    const Clock::time_point now = Clock::now();
    for (auto i = m_connections.begin(); i != m_connections.end();) {
        const auto one = i++;
        Connection& connection = *one->second;
        if (!isLate(connection, now))
            continue;
        if (!connection.idle() && !connection.sending())
            finish(connection, {}, errorResponse(408, "The request did not arrive whole in time."));
        m_connections.erase(one);
    }
    if (m_accepting && m_connections.size() < m_options.connections)
        acceptAll();
}

/// Takes what the system has accepted for us already, and nobody after that.
void Server::beginToStop()
{
    if (m_service.stopping)
        return;
    acceptAll();
    m_accepting = false;
    m_listener.close();
    m_service.stopping = true;
    m_stopBegan = Clock::now();
    for (auto i = m_connections.begin(); i != m_connections.end();) {
        const auto one = i++;
        if (one->second->idle() && one->second->used())
            m_connections.erase(one);
    }
}

} // namespace espalier::edge
