// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/server/Routes.h"

#include "engine/edge/AnswerJson.h"

#include <algorithm>

namespace espalier::edge {
namespace {

constexpr std::size_t mostSentences = 1024; ///< of one request
constexpr JsonLimits requestLimits{.maxBytes = HttpReader::maxBody, .maxDepth = 8};

HttpResponse jsonResponse(const Json& value)
{
    return {.body = dumpJson(value) + "\n"};
}

HttpResponse health(Service&, const Job&, std::size_t)
{
    return jsonResponse({{"status", "ok"}});
}

HttpResponse ready(Service& service, const Job&, std::size_t)
{
    return service.stopping ? errorResponse(503, "The server is stopping.") : jsonResponse({{"status", "ready"}});
}

HttpResponse metrics(Service& service, const Job&, std::size_t)
{
    return {.body = service.metrics.text(service.now), .contentType = "text/plain; version=0.0.4; charset=utf-8"};
}

HttpResponse model(Service& service, const Job&, std::size_t)
{
    return jsonResponse(service.models.current()->info);
}

HttpResponse reload(Service& service, const Job&, std::size_t)
{
    service.models.reload();
    return jsonResponse({{"status", "reloading"}});
}

struct Prediction {
    std::vector<std::string> texts;
    AnswerOptions options;
};

/// Of {"text": "..."} or, with @p many, {"texts": [...]}; "all" may be true.
Result<Prediction> predictionOf(const HttpRequest& request, bool many)
{
    ESPALIER_TRY(const Json json, parseJson(request.body, "request", requestLimits));
    ESPALIER_TRY(const Fields fields, Fields::of(json, "request"));
    Prediction asked;
    if (many) {
        ESPALIER_TRY(asked.texts, fields.texts("texts"));
    } else {
        ESPALIER_TRY(std::string text, fields.text("text"));
        asked.texts.push_back(std::move(text));
    }
    if (asked.texts.size() > mostSentences)
        return Error{ErrorCode::InvalidArgument, "'texts' has " + std::to_string(asked.texts.size()) + " sentences; at most " + std::to_string(mostSentences) + " are answered at once.", {}, {}};
    ESPALIER_TRY(asked.options.all, fields.booleanOr("all", false));
    return asked;
}

double secondsSince(std::chrono::steady_clock::time_point begin)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

HttpResponse predictions(Service& service, const Job& job, std::size_t thread, bool many)
{
    if (secondsSince(job.arrived) > service.requestSeconds)
        return errorResponse(503, "The request waited too long for its turn.");
    auto asked = predictionOf(job.request, many);
    if (!asked)
        return errorResponse(400, asked.error().message());
    const std::shared_ptr<ServedModel> served = service.models.current();
    asked->options.rejects = served->rejects;
    Json answers = Json::array();
    for (const std::string& text : asked->texts)
        answers.push_back(answerJson(served->sessions[thread], text, asked->options));
    service.metrics.countPrediction(asked->texts.size(), secondsSince(job.arrived));
    return jsonResponse(many ? Json{{"answers", std::move(answers)}} : std::move(answers.front()));
}

HttpResponse predict(Service& service, const Job& job, std::size_t thread)
{
    return predictions(service, job, thread, false);
}

HttpResponse predictBatch(Service& service, const Job& job, std::size_t thread)
{
    return predictions(service, job, thread, true);
}

/// As long for a wrong token as for the right one.
bool sameToken(std::string_view given, std::string_view expected)
{
    unsigned differs = given.size() == expected.size() ? 0 : 1;
    for (std::size_t i = 0; i < given.size(); ++i)
        differs |= static_cast<unsigned char>(given[i]) ^ static_cast<unsigned char>(expected[i % expected.size()]);
    return differs == 0;
}

bool isAllowed(const Service& service, const HttpRequest& request)
{
    constexpr std::string_view scheme = "Bearer ";
    const std::string_view given = request.header("authorization");
    return service.token.empty() || (given.starts_with(scheme) && sameToken(given.substr(scheme.size()), service.token));
}

/// A page in a browser may send anything else to this computer without asking.
bool isJson(const HttpRequest& request)
{
    const std::string_view type = request.header("content-type");
    return type == "application/json" || type.starts_with("application/json;");
}

} // namespace

const std::vector<Route>& routes()
{
    static const std::vector<Route> all{
        {"/v1/predict", "POST", true, false, predict},
        {"/v1/predict_batch", "POST", true, false, predictBatch},
        {"/v1/model", "GET", false, false, model},
        {"/v1/reload", "POST", false, false, reload},
        {"/healthz", "GET", false, true, health},
        {"/readyz", "GET", false, true, ready},
        {"/metrics", "GET", false, false, metrics},
    };
    return all;
}

Routed routeOf(const Service& service, const HttpRequest& request)
{
    const auto route = std::find_if(routes().begin(), routes().end(), [&](const Route& one) { return one.path == request.path; });
    if (route == routes().end())
        return {nullptr, errorResponse(404, "There is no such path here.")};
    if (!route->open && !isAllowed(service, request)) {
        HttpResponse refusal = errorResponse(401, "The header 'Authorization: Bearer' with the server's token is missing or wrong.");
        refusal.headers.emplace_back("WWW-Authenticate", "Bearer");
        return {nullptr, std::move(refusal)};
    }
    if (request.method != route->method && !(request.method == "HEAD" && route->method == "GET")) {
        HttpResponse refusal = errorResponse(405, "This path answers " + route->method + " only.");
        refusal.headers.emplace_back("Allow", route->method == "GET" ? "GET, HEAD" : route->method);
        return {nullptr, std::move(refusal)};
    }
    if (route->method == "POST" && !isJson(request))
        return {nullptr, errorResponse(415, "Send the header 'Content-Type: application/json'.")};
    return {&*route, {}};
}

std::string routeName(const std::string& path)
{
    return std::any_of(routes().begin(), routes().end(), [&](const Route& one) { return one.path == path; }) ? path : "other";
}

} // namespace espalier::edge
