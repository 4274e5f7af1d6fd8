// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/EdgeRuntime.h"

#include "engine/deployment/ReleaseLayout.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>

namespace espalier {
namespace {

constexpr std::size_t bytesPerRequest = std::size_t{1} << 20;

Command runtimeCommand(const std::string& folder, const std::string& arguments, const std::string& extra = {})
{
    return {"cd \"$1\" && exec ./" + std::string(ReleaseLayout::runtimeFile) + " " + arguments, {folder, extra}};
}

std::string onPackage(const std::string& subcommand)
{
    return subcommand + " " + std::string(ReleaseLayout::packageFile);
}

/// As the engine shows them: an entity stands with its text, and the tags in place of a label.
Result<DeviceAnswer> taggedAnswer(const Fields& fields, DeviceAnswer answer)
{
    ESPALIER_TRY(answer.label, fields.text("tags"));
    ESPALIER_TRY(const auto entities, fields.array("entities"));
    answer.score = 1;
    for (const Json* value : entities) {
        ESPALIER_TRY(const Fields entity, Fields::of(*value, fields.path() + ".entities"));
        ESPALIER_TRY(const std::string type, entity.text("type"));
        ESPALIER_TRY(const std::string text, entity.text("text"));
        ESPALIER_TRY(const double score, entity.number("score"));
        answer.scores.emplace_back(type + ": " + text, score);
        answer.score = std::min(answer.score, score);
    }
    return answer;
}

Result<void> readProbabilities(const Fields& fields, DeviceAnswer& answer)
{
    ESPALIER_TRY(const Fields probabilities, fields.object("probabilities"));
    for (const auto& [label, probability] : fields.value("probabilities").items()) {
        ESPALIER_TRY(const double score, probabilities.number(label));
        answer.scores.emplace_back(label, score);
    }
    std::stable_sort(answer.scores.begin(), answer.scores.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    return {};
}

Result<DeviceAnswer> answerWithLabels(const Fields& fields, DeviceAnswer answer)
{
    ESPALIER_CHECK(readProbabilities(fields, answer));
    ESPALIER_TRY(const auto labels, fields.array("labels"));
    for (const Json* value : labels) {
        ESPALIER_TRY(const Fields given, Fields::of(*value, fields.path() + ".labels"));
        ESPALIER_TRY(const std::string label, given.text("label"));
        answer.label += (answer.label.empty() ? "" : ", ") + label;
    }
    answer.score = answer.scores.empty() ? 0 : answer.scores.front().second;
    return answer;
}

Result<DeviceAnswer> answerFromLine(const std::string& line, const std::string& source, const std::string& text)
{
    ESPALIER_TRY(const Json json, parseJson(line, source));
    ESPALIER_TRY(const Fields fields, Fields::of(json, source));
    DeviceAnswer answer;
    answer.text = text;
    if (fields.has("error")) {
        ESPALIER_TRY(const std::string problem, fields.text("error"));
        return Error{ErrorCode::Remote, source + ": " + problem, "Send shorter sentences.", {}};
    }
    if (fields.has("entities"))
        return taggedAnswer(fields, std::move(answer));
    if (fields.has("labels"))
        return answerWithLabels(fields, std::move(answer));
    ESPALIER_CHECK(readProbabilities(fields, answer));
    ESPALIER_TRY(answer.label, fields.text("label"));
    ESPALIER_TRY(answer.score, fields.number("score"));
    ESPALIER_TRY(answer.inScope, fields.booleanOr("in_scope", true));
    return answer;
}

/// std::to_string would follow the locale, which the window sets to the user's.
std::string decimal(double value)
{
    std::array<char, 64> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, 3);
    return {text.data(), end.ptr};
}

/// Line breaks would make two sentences of one.
std::string asLine(std::string text)
{
    std::replace_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == '\0'; }, ' ');
    return text + "\n";
}

} // namespace

Result<std::string> EdgeRuntime::ask(const std::string& arguments, const std::string& purpose, const RunContext& context)
{
    return m_transport.runChecked(runtimeCommand(m_folder, arguments), purpose, context);
}

Result<std::string> EdgeRuntime::version(const RunContext& context)
{
    ESPALIER_TRY(const std::string answer, ask("--version", "Starting the runtime", context));
    return answer.substr(0, answer.find('\n'));
}

Result<void> EdgeRuntime::selfTest(const RunContext& context)
{
    ESPALIER_CHECK(ask(onPackage("selftest"), "The self-test", context));
    return {};
}

Result<LatencyReport> EdgeRuntime::bench(double seconds, const RunContext& context)
{
    ESPALIER_TRY(const std::string answer, ask(onPackage("bench") + " --seconds " + decimal(seconds), "Measuring the latency", context));
    ESPALIER_TRY(const Json json, parseJson(answer, "the device's bench"));
    return latencyReportFromJson(json);
}

Result<DeviceEvaluation> EdgeRuntime::evaluate(const std::string& labelled, const RunContext& context)
{
    const Command command = runtimeCommand(m_folder, onPackage("evaluate") + " --input \"$2\"", labelled);
    ESPALIER_TRY(const std::string answer, m_transport.runChecked(command, "Classifying the test set", context));
    ESPALIER_TRY(const Json json, parseJson(answer, "the device's evaluation"));
    return deviceEvaluationFromJson(json);
}

Result<std::vector<DeviceAnswer>> EdgeRuntime::classify(const std::vector<std::string>& sentences, const RunContext& context)
{
    std::vector<DeviceAnswer> answers;
    while (answers.size() < sentences.size()) {
        std::string lines;
        std::size_t end = answers.size();
        while (end < sentences.size() && (lines.empty() || lines.size() + sentences[end].size() < bytesPerRequest))
            lines += asLine(sentences[end++]);
        ESPALIER_TRY(const CommandResult result, m_transport.run(runtimeCommand(m_folder, onPackage("classify") + " --all"), lines, context));
        if (!result.succeeded())
            return remoteError("Classifying", result);
        std::istringstream replies(result.output);
        for (std::string line; answers.size() < end && std::getline(replies, line);) {
            ESPALIER_TRY(DeviceAnswer answer, answerFromLine(line, "the device's answer to sentence " + std::to_string(answers.size() + 1), sentences[answers.size()]));
            answers.push_back(std::move(answer));
        }
        if (answers.size() < end)
            return Error{ErrorCode::Remote, "The device answered " + std::to_string(answers.size()) + " of " + std::to_string(end) + " sentences.",
                         "Deploy again; the release on the device may be damaged.", {}};
        context.progress({"Classifying on the device", static_cast<std::int64_t>(end), static_cast<std::int64_t>(sentences.size()), "sentences"});
    }
    return answers;
}

} // namespace espalier
