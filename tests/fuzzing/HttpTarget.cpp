// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/edge/server/Routes.h"
#include "tests/fuzzing/FuzzTargets.h"
#include "tests/support/PackageBuilder.h"

namespace espalier::fuzzing {
namespace {

using namespace edge;

/// The requests in @p bytes when they come @p piece by piece, and how the last one failed.
std::vector<HttpRequest> requestsOf(std::string_view bytes, std::size_t piece, int& failure)
{
    std::vector<HttpRequest> requests;
    HttpReader reader;
    while (!bytes.empty()) {
        reader.feed(bytes.substr(0, piece));
        bytes.remove_prefix(std::min(piece, bytes.size()));
        while (auto request = reader.next())
            requests.push_back(std::move(*request));
    }
    failure = reader.failure() ? reader.failure()->status : 0;
    return requests;
}

/// A server's parts, but for its sockets.
struct Parts {
    Parts() { require(slot.start().ok(), "the model opens"); }
    ModelSlot slot{writeInput(test::textCnnPackage().build(), ".espkg"), 1};
    Metrics metrics;
    Service service{.models = slot, .metrics = metrics};
};

int answer(Service& service, HttpRequest request)
{
    const Routed routed = routeOf(service, request);
    const bool head = request.method == "HEAD";
    const HttpResponse response = routed.route ? routed.route->answer(service, {0, routed.route, std::move(request), std::chrono::steady_clock::now()}, 0) : routed.refusal;
    require(serialize(response, true, head).starts_with("HTTP/1.1 "), "an answer is one of HTTP");
    return response.status;
}

} // namespace

bool runHttp(std::string_view input)
{
    static Parts parts;
    int whole = 0;
    int pieces = 0;
    auto requests = requestsOf(input, input.size(), whole);
    const auto again = requestsOf(input, 7, pieces);
    require(requests.size() == again.size() && (whole == pieces || whole == 431 || pieces == 431), "how bytes are cut into pieces does not matter");
    bool good = !requests.empty();
    for (std::size_t i = 0; i < requests.size(); ++i) {
        require(requests[i].body == again[i].body && requests[i].path == again[i].path && requests[i].headers == again[i].headers, "requests are the same in pieces");
        require(requests[i].body.size() <= HttpReader::maxBody, "bodies have a limit");
        if (requests[i].path != "/v1/reload") // which answers later
            good = answer(parts.service, std::move(requests[i])) < 500 && good;
    }
    return good;
}

} // namespace espalier::fuzzing
