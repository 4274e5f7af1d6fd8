// SPDX-License-Identifier: GPL-3.0-or-later
// What `espalier-engine` does for each of its commands. Each function returns the exit status: 0 done, 1 failed (said on stderr),
// 2 wrong use, 130 cancelled. Parsing the arguments is main.cpp's business.
#pragma once

#include "engine/deployment/Device.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace espalier {

struct RunArguments {
    std::filesystem::path project;
    std::vector<std::string> settings; ///< "node.parameter=value", applied to a copy of the project
    std::string target;                ///< node id; empty: everything
    bool json = false;                 ///< print the outcome as JSON instead of text
};

struct EvaluateArguments {
    std::filesystem::path checkpoint; ///< folder
    std::filesystem::path data;       ///< CSV or TSV
    bool predictions = false;         ///< print one predicted label a line, in the order of the file, instead of the report
};

struct ExportArguments {
    std::filesystem::path checkpoint;
    std::filesystem::path data;   ///< sentences for the self-test and the parity check
    std::filesystem::path output; ///< .espkg
    std::string precision = "checkpoint";
    bool sparse = true;
    int selfTests = 32;
};

struct DeployArguments {
    std::filesystem::path package;
    std::string device;
    std::filesystem::path test; ///< text<TAB>label lines to measure there; empty: none
    bool rollback = false;      ///< go back to the release before instead
};

struct ClassifyArguments {
    std::string device;
    std::vector<std::string> sentences; ///< empty: lines of stdin
};

struct InspectArguments {
    std::filesystem::path file;
    std::vector<std::string> settings; ///< "parameter=value" of the Dataset node
    bool json = false;
};

struct LrFindArguments {
    std::filesystem::path project;
    std::vector<std::string> settings; ///< as of run
    std::string node = "train";
    bool json = false;
};

struct SweepArguments {
    std::filesystem::path project;
    std::string node;                  ///< whose checkpoint is measured
    std::vector<std::string> settings; ///< as of run
    std::vector<std::string> over;     ///< "parameter=value,value" of Prune
    std::string precision = "checkpoint";
    bool json = false;
};

struct RecipeArguments {
    std::filesystem::path project;
    std::string node;                   ///< whose checkpoint is to become small
    std::vector<std::string> settings;  ///< as of run
    std::optional<std::uint64_t> bytes; ///< budgets
    std::optional<double> points;
    std::optional<double> milliseconds;
    std::optional<std::uint64_t> memory;
    std::string precision = "checkpoint";
    std::string device{thisComputerName}; ///< that measures time and memory
    int trainings = 4;
    std::filesystem::path save; ///< where to write the project with the recipe; empty: nowhere
    bool json = false;
};

struct SensitivityArguments {
    std::filesystem::path project;
    std::vector<std::string> settings; ///< "parameter=value" of the Prune node
    std::string node = "train";        ///< whose checkpoint
    bool json = false;
};

struct RunsArguments {
    std::filesystem::path project;
    std::vector<std::string> compare; ///< ids of runs; empty: list all
    bool csv = false;
    std::filesystem::path tensorBoard; ///< folder for event files; empty: none
};

struct StoreArguments {
    std::filesystem::path project;
    bool clean = false;
    std::uint64_t limit = 0; ///< bytes; 0: leave it
};

struct TokenizeArguments {
    std::filesystem::path source;       ///< an .espalier file, a checkpoint's folder, or a file that loadTokenizer() reads
    std::vector<std::string> sentences; ///< empty: lines of stdin
    std::string node = "tokenizer";     ///< of a project
    int maxLength = 4096;               ///< of a tokenizer file
    bool cased = false;                 ///< a vocab.txt keeps case and accents
    bool json = false;                  ///< one JSON object a sentence instead of a table
};

int runCommand(const RunArguments& arguments);
int lrFindCommand(const LrFindArguments& arguments);
int sweepCommand(const SweepArguments& arguments);
int recipeCommand(const RecipeArguments& arguments);
int serveCommand();
int evaluateCommand(const EvaluateArguments& arguments);
int exportCommand(const ExportArguments& arguments);
int deployCommand(const DeployArguments& arguments);
int classifyCommand(const ClassifyArguments& arguments);
int inspectCommand(const InspectArguments& arguments);
int sensitivityCommand(const SensitivityArguments& arguments);
int runsCommand(const RunsArguments& arguments);
int storeCommand(const StoreArguments& arguments);
int tokenizeCommand(const TokenizeArguments& arguments);
int catalogCommand(bool json);
int benchCommand();

} // namespace espalier
