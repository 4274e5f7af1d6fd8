// SPDX-License-Identifier: GPL-3.0-or-later
// Server: reads requests line by line and answers them until the input ends or `shutdown` comes. Each lane has a thread of its
// own, so a run never holds up a measurement or a cancel.
#pragma once

#include "engine/service/Methods.h"

#include <array>
#include <condition_variable>
#include <deque>
#include <istream>
#include <optional>
#include <thread>

namespace espalier {

class Server {
public:
    explicit Server(std::function<void(const std::string& line)> output);
    ~Server();

    /// Blocks until the input ends or a shutdown is asked for; what still runs is cancelled and waited for.
    void serve(std::istream& input);

private:
    struct Job {
        RpcRequest request;
        const Method* method = nullptr;
        std::stop_source stop;
    };

    /// A queue with a thread that works it off.
    struct LaneState {
        std::deque<std::shared_ptr<Job>> waiting;
        std::shared_ptr<Job> current;
        std::jthread thread;
    };

    /// False when the server should end.
    bool handle(const std::string& line);
    void enqueue(LaneState& lane, std::shared_ptr<Job> job);
    void work(LaneState& lane, const std::stop_token& stop);
    MethodResult resultOf(Job& job);
    void answer(const Job& job, const MethodResult& result);
    bool cancelLane(LaneState& lane);
    std::optional<bool> steerRun(const std::string& method);
    void stopLanes();
    LaneState& laneOf(Method::Lane lane);
    [[nodiscard]] std::array<LaneState*, 5> lanes() { return {&m_run, &m_lab, &m_data, &m_search, &m_study}; }

    RpcWriter m_writer;
    MethodState m_state;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    LaneState m_run;
    LaneState m_lab;
    LaneState m_data;
    LaneState m_search;
    LaneState m_study;
};

} // namespace espalier
