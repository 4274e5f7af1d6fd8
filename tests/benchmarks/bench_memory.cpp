// SPDX-License-Identifier: GPL-3.0-or-later
// How much memory the engine takes to train on a JSONL file that is larger than it should ever hold: makes the file and a project, runs the
// pipeline up to the trained model in a process of its own, and prints its greatest resident size.
//
//   bench_memory ENGINE [GIGABYTES] [FOLDER]    default: 2, in the system's folder for temporary files; needs three times the file's size there
#include "engine/core/Json.h"
#include "engine/core/Random.h"
#include "tests/benchmarks/Benchmark.h"

#include <filesystem>
#include <fstream>
#include <sys/resource.h>
#include <sys/wait.h>

using namespace espalier;
using namespace espalier::benchmark;

namespace {

constexpr int classes = 20;
constexpr int words = 20000;

/// Texts of some 80 words; those of a class come from its own tenth of the words more often.
void writeTexts(const std::filesystem::path& file, double bytes)
{
    Random random(1);
    std::ofstream stream(file, std::ios::binary);
    std::string rows;
    for (double written = 0; written < bytes;) {
        const std::uint64_t label = random.below(classes);
        rows += R"({"text": ")";
        for (std::uint64_t count = 60 + random.below(40); count > 0; --count) {
            const std::uint64_t word = random.below(2) == 0 ? random.below(words) : label * (words / classes) + random.below(words / classes);
            rows += "w" + std::to_string(word * word % 99991) + (count == 1 ? "" : " ");
        }
        rows += R"(", "label": "class )" + std::to_string(label) + "\"}\n";
        if (rows.size() > 1'000'000) {
            stream << rows;
            written += static_cast<double>(rows.size());
            rows.clear();
        }
    }
}

Json node(const char* id, Json parameters)
{
    return {{"id", id}, {"type", id}, {"x", 0}, {"y", 0}, {"parameters", std::move(parameters)}};
}

Json edge(const char* from, const char* to)
{
    return {{"from", from}, {"to", to}};
}

void writeProject(const std::filesystem::path& file)
{
    const Json project{{"espalier_project", 1},
                       {"nodes", {node("dataset", {{"train", "texts.jsonl"}}), node("split", Json::object()), node("tokenizer", {{"max_length", 128}}),
                                  node("model", {{"architecture", "ngram"}, {"embedding_dim", 32}, {"ngram_buckets", 65536}}),
                                  node("train", {{"epochs", 1}, {"baseline", false}})}},
                       {"edges", {edge("dataset.dataset", "split.dataset"), edge("split.splits", "tokenizer.splits"), edge("tokenizer.tokenizer", "model.tokenizer"),
                                  edge("split.splits", "train.splits"), edge("model.model", "train.model")}}};
    std::ofstream(file) << project.dump();
}

/// Runs the engine to its end; its greatest resident size in bytes, or -1.
double peakOf(const char* engine, const std::filesystem::path& project)
{
    const pid_t child = fork();
    if (child == 0) {
        execl(engine, engine, "run", project.c_str(), static_cast<char*>(nullptr));
        _exit(127);
    }
    int status = 0;
    rusage usage{};
    if (wait4(child, &status, 0, &usage) != child || status != 0)
        return -1;
    return 1024.0 * static_cast<double>(usage.ru_maxrss);
}

} // namespace

int main(int count, char** arguments)
{
    if (count < 2) {
        std::fputs("usage: bench_memory ENGINE [GIGABYTES] [FOLDER]\n", stderr);
        return 2;
    }
    const double gigabytes = count > 2 ? std::atof(arguments[2]) : 2;
    const auto folder = std::filesystem::path(count > 3 ? arguments[3] : std::filesystem::temp_directory_path().c_str()) / ("espalier-bench-memory-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    writeTexts(folder / "texts.jsonl", gigabytes * 1e9);
    writeProject(folder / "large.espalier");
    double peak = 0;
    const double seconds = secondsOf([&] { peak = peakOf(arguments[1], folder / "large.espalier"); });
    std::filesystem::remove_all(folder);
    if (peak < 0)
        return 1;
    std::printf("%.1f GB of JSONL: peak %.0f MB resident, %.0f s\n", gigabytes, peak / 1e6, seconds);
    return 0;
}
