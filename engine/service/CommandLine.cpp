// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/CommandLine.h"

#include "engine/data/Reading.h"
#include "engine/deployment/Deployer.h"
#include "engine/deployment/DeviceStore.h"
#include "engine/deployment/Releases.h"
#include "engine/deployment/TransportCatalog.h"
#include "engine/evaluation/Classifier.h"
#include "engine/exporting/PackageWriter.h"
#include "engine/graph/NodeCatalog.h"
#include "engine/service/Console.h"
#include "engine/service/Server.h"
#include "engine/service/WireForm.h"
#include "engine/training/BlasSpeed.h"

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <unistd.h>

namespace espalier {
namespace {

int finish(const Result<void>& result)
{
    return result ? 0 : console::fail(result.error());
}

/// The rows of @p file whose labels the checkpoint knows, and a warning for the others.
Result<ExampleTable> knownExamples(const std::filesystem::path& file, const LabelMap& labels, RunContext& context)
{
    RejectedRows rejected;
    ESPALIER_TRY(const ExampleTable examples, readExamples(file, {}, rejected, context));
    std::vector<bool> known(examples.size(), true);
    std::size_t position = 0;
    for (const Example& example : examples) {
        known[position++] = std::all_of(example.labels.begin(), example.labels.end(), [&](const std::string& label) { return labels.indexOf(label) >= 0; });
    }
    ExampleTable usable = examples.select([&](std::size_t row) { return known[row]; });
    if (!rejected.empty() || usable.size() < examples.size())
        context.warn(std::to_string(rejected.size()) + " rows were set aside and " + std::to_string(examples.size() - usable.size()) +
                     " have a label the model does not know.");
    return usable;
}

Result<void> evaluateCheckpoint(const EvaluateArguments& arguments)
{
    RunContext context = console::context();
    ESPALIER_TRY(const Checkpoint checkpoint, loadCheckpoint(arguments.checkpoint));
    ESPALIER_TRY(const auto examples, knownExamples(arguments.data, checkpoint.labels, context));
    if (!arguments.predictions) {
        ESPALIER_TRY(const EvaluationReport report, evaluate(checkpoint, examples, "test", context));
        std::cout << dumpJsonPretty(toJson(report));
        return {};
    }
    ESPALIER_TRY(Classifier classifier, Classifier::create(checkpoint));
    ESPALIER_TRY(const EncodedExamples encoded, encodeExamples(examples, checkpoint.tokenizer, checkpoint.labels, {}, checkpoint.model.task));
    ESPALIER_TRY(const Predictions predictions, classifier.predict(encoded, context));
    if (checkpoint.model.task != Task::SingleLabel)
        return Error{ErrorCode::Unsupported, "--predictions prints one class a line, and this model's task is '" + std::string(taskName(checkpoint.model.task)) + "'.",
                     "Leave --predictions out, or classify with a package.", {}};
    for (const std::int64_t index : predictions.classes)
        std::cout << checkpoint.labels.labels()[static_cast<std::size_t>(index)] << "\n";
    return {};
}

Result<void> exportCheckpoint(const ExportArguments& arguments)
{
    RunContext context = console::context();
    ESPALIER_TRY(const Checkpoint checkpoint, loadCheckpoint(arguments.checkpoint));
    ESPALIER_TRY(const auto examples, knownExamples(arguments.data, checkpoint.labels, context));
    std::vector<std::string> sentences;
    for (const Example& example : examples)
        sentences.push_back(example.text);
    const ExportOptions options{.precision = arguments.precision, .sparse = arguments.sparse, .selfTests = arguments.selfTests,
                                .provenance = {{"sparsity", checkpoint.sparsity()}, {"seed", checkpoint.seed}}};
    ESPALIER_TRY(const PackageReport report, exportPackage(checkpoint, sentences, arguments.output, options, context));
    std::cout << dumpJsonPretty(toJson(report));
    return {};
}

struct OpenDevice {
    Device device;
    std::unique_ptr<Transport> transport;
};

Result<OpenDevice> openDevice(const std::string& name, const RunContext& context)
{
    ESPALIER_TRY(const DeviceStore store, DeviceStore::load());
    ESPALIER_TRY(Device device, store.get(name));
    ESPALIER_TRY(auto transport, openTransport(device, {}, console::prompts(), context));
    return OpenDevice{std::move(device), std::move(transport)};
}

Result<void> deployPackage(const DeployArguments& arguments)
{
    RunContext context = console::context();
    ESPALIER_TRY(const OpenDevice open, openDevice(arguments.device, context));
    if (arguments.rollback) {
        ESPALIER_TRY(const ReleaseInfo release, rollback(*open.transport, open.device, context));
        std::cout << "release " << release.hash << " is current on " << open.device.name << "\n";
        return {};
    }
    ESPALIER_TRY(const Receipt receipt, deploy(*open.transport, open.device, {.package = arguments.package, .testSet = arguments.test}, context));
    std::cout << dumpJsonPretty(toJson(receipt));
    return {};
}

Result<void> classifyThere(const ClassifyArguments& arguments)
{
    RunContext context = console::context();
    std::vector<std::string> sentences = arguments.sentences;
    if (sentences.empty())
        for (std::string line; std::getline(std::cin, line);)
            sentences.push_back(line);
    ESPALIER_TRY(const OpenDevice open, openDevice(arguments.device, context));
    ESPALIER_TRY(const auto answers, classifyOnDevice(*open.transport, open.device, sentences, context));
    for (const DeviceAnswer& answer : answers)
        std::printf("%s\t%.3f\t%s\n", answer.inScope ? answer.label.c_str() : "out_of_scope", answer.score, answer.text.c_str());
    return {};
}

void printParameter(const ParameterSpec& spec)
{
    std::string range;
    for (const ParameterChoice& choice : spec.choices)
        range += (range.empty() ? "" : " | ") + choice.value;
    if (spec.minimum < spec.maximum)
        range = Json(spec.minimum).dump() + " to " + Json(spec.maximum).dump() + (spec.unit.empty() ? "" : " " + spec.unit);
    std::printf("| `%s` | %s | %s | `%s` | %s |\n", spec.id.c_str(), std::string(parameterKindName(spec.kind)).c_str(), range.c_str(),
                dumpJson(spec.fallback).c_str(), spec.help.c_str());
}

/// The reference table of the documentation, in Markdown.
void printCatalog()
{
    for (const NodeType& type : nodeCatalog().members()) {
        std::printf("## %s (`%s`)\n\n%s\n\n", type.label.c_str(), type.id.c_str(), type.help.c_str());
        for (const PortSpec& port : type.inputs)
            std::printf("- input `%s`: %s%s\n", port.id.c_str(), port.type.c_str(), port.required ? "" : " (optional)");
        for (const PortSpec& port : type.outputs)
            std::printf("- output `%s`: %s\n", port.id.c_str(), port.type.c_str());
        if (!type.parameters.empty())
            std::printf("\n| parameter | kind | values | default | meaning |\n|---|---|---|---|---|\n");
        std::for_each(type.parameters.begin(), type.parameters.end(), printParameter);
        std::printf("\n");
    }
}

} // namespace

int serveCommand()
{
    // Whatever a library prints must not mix with the protocol: it gets standard error, and only the server writes to the pipe.
    const int pipe = ::dup(STDOUT_FILENO);
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
    Server server([pipe](const std::string& line) {
        std::string_view rest = line;
        while (!rest.empty()) {
            const ssize_t written = ::write(pipe, rest.data(), rest.size());
            if (written <= 0)
                return; // the client is gone; the closed input ends the server
            rest.remove_prefix(static_cast<std::size_t>(written));
        }
    });
    server.serve(std::cin);
    ::close(pipe);
    return 0;
}

int evaluateCommand(const EvaluateArguments& arguments)
{
    return finish(evaluateCheckpoint(arguments));
}

int exportCommand(const ExportArguments& arguments)
{
    return finish(exportCheckpoint(arguments));
}

int deployCommand(const DeployArguments& arguments)
{
    return finish(deployPackage(arguments));
}

int classifyCommand(const ClassifyArguments& arguments)
{
    return finish(classifyThere(arguments));
}

int catalogCommand(bool json)
{
    if (json)
        std::cout << dumpJsonPretty(catalogToJson());
    else
        printCatalog();
    return 0;
}

int benchCommand()
{
    const BlasSpeed blas = measureBlas();
    std::cout << dumpJsonPretty({{"gflops", blas.gflops}, {"slow", blas.slow}, {"library", blas.library}, {"remedy", blas.remedy()}});
    return 0;
}

} // namespace espalier
