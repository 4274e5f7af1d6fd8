// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/CommandLine.h"
#include "engine/service/Console.h"

#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdlib>
#include <functional>
#include <unistd.h>

using namespace espalier;

namespace {

/// Adds a command whose action runs after parsing.
CLI::App* command(CLI::App& app, const char* name, const char* help, std::function<int()>& chosen, std::function<int()> action)
{
    CLI::App* sub = app.add_subcommand(name, help);
    sub->callback([&chosen, action = std::move(action)] { chosen = action; });
    return sub;
}

void addRun(CLI::App& app, std::function<int()>& chosen, RunArguments& arguments)
{
    CLI::App* run = command(app, "run", "Run a project's pipeline. Ctrl+C stops and keeps the state; Ctrl+\\ finishes training now with the best so far", chosen, [&] { return runCommand(arguments); });
    run->add_option("project", arguments.project, "The .espalier file")->required();
    run->add_option("--set", arguments.settings, "node.parameter=value, for this run only")->take_all()->allow_extra_args(false);
    run->add_option("--to", arguments.target, "Run this node and what it needs, not everything");
    run->add_flag("--json", arguments.json, "Print the outcome as JSON");
}

void addInspect(CLI::App& app, std::function<int()>& chosen, InspectArguments& arguments)
{
    CLI::App* inspect = command(app, "inspect", "Show how a data file is written and what its first rows are", chosen, [&] { return inspectCommand(arguments); });
    inspect->add_option("file", arguments.file, "The data file")->required();
    inspect->add_option("--set", arguments.settings, "parameter=value of the Dataset node, instead of what would be found out")->take_all()->allow_extra_args(false);
    inspect->add_flag("--json", arguments.json, "Print everything as JSON");
}

void addLrFind(CLI::App& app, std::function<int()>& chosen, LrFindArguments& arguments)
{
    CLI::App* find = command(app, "lr-find", "Find a learning rate for a Train node by a short trial", chosen, [&] { return lrFindCommand(arguments); });
    find->add_option("project", arguments.project, "The .espalier file")->required();
    find->add_option("--set", arguments.settings, "node.parameter=value, for this trial only")->take_all()->allow_extra_args(false);
    find->add_option("--node", arguments.node, "The Train node")->capture_default_str();
    find->add_flag("--json", arguments.json, "Print the curve as JSON");
}

void addSweep(CLI::App& app, std::function<int()>& chosen, SweepArguments& arguments)
{
    CLI::App* sweep = command(app, "sweep", "Measure a trained model over sparsities and pruning methods; what was measured before is not measured again", chosen,
                              [&] { return sweepCommand(arguments); });
    sweep->add_option("project", arguments.project, "The .espalier file")->required();
    sweep->add_option("node", arguments.node, "The node whose checkpoint to measure, such as train")->required();
    sweep->add_option("--over", arguments.over, "parameter=value,value of Prune: what to measure. Without: scores, methods and sparsities that are usual")
        ->take_all()
        ->allow_extra_args(false);
    sweep->add_option("--set", arguments.settings, "node.parameter=value, for this sweep only")->take_all()->allow_extra_args(false);
    sweep->add_option("--precision", arguments.precision, "Of the packages")->capture_default_str();
    sweep->add_flag("--json", arguments.json, "Print everything as JSON");
}

void addRecipe(CLI::App& app, std::function<int()>& chosen, RecipeArguments& arguments)
{
    CLI::App* recipe = command(app, "recipe", "Find how to make a trained model small within budgets", chosen, [&] { return recipeCommand(arguments); });
    recipe->add_option("project", arguments.project, "The .espalier file")->required();
    recipe->add_option("node", arguments.node, "The node whose checkpoint is to become small, such as train")->required();
    recipe->add_option("--max-size", arguments.bytes, "Of the package, at most: 3MB")->transform(CLI::AsSizeValue(true));
    recipe->add_option("--max-loss", arguments.points, "Points of validation accuracy lost, at most");
    recipe->add_option("--max-time", arguments.milliseconds, "Milliseconds a sentence on the device, at most");
    recipe->add_option("--max-memory", arguments.memory, "Of the runtime on the device, at most: 8MB")->transform(CLI::AsSizeValue(true));
    recipe->add_option("--device", arguments.device, "Name on the device list: where time and memory are measured")->capture_default_str();
    recipe->add_option("--trainings", arguments.trainings, "Candidates to train, at most; 0: one-shot pruning only")->capture_default_str();
    recipe->add_option("--precision", arguments.precision, "Of the package")->capture_default_str();
    recipe->add_option("--set", arguments.settings, "node.parameter=value, for this search only")->take_all()->allow_extra_args(false);
    recipe->add_option("--save", arguments.save, "Write the project with the recommended nodes into this .espalier file");
    recipe->add_flag("--json", arguments.json, "Print everything as JSON");
}

void addSensitivity(CLI::App& app, std::function<int()>& chosen, SensitivityArguments& arguments)
{
    CLI::App* sensitivity = command(app, "sensitivity", "Measure what pruning each layer alone costs; the report is kept with the checkpoint", chosen, [&] { return sensitivityCommand(arguments); });
    sensitivity->add_option("project", arguments.project, "The .espalier file, run up to the node")->required();
    sensitivity->add_option("--node", arguments.node, "The node whose checkpoint is pruned")->capture_default_str();
    sensitivity->add_option("--set", arguments.settings, "parameter=value of the Prune node: score=lamp")->take_all()->allow_extra_args(false);
    sensitivity->add_flag("--json", arguments.json, "Print the report as JSON");
}

void addRecordCommands(CLI::App& app, std::function<int()>& chosen, RunsArguments& records, StoreArguments& store)
{
    CLI::App* runs = command(app, "runs", "List and compare a project's runs", chosen, [&] { return runsCommand(records); });
    runs->add_option("project", records.project, "The .espalier file")->required();
    runs->add_option("--compare", records.compare, "Ids of runs: print what differs between them")->expected(2, 100);
    runs->add_flag("--csv", records.csv, "Print a row a run, with every parameter and result");
    runs->add_option("--tensorboard", records.tensorBoard, "Write TensorBoard event files into this folder");

    CLI::App* kept = command(app, "store", "Show what a project's results take up, and clean up", chosen, [&] { return storeCommand(store); });
    kept->add_option("project", store.project, "The .espalier file")->required();
    kept->add_flag("--clean", store.clean, "Remove what no project, pinned run or running run needs");
    kept->add_option("--limit", store.limit, "How much the results may take: 20GB")->transform(CLI::AsSizeValue(true));
}

void addTokenize(CLI::App& app, std::function<int()>& chosen, TokenizeArguments& arguments)
{
    CLI::App* tokenize = command(app, "tokenize", "Show the tokens of sentences: id, first byte, end, token", chosen, [&] { return tokenizeCommand(arguments); });
    tokenize->add_option("source", arguments.source, "A project, a checkpoint's folder, a tokenizer.json, a vocab.txt or a vocab.json")->required();
    tokenize->add_option("--text", arguments.sentences, "A sentence; without any, lines of standard input")->take_all()->allow_extra_args(false);
    tokenize->add_option("--node", arguments.node, "Of a project: the node whose tokenizer to take")->capture_default_str();
    tokenize->add_option("--max-length", arguments.maxLength, "Of a tokenizer file: tokens kept of a sentence")->check(CLI::Range(1, 4096))->capture_default_str();
    tokenize->add_flag("--cased", arguments.cased, "Of a vocab.txt: keep case and accents");
    tokenize->add_flag("--json", arguments.json, "Print a JSON object a sentence");
}

void addCheckpointCommands(CLI::App& app, std::function<int()>& chosen, EvaluateArguments& evaluation, ExportArguments& exporting)
{
    CLI::App* evaluate = command(app, "evaluate", "Evaluate a checkpoint on labelled sentences", chosen, [&] { return evaluateCommand(evaluation); });
    evaluate->add_option("checkpoint", evaluation.checkpoint, "Folder of the checkpoint")->required();
    evaluate->add_option("--data", evaluation.data, "CSV or TSV file")->required();
    evaluate->add_flag("--predictions", evaluation.predictions, "Print the predicted labels, one a line");

    CLI::App* package = command(app, "export", "Make a package from a checkpoint", chosen, [&] { return exportCommand(exporting); });
    package->add_option("checkpoint", exporting.checkpoint, "Folder of the checkpoint")->required();
    package->add_option("--data", exporting.data, "CSV or TSV file with sentences for the self-test and the parity check")->required();
    package->add_option("--output", exporting.output, "The .espkg file to write")->required();
    package->add_option("--precision", exporting.precision, "checkpoint: as it was quantised, else int8. Or int8, int8_groups, int4, fp32; int4:64 for groups of 64 inputs, int8+int4 for embeddings in 4 bits")->capture_default_str();
    package->add_flag("!--dense", exporting.sparse, "Store zeros too");
    package->add_option("--self-tests", exporting.selfTests, "Sentences stored for the device's own test")->check(CLI::Range(1, 1000))->capture_default_str();
}

void addDeviceCommands(CLI::App& app, std::function<int()>& chosen, DeployArguments& deployment, ClassifyArguments& classification)
{
    CLI::App* deploy = command(app, "deploy", "Push a package to a device", chosen, [&] { return deployCommand(deployment); });
    auto* package = deploy->add_option("package", deployment.package, "The .espkg file");
    deploy->add_option("--device", deployment.device, "Name on the device list")->default_val("this-computer");
    deploy->add_option("--test", deployment.test, "Labelled sentences to measure on the device: text<TAB>label lines, or JSON Lines for several labels or tags");
    auto* rollback = deploy->add_flag("--rollback", deployment.rollback, "Go back to the release before");
    rollback->excludes(package);
    deploy->final_callback([package, rollback] {
        if (package->count() + rollback->count() == 0)
            throw CLI::RequiredError("package or --rollback");
    });

    CLI::App* classify = command(app, "classify", "Label sentences on a device", chosen, [&] { return classifyCommand(classification); });
    classify->add_option("sentences", classification.sentences, "Sentences; without any, lines of standard input");
    classify->add_option("--device", classification.device, "Name on the device list")->default_val("this-computer");
}

/// Threads that wait for work must sleep: by default OpenMP and OpenBLAS spin, and on a machine that does anything else
/// besides, training then takes many times longer. Both read the environment before main(), hence the second start.
void sleepWhileWaiting(char** argv)
{
    if (std::getenv("OMP_WAIT_POLICY") != nullptr)
        return;
    ::setenv("OMP_WAIT_POLICY", "PASSIVE", 1);
    ::setenv("OPENBLAS_THREAD_TIMEOUT", "4", 0);
    ::execv("/proc/self/exe", argv); // where that fails, spinning is better than not starting
}

} // namespace

int main(int argc, char** argv)
{
    sleepWhileWaiting(argv);
    std::signal(SIGPIPE, SIG_IGN);
    CLI::App app{"Espalier's engine: trains, prunes, packages and pushes text classifiers."};
    app.set_version_flag("--version", ESPALIER_VERSION);
    app.require_subcommand(1);

    std::function<int()> chosen;
    RunArguments run;
    LrFindArguments rates;
    SweepArguments sweep;
    RecipeArguments recipe;
    SensitivityArguments sensitivity;
    InspectArguments inspection;
    TokenizeArguments tokenizing;
    EvaluateArguments evaluation;
    ExportArguments exporting;
    DeployArguments deployment;
    ClassifyArguments classification;
    RunsArguments records;
    StoreArguments store;
    bool json = false;
    addRun(app, chosen, run);
    addLrFind(app, chosen, rates);
    addSweep(app, chosen, sweep);
    addRecipe(app, chosen, recipe);
    addSensitivity(app, chosen, sensitivity);
    addRecordCommands(app, chosen, records, store);
    addInspect(app, chosen, inspection);
    addTokenize(app, chosen, tokenizing);
    command(app, "serve", "Speak JSON-RPC over standard input and output", chosen, serveCommand);
    addCheckpointCommands(app, chosen, evaluation, exporting);
    addDeviceCommands(app, chosen, deployment, classification);
    command(app, "catalog", "Print the node types and their parameters", chosen, [&] { return catalogCommand(json); })
        ->add_flag("--json", json, "As JSON instead of Markdown");
    command(app, "bench", "Measure the speed of the matrix products", chosen, benchCommand);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int status = app.exit(error);
        return status == 0 ? 0 : 2;
    }
    return chosen();
}
