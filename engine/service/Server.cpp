// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/Server.h"

namespace espalier {
namespace {

constexpr std::size_t maxLineBytes = std::size_t{64} << 20;

/// The code that JSON-RPC wants for a line that is not a request.
RpcErrorCode codeFor(const Error& error)
{
    return error.detail.find("not valid JSON") != std::string::npos ? RpcErrorCode::ParseError : RpcErrorCode::InvalidRequest;
}

/// What a lane works on, where it takes no second request meanwhile.
const char* oneAtATime(Method::Lane lane)
{
    if (lane == Method::Lane::Run)
        return "A run";
    return lane == Method::Lane::Search ? "A sweep or a search" : nullptr;
}

MethodResult callGuarded(const Method& method, MethodState& state, const Json& params, const std::stop_token& stop)
{
    try {
        return method.call(state, params, stop);
    } catch (const std::exception& exception) {
        return {{}, MethodError{{ErrorCode::Internal, exception.what(), {}, {}}}};
    }
}

} // namespace

Server::Server(std::function<void(const std::string&)> output) : m_writer(std::move(output)), m_state(m_writer)
{
    for (LaneState* lane : lanes())
        lane->thread = std::jthread([this, lane](const std::stop_token& stop) { work(*lane, stop); });
}

Server::~Server()
{
    stopLanes();
}

void Server::serve(std::istream& input)
{
    std::string line;
    while (std::getline(input, line)) {
        if (line.size() > maxLineBytes) {
            m_writer.fail(nullptr, RpcErrorCode::InvalidRequest, {ErrorCode::InvalidArgument, "The request is longer than 64 MiB.", {}, {}});
            continue;
        }
        if (!line.empty() && line != "\r" && !handle(line))
            break;
    }
    stopLanes();
}

bool Server::handle(const std::string& line)
{
    auto request = parseRequest(line);
    if (!request) {
        m_writer.fail(nullptr, codeFor(request.error()), request.error());
        return true;
    }
    if (request->method == "shutdown") {
        m_writer.reply(request->id, nullptr);
        return false;
    }
    if (request->method == "cancel" || request->method == "compression/cancel") {
        m_writer.reply(request->id, {{"cancelling", cancelLane(request->method == "cancel" ? m_run : m_search)}});
        return true;
    }
    if (const auto running = steerRun(request->method)) {
        m_writer.reply(request->id, {{"running", *running}});
        return true;
    }
    const auto method = methodCatalog().get(request->method);
    if (!method) {
        m_writer.fail(request->id, RpcErrorCode::MethodNotFound, method.error());
        return true;
    }
    auto job = std::make_shared<Job>(Job{std::move(*request), *method, {}});
    const Method::Lane lane = job->method->lane;
    if (lane == Method::Lane::Immediate)
        answer(*job, resultOf(*job));
    else
        enqueue(laneOf(lane), std::move(job));
    return true;
}

void Server::enqueue(LaneState& lane, std::shared_ptr<Job> job)
{
    const std::lock_guard lock(m_mutex);
    const bool busy = lane.current || !lane.waiting.empty();
    if (const char* work = oneAtATime(job->method->lane); work && busy) {
        m_writer.fail(job->request.id, RpcErrorCode::Failed, {ErrorCode::InvalidArgument, std::string(work) + " is under way already.", "Wait for it, or cancel it first.", {}});
        return;
    }
    const auto giveWay = [&](Job& older) {
        if ((job->method->newestWins && older.method == job->method) || older.method->givesWayTo == job->method->id)
            older.stop.request_stop();
    };
    if (lane.current)
        giveWay(*lane.current);
    for (const auto& waiting : lane.waiting)
        giveWay(*waiting);
    lane.waiting.push_back(std::move(job));
    m_wake.notify_all();
}

void Server::work(LaneState& lane, const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    while (m_wake.wait(lock, stop, [&] { return !lane.waiting.empty(); })) {
        lane.current = lane.waiting.front();
        lane.waiting.pop_front();
        const std::shared_ptr<Job> job = lane.current;
        lock.unlock();
        const MethodResult result = resultOf(*job);
        lock.lock();
        lane.current.reset(); // before the answer: who hears it may ask the next thing at once
        lock.unlock();
        answer(*job, result);
        lock.lock();
    }
}

MethodResult Server::resultOf(Job& job)
{
    if (job.stop.stop_requested())
        return {{}, MethodError{cancelledError()}};
    return callGuarded(*job.method, m_state, job.request.params, job.stop.get_token());
}

void Server::answer(const Job& job, const MethodResult& result)
{
    if (result.failure)
        m_writer.fail(job.request.id, RpcErrorCode::Failed, result.failure->error, result.failure->extra);
    else
        m_writer.reply(job.request.id, result.value);
}

/// Whether a run was under way to hear it; nothing when @p method steers no run.
std::optional<bool> Server::steerRun(const std::string& method)
{
    RunControl& control = m_state.runControl;
    const std::lock_guard lock(m_mutex);
    const bool running = m_run.current || !m_run.waiting.empty();
    if (method == "run/pause" && running)
        control.pause();
    else if (method == "run/resume" && running)
        control.resume();
    else if (method == "run/finish" && running)
        control.finish();
    else if (method != "run/pause" && method != "run/resume" && method != "run/finish")
        return std::nullopt;
    return running;
}

Server::LaneState& Server::laneOf(Method::Lane lane)
{
    switch (lane) {
    case Method::Lane::Run: return m_run;
    case Method::Lane::Data: return m_data;
    case Method::Lane::Search: return m_search;
    case Method::Lane::Study: return m_study;
    default: return m_lab;
    }
}

bool Server::cancelLane(LaneState& lane)
{
    const std::lock_guard lock(m_mutex);
    for (const auto& waiting : lane.waiting)
        waiting->stop.request_stop();
    if (lane.current)
        lane.current->stop.request_stop();
    return lane.current || !lane.waiting.empty();
}

void Server::stopLanes()
{
    {
        const std::lock_guard lock(m_mutex);
        for (LaneState* lane : lanes()) {
            if (lane->current)
                lane->current->stop.request_stop();
            lane->waiting.clear();
            lane->thread.request_stop();
        }
    }
    for (LaneState* lane : lanes())
        if (lane->thread.joinable())
            lane->thread.join();
}

} // namespace espalier
