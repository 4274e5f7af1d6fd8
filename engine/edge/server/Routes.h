// SPDX-License-Identifier: Apache-2.0
// What a server answers to each path. One line a route in routes(): predictions wait for a thread, everything else is answered at once.
#pragma once

#include "engine/edge/server/Metrics.h"
#include "engine/edge/server/ServedModel.h"
#include "engine/edge/server/WorkQueue.h"

namespace espalier::edge {

/// What routes look at.
struct Service {
    ModelSlot& models;
    Metrics& metrics;
    std::string token = {}; ///< that "Authorization: Bearer" must give; empty: none is needed
    double requestSeconds = 10; ///< a request that waited longer is answered with 503
    Gauges now = {};
    bool stopping = false;
};

struct Route {
    std::string path;
    std::string method;
    bool queued = false;
    bool open = false; ///< answered without the token
    HttpResponse (*answer)(Service& service, const Job& job, std::size_t thread) = nullptr; ///< @p thread: whose session to use; 0 where it is not queued
};

const std::vector<Route>& routes();

/// The route of @p request, or the answer that it gets instead: 401, 404, 405, 415.
struct Routed {
    const Route* route = nullptr;
    HttpResponse refusal = {};
};
Routed routeOf(const Service& service, const HttpRequest& request);

/// The path where it is one of routes(), or "other": what the metrics count by.
std::string routeName(const std::string& path);

} // namespace espalier::edge
