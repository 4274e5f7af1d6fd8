// SPDX-License-Identifier: GPL-3.0-or-later
// `espalier-engine run`: the same pipeline and the same code as the window's Run button.
#include "engine/core/Fingerprint.h"
#include "engine/core/Task.h"
#include "engine/graph/NodeCatalog.h"
#include "engine/graph/ProjectFile.h"
#include "engine/pipeline/RateSearch.h"
#include "engine/reports/EvaluationReport.h"
#include "engine/service/CommandLine.h"
#include "engine/service/Console.h"
#include "engine/service/JsonRpc.h"
#include "engine/service/WireForm.h"
#include "engine/training/BlasSpeed.h"

#include <algorithm>
#include <cstdio>
#include <iostream>

namespace espalier {
namespace {

/// "train.epochs=5" applied to @p graph.
Result<void> applySetting(Graph& graph, const std::string& setting)
{
    const auto dot = setting.find('.');
    const auto equals = setting.find('=');
    if (dot == std::string::npos || equals == std::string::npos || dot > equals)
        return Error{ErrorCode::InvalidArgument, "'--set " + setting + "' cannot be read.", "Write it as --set node.parameter=value.", {}};
    const std::string id = setting.substr(0, dot);
    const std::string parameter = setting.substr(dot + 1, equals - dot - 1);
    const Node* node = graph.node(id);
    if (!node) {
        std::string known;
        for (const auto& [name, unused] : graph.nodes())
            known += (known.empty() ? "" : ", ") + name;
        return Error{ErrorCode::NotFound, "'--set " + setting + "': there is no node '" + id + "'.", "Nodes of this project: " + known + ".", {}};
    }
    const NodeType* type = nodeCatalog().find(node->type);
    const ParameterSpec* spec = type ? type->parameter(parameter) : nullptr;
    if (!spec)
        return graph.setParameter(id, parameter, setting.substr(equals + 1));
    const auto value = parseParameter(*spec, setting.substr(equals + 1));
    if (!value)
        return value.error().within("--set " + setting);
    return graph.setParameter(id, parameter, *value);
}

int reportProblems(const std::vector<Problem>& problems)
{
    for (const Problem& problem : problems) {
        const std::string place = problem.node + (problem.parameter.empty() ? "" : "." + problem.parameter) + (problem.input.empty() ? "" : "." + problem.input);
        std::fprintf(stderr, "%s: %s%s%s %s\n", problem.severity == Problem::Severity::Error ? "error" : "warning", place.c_str(), place.empty() ? "" : ": ",
                     problem.message.c_str(), problem.remedy.c_str());
    }
    return hasErrors(problems) ? 1 : 0;
}

std::string percent(double share)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.2f %%", 100 * share);
    return text;
}

/// What several labels or tags are judged by first; accuracy is that of whole sentences, or of words.
std::string reportLine(const Json& summary)
{
    const auto report = evaluationReportFromJson(summary);
    if (!report)
        return {};
    std::string line;
    if (report->taskScores)
        line = std::string(scoreTitle(scoreName(*report))) + " " + percent(scoreOf(*report)) + ", ";
    line += "accuracy " + percent(report->accuracy) + ", macro-F1 " + percent(report->macroF1) + " on " + std::to_string(report->examples) + " " +
            report->split + " sentences";
    const auto& outOfScope = report->outOfScope;
    if (const RejectionScore* rejection = outOfScope ? outOfScope->find(outOfScope->chosen) : nullptr)
        line += "; rejects " + percent(rejection->recall) + " of " + std::to_string(outOfScope->examples) + " sentences out of scope, which costs " +
                percent(outOfScope->accuracyBefore - rejection->accuracyAfter) + " of accuracy";
    return line;
}

/// One line of what a node made, from its summary; empty for those with nothing to say.
std::string headline(const std::string& type, const Json& s)
{
    char text[512] = "";
    const auto number = [&](const char* name) { return s.value(name, 0.0); };
    if (type == "splits")
        std::snprintf(text, sizeof text, "%d train, %d validation, %d test sentences, %zu labels, %d rows set aside", s.value("train", 0),
                      s.value("validation", 0), s.value("test", 0), s.at("labels").size(), s.value("rejected_count", 0));
    else if (type == "tokenizer")
        std::snprintf(text, sizeof text, "%d tokens in the vocabulary, from %s", s.value("vocabulary", 0),
                      s.value("source", "").empty() ? "the training part" : s.value("source", "").c_str());
    else if (type == "checkpoint")
        std::snprintf(text, sizeof text, "%lld weights, %s sparse, validation %s %s", s.value("weights", 0LL), percent(number("sparsity")).c_str(),
                      std::string(scoreTitle(s.value("score", "accuracy"))).c_str(),
                      percent(number("validation_accuracy")).c_str());
    else if (type == "package")
        std::snprintf(text, sizeof text, "%lld bytes, %s; edge and engine agree on %lld of %lld sentences", s.value("bytes", 0LL), s.value("precision", "").c_str(),
                      s.at("parity").value("labels_equal", 0LL), s.at("parity").value("sentences", 0LL));
    else if (type == "receipt")
        std::snprintf(text, sizeof text, "release %.12s is current on %s; p50 %.3f ms, p95 %.3f ms, peak memory %.1f MiB", s.value("release", "").c_str(),
                      s.value("device", "").c_str(), s.at("latency").value("p50_ms", 0.0), s.at("latency").value("p95_ms", 0.0),
                      s.at("latency").value("peak_memory_bytes", 0.0) / 1048576);
    std::string line = type == "report" ? reportLine(s) : text;
    if (type == "checkpoint" && s.contains("baseline"))
        line += "; hashed n-grams reach " + percent(s.at("baseline").value("accuracy", 0.0)) + " in " +
                std::to_string(s.at("baseline").value("package_bytes", 0LL)) + " bytes";
    if (type == "receipt" && s.contains("evaluation")) {
        const std::string score = s.at("evaluation").value("score", "accuracy");
        line += "; " + std::string(scoreTitle(score)) + " there " + percent(s.at("evaluation").value(score, 0.0));
    }
    return line;
}

void printSummary(const Pipeline& pipeline, const RunOutcome& outcome)
{
    for (const std::string& node : outcome.order) {
        if (outcome.nodes.at(node).state != NodeState::Done)
            continue;
        const auto description = pipeline.store().describe(pipeline.fingerprint(node));
        if (!description)
            continue;
        const std::string type = description->at("type");
        const std::string line = headline(type, description->at("summary"));
        if (line.empty())
            continue;
        std::printf("%-12s %s\n", node.c_str(), line.c_str());
        console::printFindings(description->at("summary"), pipeline.store().folder(pipeline.fingerprint(node)));
        if (type == "checkpoint" || type == "package")
            std::printf("%-12s %s\n", "", pipeline.store().folder(pipeline.fingerprint(node)).c_str());
    }
}

void warnIfBlasIsSlow()
{
    const BlasSpeed blas = measureBlas();
    std::fprintf(stderr, "BLAS: %.0f GFLOP/s (%s)\n", blas.gflops, blas.library.c_str());
    if (blas.slow)
        std::fprintf(stderr, "warning: training will be slow with this BLAS. %s\n", blas.remedy().c_str());
}

/// The curve as text: every third rate with its loss as a bar.
void printCurve(const RateCurve& curve)
{
    double highest = 1e-9;
    for (const auto& point : curve.points)
        highest = std::max(highest, point.loss);
    for (std::size_t i = 0; i < curve.points.size(); i += 3) {
        const auto& [rate, loss] = curve.points[i];
        std::printf("%8.2g  %7.4f  %s\n", rate, loss, std::string(static_cast<std::size_t>(50 * loss / highest), '#').c_str());
    }
    if (curve.suggestion > 0)
        std::printf("suggested learning rate: %.2g\n", curve.suggestion);
    std::printf("%s\n", curve.reason.c_str());
}

} // namespace

Result<Project> console::loadWithSettings(const std::filesystem::path& file, const std::vector<std::string>& settings)
{
    ESPALIER_TRY(Project project, loadProject(file));
    for (const std::string& setting : settings)
        ESPALIER_CHECK(applySetting(project.graph, setting));
    return project;
}

int lrFindCommand(const LrFindArguments& arguments)
{
    RunContext context = console::context();
    auto project = console::loadWithSettings(arguments.project, arguments.settings);
    if (!project)
        return console::fail(project.error());
    const auto folder = std::filesystem::absolute(arguments.project).parent_path();
    if (const int status = reportProblems(validate(project->graph, folder, arguments.node)))
        return status;
    Workspace workspace;
    Pipeline pipeline(workspace, std::move(project->graph), folder);
    const auto curve = searchLearningRate(pipeline, arguments.node, context);
    if (!curve)
        return console::fail(curve.error());
    if (arguments.json)
        std::cout << dumpJsonPretty(toJson(*curve));
    else
        printCurve(*curve);
    return 0;
}

int runCommand(const RunArguments& arguments)
{
    const std::stop_token stop = console::interruptToken();
    auto project = console::loadWithSettings(arguments.project, arguments.settings);
    if (!project)
        return console::fail(project.error());
    const auto folder = std::filesystem::absolute(arguments.project).parent_path();
    if (const int status = reportProblems(validate(project->graph, folder, arguments.target)))
        return status;
    warnIfBlasIsSlow();
    Workspace workspace;
    Pipeline pipeline(workspace, std::move(project->graph), folder);
    const RunOutcome outcome = runPipeline(pipeline, arguments.target, console::runEvents(), stop);
    if (arguments.json)
        std::cout << dumpJsonPretty(toJson(outcome, pipeline));
    else
        printSummary(pipeline, outcome);
    if (const auto error = outcome.firstError())
        return console::fail(*error);
    return 0;
}

} // namespace espalier
