// SPDX-License-Identifier: GPL-3.0-or-later
// How long espalier-edge takes from its start to its first answer, and its peak memory then: `classify` with one line on the standard input, run again and again.
// Several programs take turns, so that what else the machine does meets all of them alike. The packages have the sizes of MiniLM (22.7 million parameters: 30,522
// WordPiece tokens times 384, 6 layers, 12 heads, feed-forward 1536) with random weights, dense and with 87.5 % of the layers' weights pruned, and of a TextCNN.
// Tokens are made up from the letters of this repository's documents, three by three.
//
//   bench_start FOLDER EDGE...    packages are made in FOLDER where they are not there yet; ESPALIER_ROUNDS in the environment: how many (60)
#include "engine/core/Random.h"
#include "engine/core/SafeFile.h"
#include "engine/exporting/PackageWriter.h"
#include "engine/tokenizers/loading/TokenizerFile.h"
#include "tests/benchmarks/Benchmark.h"
#include "tests/exporting/ToyCheckpoint.h"

#include <array>
#include <filesystem>
#include <fcntl.h>
#include <fstream>
#include <map>
#include <set>
#include <spawn.h>
#include <sstream>
#include <sys/resource.h>
#include <sys/wait.h>

using namespace espalier;
using namespace espalier::benchmark;

namespace {

namespace fs = std::filesystem;

/// Words whose letters follow each other as those of the repository's documents do.
class WordMaker {
public:
    WordMaker()
    {
        for (const char* name : {"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"}) {
            std::ifstream file(fs::path(ESPALIER_SOURCE_DIR) / name);
            std::string text((std::istreambuf_iterator<char>(file)), {});
            std::string context = "  ";
            for (const char letter : text) {
                const char lower = std::isalpha(static_cast<unsigned char>(letter)) != 0 ? static_cast<char>(std::tolower(letter)) : ' ';
                m_next[context].push_back(lower);
                context = {context[1], lower};
                if (lower == ' ')
                    context = "  ";
            }
        }
    }
    std::string next(std::size_t longest)
    {
        for (;;) {
            std::string word;
            for (std::string context = "  "; word.size() <= longest; context = {context[1], word.back()}) {
                const std::string& letters = m_next.at(context);
                const char letter = letters[m_random.below(letters.size())];
                if (letter == ' ')
                    break;
                word.push_back(letter);
            }
            if (!word.empty() && word.size() <= longest)
                return word;
        }
    }

private:
    std::map<std::string, std::string> m_next;
    Random m_random{3};
};

/// As BERT's vocabulary is made up: special and unused entries, single characters, then words and the insides of words, the shorter ones first on the whole.
std::vector<std::string> wordPieces(std::size_t size)
{
    std::vector<std::string> tokens{"[PAD]"};
    for (int i = 0; i < 99; ++i)
        tokens.push_back("[unused" + std::to_string(i) + "]");
    for (const char* special : {"[UNK]", "[CLS]", "[SEP]", "[MASK]"})
        tokens.emplace_back(special);
    for (int i = 99; i < 994; ++i)
        tokens.push_back("[unused" + std::to_string(i) + "]");
    for (char letter = '!'; letter <= '~'; ++letter)
        if (std::isupper(static_cast<unsigned char>(letter)) == 0)
            tokens.emplace_back(1, letter);
    for (char letter = 'a'; letter <= 'z'; ++letter)
        tokens.push_back(std::string("##") + letter);
    std::set<std::string> seen(tokens.begin(), tokens.end());
    WordMaker words;
    for (std::size_t i = 0; tokens.size() < size; ++i) {
        const bool inside = i % 5 == 4;
        std::string token = (inside ? "##" : "") + words.next(inside ? 5 : 12);
        if (seen.insert(token).second)
            tokens.push_back(std::move(token));
    }
    return tokens;
}

Weights randomWeights(const ModelSpec& spec, double sparsity)
{
    Weights weights;
    Random random(5);
    for (const auto& [name, shape] : must(modelCatalog().get(spec.architecture))->shapes(spec)) {
        Tensor tensor{shape, {}};
        std::size_t count = 1;
        for (const auto dimension : shape)
            count *= static_cast<std::size_t>(dimension);
        const bool norm = name.ends_with("LayerNorm.weight");
        const bool pruned = shape.size() > 1 && name.find("embeddings.") == std::string::npos && name.find("classifier") == std::string::npos;
        for (std::size_t i = 0; i < count; ++i)
            tensor.values.push_back(pruned && random.uniform() < sparsity ? 0.0F : (norm ? 1.0F : 0.0F) + 0.05F * test::normal(random));
        weights[name] = std::move(tensor);
    }
    return weights;
}

Checkpoint miniLm(const fs::path& folder, double sparsity)
{
    std::string text;
    for (const std::string& token : wordPieces(30522))
        text += token + "\n";
    if (!writeFileSafely(folder / "vocab.txt", text))
        std::exit(1);
    const Parameters parameters{{"layers", 6}, {"hidden_size", 384}, {"heads", 12}, {"ffn_size", 1536}, {"max_positions", 512}, {"norm", "post"}, {"encoder_pooling", "mean"}};
    const Tokenizer tokenizer = must(loadTokenizer(folder / "vocab.txt"));
    const ModelSpec spec = must(makeModelSpec("transformer", parameters, static_cast<std::int64_t>(tokenizer.vocabulary().size()), 4));
    return {.model = spec, .tokenizer = tokenizer, .labels = LabelMap({"alarm", "lights", "music", "weather"}), .weights = randomWeights(spec, sparsity), .masks = {}, .history = {}, .seed = 5};
}

Checkpoint textCnn()
{
    WordMaker words;
    std::set<std::string> seen;
    while (seen.size() < 6000)
        seen.insert(words.next(14));
    std::vector<std::string> tokens{"<pad>", "<unk>"};
    tokens.insert(tokens.end(), seen.begin(), seen.end());
    std::vector<std::string> labels;
    for (int i = 0; i < 150; ++i)
        labels.push_back(words.next(8) + "_" + words.next(8) + std::to_string(i));
    const Tokenizer tokenizer = must(Tokenizer::create({}, tokens));
    const ModelSpec spec = must(makeModelSpec("textcnn", {{"embedding_dim", 100}, {"filters", 100}}, static_cast<std::int64_t>(tokens.size()), 150));
    return {.model = spec, .tokenizer = tokenizer, .labels = LabelMap(labels), .weights = randomWeights(spec, 0), .masks = {}, .history = {}, .seed = 5};
}

constexpr std::array packages{"minilm-dense", "minilm-875", "textcnn"};

void makePackage(const fs::path& folder, const std::string& name)
{
    const fs::path file = folder / (name + ".espkg");
    if (fs::exists(file))
        return;
    RunContext context;
    const Checkpoint checkpoint = name == "textcnn" ? textCnn() : miniLm(folder, name == "minilm-875" ? 0.875 : 0);
    std::vector<std::string> sentences;
    const auto& tokens = checkpoint.tokenizer.vocabulary();
    Random random(9);
    for (int i = 0; i < 40; ++i) {
        std::string sentence;
        for (int word = 0; word < 10; ++word)
            sentence += tokens[1200 + random.below(tokens.size() - 1200)] + " ";
        sentences.push_back(sentence);
    }
    const EncodedPackage package = must(encodePackage(checkpoint, sentences, {}, context));
    if (!writeFileSafely(file, package.bytes))
        std::exit(1);
    std::printf("made %s: %lld bytes\n", file.c_str(), static_cast<long long>(package.report.bytes));
}

/// "VmHWM" of a living process in kB.
long peakOf(pid_t process)
{
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:"))
            return std::atol(line.c_str() + 6);
    return 0;
}

struct Start {
    double milliseconds = 0;
    double processor = 0; ///< milliseconds of all its threads
    double peak = 0;      ///< MB, once it has answered
};

/// Spawns EDGE classify PACKAGE, gives it a line and waits for its answer.
Start startOnce(const char* edge, const std::string& package)
{
    int in[2];
    int out[2];
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0)
        std::exit(1);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], 0);
    posix_spawn_file_actions_adddup2(&actions, out[1], 1);
    std::string path = package;
    std::array<char*, 4> arguments{const_cast<char*>(edge), const_cast<char*>("classify"), path.data(), nullptr};
    constexpr std::string_view line = "please turn the lights on in the kitchen and play some music\n";
    if (write(in[1], line.data(), line.size()) != static_cast<ssize_t>(line.size()))
        std::exit(1);
    Start start;
    pid_t child = 0;
    std::array<char, 4096> answer;
    start.milliseconds = 1000 * secondsOf([&] {
        if (posix_spawn(&child, edge, &actions, nullptr, arguments.data(), environ) != 0 || read(out[0], answer.data(), answer.size()) <= 0)
            std::exit(1);
    });
    start.peak = static_cast<double>(peakOf(child)) / 1024;
    for (const int end : {in[0], in[1], out[0], out[1]})
        close(end);
    rusage usage{};
    int status = 0;
    wait4(child, &status, 0, &usage);
    posix_spawn_file_actions_destroy(&actions);
    const auto of = [](const timeval& time) { return 1e3 * static_cast<double>(time.tv_sec) + 1e-3 * static_cast<double>(time.tv_usec); };
    start.processor = of(usage.ru_utime) + of(usage.ru_stime);
    return start;
}

void report(const std::string& package, const std::vector<const char*>& programs, int rounds)
{
    std::vector<std::vector<Start>> starts(programs.size());
    for (int round = 0; round < rounds; ++round)
        for (std::size_t i = 0; i < programs.size(); ++i)
            starts[i].push_back(startOnce(programs[i], package));
    for (std::size_t i = 0; i < programs.size(); ++i) {
        const auto all = [&](double Start::*figure) {
            std::vector<double> values;
            for (const Start& start : starts[i])
                values.push_back(start.*figure);
            std::sort(values.begin(), values.end());
            return values;
        };
        const auto times = all(&Start::milliseconds);
        const auto peaks = all(&Start::peak);
        std::printf("%-24s %-40s %8.2f %8.2f %8.2f %8.2f %8.2f\n", fs::path(package).stem().c_str(), programs[i], times.front(), median(times), all(&Start::processor).front(),
                    peaks.front(), peaks.back());
    }
}

} // namespace

int main(int count, char** arguments)
{
    if (count < 3) {
        std::fprintf(stderr, "bench_start FOLDER EDGE...\n");
        return 2;
    }
    const fs::path folder = arguments[1];
    fs::create_directories(folder);
    const char* asked = std::getenv("ESPALIER_ROUNDS");
    const int rounds = asked != nullptr ? std::max(1, std::atoi(asked)) : 60;
    for (const char* name : packages)
        makePackage(folder, name);
    std::printf("%-24s %-40s %8s %8s %8s %8s %8s\n", "package", "program", "least ms", "median", "cpu ms", "peak MB", "most");
    for (const char* name : packages)
        report(folder / (std::string(name) + ".espkg"), {arguments + 2, arguments + count}, rounds);
    return 0;
}
