// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ToyProject.h"

#include "engine/core/SafeFile.h"
#include "engine/graph/DefaultPipeline.h"

#include <array>
#include <cstdlib>

namespace espalier::test {
namespace {

struct Intent {
    const char* label;
    std::array<const char*, 4> phrases;
};

constexpr std::array intents{
    Intent{"light", {"turn on the lamp", "it is dark in the", "make it bright in the", "开灯 在"}},
    Intent{"music", {"play a song in the", "i want to hear jazz in the", "start the radio in the", "放音乐 在"}},
    Intent{"heat", {"it is cold in the", "raise the temperature in the", "warm up the", "调高温度 在"}},
};
constexpr std::array rooms{"kitchen", "bedroom", "hall", "office", "garage", "attic", "garden", "bathroom"};

std::string rows(std::size_t first, std::size_t step)
{
    std::string text = "text\tlabel\n";
    std::size_t number = 0;
    for (const Intent& intent : intents)
        for (const char* phrase : intent.phrases)
            for (const char* room : rooms)
                if (number++ % step >= first)
                    text += std::string(phrase) + " " + room + "\t" + intent.label + "\n";
    return text;
}

void write(const std::filesystem::path& path, const std::string& text)
{
    if (!writeFileSafely(path, text))
        std::abort();
}

} // namespace

Project writeToyProject(const std::filesystem::path& folder)
{
    write(folder / "train.tsv", rows(0, 1));
    write(folder / "val.tsv", rows(2, 4));
    write(folder / "test.tsv", rows(3, 4));
    Project project = defaultPipeline(folder / "train.tsv", folder);
    project.name = "toy";
    const auto set = [&](const char* node, const char* parameter, const Json& value) { (void)project.graph.setParameter(node, parameter, value); };
    set("model", "embedding_dim", 32);
    set("model", "filters", 16);
    set("train", "epochs", 8);
    set("train", "learning_rate", 0.01);
    set("train", "batch_size", 16);
    set("prune", "epochs", 3);
    set("prune", "sparsity", 0.5);
    set("package", "self_tests", 8);
    write(folder / "toy.espalier", dumpJsonPretty(toJson(project)));
    return project;
}

} // namespace espalier::test
