// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/server/Metrics.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <unistd.h>

namespace espalier::edge {
namespace {

std::string number(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.9g", value);
    return text;
}

void family(std::string& text, const char* name, const char* type, const char* help)
{
    text += std::string("# HELP ") + name + " " + help + "\n# TYPE " + name + " " + type + "\n";
}

void single(std::string& text, const char* name, const char* type, const char* help, double value)
{
    family(text, name, type, help);
    text += std::string(name) + " " + number(value) + "\n";
}

double residentBytes()
{
    long long pages = 0;
    if (std::FILE* file = std::fopen("/proc/self/statm", "re")) {
        char line[128] = {};
        if (std::fgets(line, sizeof line, file))
            if (const char* second = std::strchr(line, ' '))
                pages = std::strtoll(second, nullptr, 10);
        std::fclose(file);
    }
    return static_cast<double>(pages) * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

} // namespace

void Metrics::countRequest(const std::string& route, int status)
{
    const std::lock_guard lock(m_mutex);
    ++m_requests[{route, status}];
}

void Metrics::countPrediction(std::size_t sentences, double seconds)
{
    const std::lock_guard lock(m_mutex);
    ++m_predictions;
    m_sentences += sentences;
    m_seconds += seconds;
    for (std::size_t i = 0; i < bounds.size(); ++i)
        m_within[i] += seconds <= bounds[i] ? 1 : 0;
}

std::string Metrics::text(const Gauges& now) const
{
    const std::lock_guard lock(m_mutex);
    std::string text;
    family(text, "espalier_requests_total", "counter", "Requests answered, by route and status.");
    for (const auto& [key, count] : m_requests)
        text += "espalier_requests_total{route=\"" + key.first + "\",status=\"" + std::to_string(key.second) + "\"} " + std::to_string(count) + "\n";
    single(text, "espalier_sentences_total", "counter", "Sentences answered.", static_cast<double>(m_sentences));
    family(text, "espalier_prediction_seconds", "histogram", "From the arrival of a request to its answer, the wait in the queue included.");
    for (std::size_t i = 0; i < bounds.size(); ++i)
        text += "espalier_prediction_seconds_bucket{le=\"" + number(bounds[i]) + "\"} " + std::to_string(m_within[i]) + "\n";
    text += "espalier_prediction_seconds_bucket{le=\"+Inf\"} " + std::to_string(m_predictions) + "\n";
    text += "espalier_prediction_seconds_sum " + number(m_seconds) + "\nespalier_prediction_seconds_count " + std::to_string(m_predictions) + "\n";
    single(text, "espalier_queue_requests", "gauge", "Requests that wait for a thread.", static_cast<double>(now.queued));
    single(text, "espalier_queue_limit", "gauge", "Requests that may wait; more are answered with 503.", static_cast<double>(now.queueLimit));
    single(text, "espalier_connections", "gauge", "Open connections.", static_cast<double>(now.connections));
    single(text, "espalier_models_loaded_total", "counter", "Packages taken, with the first.", static_cast<double>(now.modelsLoaded));
    single(text, "espalier_models_refused_total", "counter", "Changed packages that could not be used.", static_cast<double>(now.modelsRefused));
    single(text, "process_resident_memory_bytes", "gauge", "Resident memory.", residentBytes());
    return text;
}

} // namespace espalier::edge
