// SPDX-License-Identifier: GPL-3.0-or-later
// Examples a second of training, and test accuracy, beside the plain PyTorch script of ../shared/peers, on CLINC150: the same sizes, batch, threads and
// epochs; both run in turns, so that neither has the machine to itself. The script's learning rate is 1e-3, Espalier's was chosen on the validation part.
//
//   bench_training [--arch cnn|lstm|transformer] [--epochs N] [--rounds N] [--threads N]
//
// Needs ESPALIER_DATA and ESPALIER_PEERS (default: ../shared/data and ../shared/peers) and, for /usr/bin/python3, Debian's python3-torch.
#include "engine/data/Reading.h"
#include "engine/data/Splits.h"
#include "engine/evaluation/Classifier.h"
#include "engine/training/Trainer.h"
#include "tests/benchmarks/Benchmark.h"

#include <optional>

using namespace espalier;
using namespace espalier::benchmark;

namespace {

struct Options {
    std::string arch = "transformer";
    int epochs = 4;
    int rounds = 3;
    int threads = 1;
};

struct Measurement {
    std::vector<double> rates; ///< examples a second, one an epoch
    double accuracy = 0;       ///< on the test part, after the last epoch
};

std::optional<Options> parseOptions(int count, char** arguments)
{
    Options options;
    for (int i = 1; i + 1 < count; i += 2) {
        const std::string name = arguments[i];
        const std::string value = arguments[i + 1];
        if (name == "--arch")
            options.arch = value;
        else if (name == "--epochs")
            options.epochs = std::atoi(value.c_str());
        else if (name == "--rounds")
            options.rounds = std::atoi(value.c_str());
        else if (name == "--threads")
            options.threads = std::atoi(value.c_str());
        else
            return std::nullopt;
    }
    const bool known = options.arch == "cnn" || options.arch == "lstm" || options.arch == "transformer";
    return count % 2 == 1 && known && options.epochs > 0 && options.rounds > 0 && options.threads > 0 ? std::optional(options) : std::nullopt;
}

/// The script's own figures, from its lines "epoch 1 loss 2.73 seconds 11.5 examples/s 1306 test 0.6747".
Measurement measurePeer(const Options& options)
{
    const std::string data = folder("ESPALIER_DATA", "data") + "/clinc150/";
    const std::string command = "/usr/bin/python3 '" + folder("ESPALIER_PEERS", "peers") + "/pytorch_classifier.py' '" + data + "train.tsv' '" + data +
                                "test.tsv' --arch " + options.arch + " --epochs " + std::to_string(options.epochs);
    Measurement measured;
    for (const std::string& line : linesOf(command)) {
        double rate = 0;
        if (std::sscanf(line.c_str(), "epoch %*d loss %*f seconds %*f examples/s %lf test %lf", &rate, &measured.accuracy) == 2)
            measured.rates.push_back(rate);
    }
    return measured;
}

Parameters sizesOfPeer(const std::string& arch)
{
    if (arch == "cnn")
        return {{"widths", "3,4,5"}, {"embedding_dim", 128}, {"filters", 128}, {"dropout", 0.5}, {"word_dropout", 0.0}};
    if (arch == "lstm")
        return {{"embedding_dim", 128}, {"recurrent_size", 128}, {"recurrent_pooling", "max"}, {"dropout", 0.0}, {"word_dropout", 0.0}};
    return {{"layers", 2}, {"hidden_size", 128}, {"heads", 4}, {"ffn_size", 512}, {"max_positions", 64}, {"norm", "pre"},
            {"encoder_pooling", "mean"}, {"encoder_activation", "relu"}, {"hidden_dropout", 0.1}, {"attention_dropout", 0.1}, {"word_dropout", 0.0}};
}

Splits readSplits(RunContext& context)
{
    const std::filesystem::path data = folder("ESPALIER_DATA", "data") + "/clinc150";
    Splits splits = must(splitDataset(must(readDataset({data / "train.tsv", data / "val.tsv", data / "test.tsv"}, {}, context)), {}, context));
    splits.validation = splits.validation.select([](std::size_t position) { return position < 64 ? 1 : 0; }); // the script validates outside of its seconds, ours inside
    return splits;
}

Measurement measureOurs(const Options& options, const Splits& splits, RunContext& context)
{
    auto builder = must(VocabularyBuilder::create({}));
    for (const auto& example : splits.train)
        builder.add(example.text);
    constexpr int leastFrequency = 2; // as the script
    const Tokenizer tokenizer = must(Tokenizer::create({.maxLength = 64}, builder.build(leastFrequency, 0)));
    const std::string architecture = options.arch == "cnn" ? "textcnn" : options.arch == "lstm" ? "bilstm" : "transformer";
    const ModelSpec spec = must(makeModelSpec(architecture, sizesOfPeer(options.arch), static_cast<std::int64_t>(tokenizer.vocabulary().size()), splits.labels.size()));
    TrainOptions training;
    training.epochs = options.epochs;
    training.batchSize = 64;
    training.learningRate = options.arch == "cnn" ? 4e-3 : options.arch == "lstm" ? 8e-3 : 1e-3;
    training.patience = 0;
    training.threads = options.threads;
    const Checkpoint checkpoint = must(train(spec, tokenizer, splits, training, context));
    Measurement measured;
    for (const auto& epoch : checkpoint.history.epochs)
        measured.rates.push_back(static_cast<double>(splits.train.size()) / epoch.seconds);
    measured.accuracy = must(evaluate(checkpoint, splits.test, "test", context)).accuracy;
    return measured;
}

} // namespace

int main(int count, char** arguments)
{
    const auto options = parseOptions(count, arguments);
    if (!options) {
        std::fputs("usage: bench_training [--arch cnn|lstm|transformer] [--epochs N] [--rounds N] [--threads N]\n", stderr);
        return 2;
    }
    limitThreads(options->threads, arguments);
    RunContext context;
    const Splits splits = readSplits(context);
    std::vector<double> ratios;
    for (int round = 0; round < options->rounds; ++round) {
        context.seed = static_cast<std::uint64_t>(round) + 1;
        const Measurement peer = measurePeer(*options);
        if (peer.rates.empty()) {
            std::fputs("The script did not run: install python3-torch, and set ESPALIER_PEERS to the folder of pytorch_classifier.py.\n", stderr);
            return 1;
        }
        const Measurement ours = measureOurs(*options, splits, context);
        ratios.push_back(median(ours.rates) / median(peer.rates));
        std::printf("%s round %d, %d thread(s): script %.0f examples/s, test %.4f; Espalier %.0f examples/s, test %.4f; ratio %.2f\n", options->arch.c_str(),
                    round + 1, options->threads, median(peer.rates), peer.accuracy, median(ours.rates), ours.accuracy, ratios.back());
        std::fflush(stdout);
    }
    std::printf("%s: %.2f times the script's examples a second (median of %d rounds)\n", options->arch.c_str(), median(ratios), options->rounds);
    return 0;
}
