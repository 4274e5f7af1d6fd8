// SPDX-License-Identifier: GPL-3.0-or-later
// Words a second of training hashed n-grams, and test accuracy, beside the fastText program on the same text of CLINC150: the same sizes and
// one thread; both run in turns. Each side has the epochs and the learning rate that suit its optimiser, chosen on the validation part.
//
//   bench_ngrams [ROUNDS]
//
// Needs ESPALIER_DATA (default: ../shared/data) and Debian's fasttext.
#include "engine/data/Reading.h"
#include "engine/data/Splits.h"
#include "engine/evaluation/Classifier.h"
#include "engine/training/Trainer.h"
#include "tests/benchmarks/Benchmark.h"

#include <filesystem>
#include <fstream>

using namespace espalier;
using namespace espalier::benchmark;

namespace {

constexpr int dimension = 100;
constexpr int order = 2;
constexpr int buckets = 16384;
constexpr int ourEpochs = 10;
constexpr double ourRate = 5e-3; ///< of AdamW
constexpr int theirEpochs = 50;
constexpr double theirRate = 0.5; ///< of plain gradient descent

struct Measurement {
    double rate = 0;     ///< words a second
    double accuracy = 0; ///< on the test part
};

void writeForFastText(const ExampleTable& examples, const std::filesystem::path& file)
{
    std::ofstream stream(file);
    for (const Example& example : examples)
        stream << "__label__" << example.labels.front() << ' ' << example.text << '\n';
}

/// The program prints "Progress: 100.0% words/sec/thread: 512345 lr: ..." and, for the test, "P@1 0.889".
Measurement measureFastText(const std::filesystem::path& folder)
{
    const std::string model = (folder / "model").string();
    const std::string options = " -dim " + std::to_string(dimension) + " -wordNgrams " + std::to_string(order) + " -bucket " + std::to_string(buckets) + " -epoch " +
                                std::to_string(theirEpochs) + " -lr " + std::to_string(theirRate) + " -thread 1";
    Measurement measured;
    for (const std::string& line : linesOf("fasttext supervised -input '" + (folder / "train.txt").string() + "' -output '" + model + "'" + options + " 2>&1 | tr '\\r' '\\n'"))
        std::sscanf(line.c_str(), "Progress: %*f%% words/sec/thread: %lf", &measured.rate);
    for (const std::string& line : linesOf("fasttext test '" + model + ".bin' '" + (folder / "test.txt").string() + "'"))
        std::sscanf(line.c_str(), "P@1 %lf", &measured.accuracy);
    return measured;
}

Measurement measureOurs(const Splits& splits, RunContext& context)
{
    auto builder = must(VocabularyBuilder::create({}));
    for (const Example& example : splits.train)
        builder.add(example.text);
    const Tokenizer tokenizer = must(Tokenizer::create({}, builder.build(1, 0)));
    const ModelSpec spec = must(makeModelSpec("ngram", {{"embedding_dim", dimension}, {"ngram_order", order}, {"ngram_buckets", buckets}},
                                            static_cast<std::int64_t>(tokenizer.vocabulary().size()), splits.labels.size()));
    const Checkpoint checkpoint = must(train(spec, tokenizer, splits, {.epochs = ourEpochs, .learningRate = ourRate, .patience = 0, .threads = 1}, context));
    double seconds = 0;
    for (const EpochRecord& epoch : checkpoint.history.epochs)
        seconds += epoch.trainSeconds;
    std::size_t words = 0;
    std::vector<std::int32_t> ids;
    for (const Example& example : splits.train) {
        tokenizer.encode(example.text, ids);
        words += ids.size() + 1; // fastText counts the end of a line
    }
    return {static_cast<double>(words) * ourEpochs / seconds, must(evaluate(checkpoint, splits.test, "test", context)).accuracy};
}

} // namespace

int main(int count, char** arguments)
{
    limitThreads(1, arguments);
    const int rounds = count > 1 ? std::max(1, std::atoi(arguments[1])) : 3;
    RunContext context;
    const std::filesystem::path data = benchmark::folder("ESPALIER_DATA", "data") + "/clinc150";
    const Splits splits = must(splitDataset(must(readDataset({data / "train.tsv", data / "val.tsv", data / "test.tsv"}, {}, context)), {}, context));
    const auto work = std::filesystem::temp_directory_path() / ("espalier-bench-ngrams-" + std::to_string(getpid()));
    std::filesystem::create_directories(work);
    writeForFastText(splits.train, work / "train.txt");
    writeForFastText(splits.test, work / "test.txt");
    std::vector<double> ratios;
    for (int round = 0; round < rounds; ++round) {
        context.seed = static_cast<std::uint64_t>(round) + 1;
        const Measurement theirs = measureFastText(work);
        const Measurement ours = measureOurs(splits, context);
        if (theirs.rate == 0) {
            std::fputs("fastText did not run: install Debian's package fasttext.\n", stderr);
            break;
        }
        ratios.push_back(ours.rate / theirs.rate);
        std::printf("round %d: fastText %.0f words/s, test %.4f; Espalier %.0f words/s, test %.4f; ratio %.2f\n", round + 1, theirs.rate, theirs.accuracy,
                    ours.rate, ours.accuracy, ratios.back());
        std::fflush(stdout);
    }
    std::filesystem::remove_all(work);
    if (ratios.empty())
        return 1;
    std::printf("hashed n-grams: %.2f times fastText's words a second (median of %d rounds)\n", median(ratios), rounds);
    return 0;
}
