// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzzing/FuzzTargets.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace espalier::fuzzing {
namespace {

struct Folder {
    Folder()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "espalier-fuzzing-XXXXXX").string();
        require(::mkdtemp(pattern.data()) != nullptr, "there is a folder for inputs");
        path = pattern;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    std::filesystem::path path;
};

} // namespace

const std::vector<FuzzTarget>& fuzzTargets()
{
    static const std::vector<FuzzTarget> targets{
        {"conll", runConll},
        {"csv", runCsv},
        {"entropy", runEntropy},
        {"fasttext", runFastText},
        {"http", runHttp},
        {"json", runJson},
        {"jsonl", runJsonLines},
        {"package", runPackage},
        {"packedtext", runPackedText},
        {"plan", runPlan},
        {"safetensors", runSafetensors},
        {"streams", runStreams},
        {"tokenizer", runTokenizer},
        {"wordlist", runWordList},
    };
    return targets;
}

void require(bool holds, const char* promise)
{
    if (holds)
        return;
    std::fprintf(stderr, "broken promise: %s\n", promise);
    std::abort();
}

std::string_view nextPart(std::string_view& rest)
{
    constexpr std::string_view line = "\n---\n";
    const auto at = rest.find(line);
    const std::string_view part = rest.substr(0, at);
    rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + line.size());
    return part;
}

std::string inputPath(std::string_view extension)
{
    static const Folder folder;
    return (folder.path / ("input" + std::string(extension))).string();
}

std::string writeInput(std::string_view bytes, std::string_view extension)
{
    std::string path = inputPath(extension);
    std::ofstream file(path, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    require(file.flush().good(), "the input can be written");
    return path;
}

} // namespace espalier::fuzzing
