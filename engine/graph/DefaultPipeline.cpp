// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/graph/DefaultPipeline.h"

#include "engine/core/Task.h"

#include <array>

namespace espalier {
namespace {

struct Parts {
    std::filesystem::path train;
    std::filesystem::path validation;
    std::filesystem::path test;
};

std::filesystem::path sibling(const std::filesystem::path& file, std::initializer_list<const char*> stems)
{
    std::error_code ignored;
    for (const char* stem : stems) {
        auto candidate = file.parent_path() / (stem + file.extension().string());
        if (std::filesystem::is_regular_file(candidate, ignored))
            return candidate;
    }
    return {};
}

/// A file named after a part stands for all three; any other file stands alone.
Parts findParts(const std::filesystem::path& file)
{
    Parts parts{sibling(file, {"train"}), sibling(file, {"val", "valid", "validation", "validate", "dev"}), sibling(file, {"test"})};
    if (!parts.train.empty() && (file == parts.train || file == parts.validation || file == parts.test))
        return parts;
    return {file, {}, {}};
}

std::string written(const std::filesystem::path& file, const std::filesystem::path& folder)
{
    const auto relative = file.lexically_relative(folder);
    return relative.empty() || *relative.begin() == ".." ? file.string() : relative.string();
}

struct Suited {
    Parameters tokenizer;
    Parameters model;
};

/// Names and numbers are told by how they are written: tags want parts of words, in upper and lower case, and a model that reads in order.
Suited suitedTo(const Parameters& dataset)
{
    const auto task = dataset.find("task");
    if (task == dataset.end() || task->second != taskName(Task::TokenTags))
        return {};
    return {{{"kind", "bpe"}, {"lowercase", false}}, {{"architecture", "bilstm"}}};
}

constexpr double columnWidth = 240;
constexpr double rowHeight = 168;

void add(Graph& graph, const std::string& type, int column, int row, Parameters parameters = {})
{
    (void)graph.addNode({.id = type, .type = type, .x = column * columnWidth, .y = row * rowHeight, .parameters = std::move(parameters)});
}

} // namespace

Project defaultPipeline(const std::filesystem::path& dataFile, const std::filesystem::path& projectFolder, const Parameters& dataset)
{
    const Parts parts = findParts(dataFile);
    Parameters files{{"train", written(parts.train, projectFolder)}};
    if (!parts.validation.empty())
        files["validation"] = written(parts.validation, projectFolder);
    if (!parts.test.empty())
        files["test"] = written(parts.test, projectFolder);

    Project project;
    const auto folderName = dataFile.parent_path().filename().string();
    project.name = parts.train == dataFile && parts.validation.empty() && parts.test.empty() ? dataFile.stem().string() : folderName;
    Graph& graph = project.graph;
    const Suited suited = suitedTo(dataset);
    add(graph, "dataset", 0, 0, dataset.empty() ? files : dataset);
    add(graph, "split", 1, 0);
    add(graph, "tokenizer", 2, 0, suited.tokenizer);
    add(graph, "model", 3, 0, suited.model);
    add(graph, "train", 0, 1);
    add(graph, "prune", 1, 1);
    add(graph, "evaluate", 2, 1);
    add(graph, "package", 2, 2);
    add(graph, "deploy", 3, 2);
    const std::array<Edge, 14> edges{{{"dataset", "dataset", "split", "dataset"},
                                      {"split", "splits", "tokenizer", "splits"},
                                      {"tokenizer", "tokenizer", "model", "tokenizer"},
                                      {"split", "splits", "train", "splits"},
                                      {"model", "model", "train", "model"},
                                      {"train", "checkpoint", "prune", "checkpoint"},
                                      {"split", "splits", "prune", "splits"},
                                      {"prune", "checkpoint", "evaluate", "checkpoint"},
                                      {"split", "splits", "evaluate", "splits"},
                                      {"prune", "checkpoint", "package", "checkpoint"},
                                      {"split", "splits", "package", "splits"},
                                      {"train", "checkpoint", "package", "reference"},
                                      {"package", "package", "deploy", "package"},
                                      {"split", "splits", "deploy", "splits"}}};
    for (const Edge& edge : edges)
        (void)graph.connect(edge);
    return project;
}

} // namespace espalier
