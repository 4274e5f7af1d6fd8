// SPDX-License-Identifier: GPL-3.0-or-later
// One sentence at a time on one thread: the same checkpoint in LibTorch, fp32 as it was trained, and in a package, int8, on the edge runtime; dense and with 90 % of its weights
// zero. TextCNN, BiLSTM and BiGRU of the catalogue at their defaults, over the words of CLINC150's training part; the weights are random, which no time depends on but by the zeros.
// The sentences are of its test part. Both sides get token ids; they take turns, and a sentence's time is the least of its rounds.
//
//   bench_libtorch [SENTENCES]    default: 200. Needs ESPALIER_DATA (default: ../shared/data)
#include "engine/compression/Pruning.h"
#include "engine/data/Reading.h"
#include "engine/data/Splits.h"
#include "engine/edge/Session.h"
#include "engine/exporting/PackageWriter.h"
#include "engine/models/TextModel.h"
#include "tests/benchmarks/Benchmark.h"

#include <filesystem>

using namespace espalier;
using namespace espalier::benchmark;

namespace {

constexpr int rounds = 15;

struct Corpus {
    Tokenizer tokenizer;
    LabelMap labels;
    std::vector<std::vector<std::int32_t>> sentences; ///< of the test part
    std::vector<std::string> texts;
};

Corpus readCorpus(std::size_t count)
{
    RunContext context;
    const std::filesystem::path data = benchmark::folder("ESPALIER_DATA", "data") + "/clinc150";
    const Splits splits = must(splitDataset(must(readDataset({data / "train.tsv", data / "val.tsv", data / "test.tsv"}, {}, context)), {}, context));
    auto builder = must(VocabularyBuilder::create({}));
    for (const Example& example : splits.train)
        builder.add(example.text);
    Corpus corpus{must(Tokenizer::create({}, builder.build(1, 0))), splits.labels, {}, {}};
    std::size_t index = 0;
    const std::size_t every = std::max<std::size_t>(1, splits.test.size() / count); // the test part is in the order of its classes
    for (const Example& example : splits.test)
        if (index++ % every == 0 && corpus.texts.size() < count) {
            corpus.texts.push_back(example.text);
            corpus.tokenizer.encode(example.text, corpus.sentences.emplace_back());
        }
    return corpus;
}

struct Contestants {
    std::shared_ptr<TextModel> torchModel;
    std::vector<std::pair<std::string, edge::Session>> sessions;
};

Contestants prepare(const std::string& architecture, const Corpus& corpus)
{
    torch::manual_seed(5);
    const ModelSpec spec = must(makeModelSpec(architecture, {}, static_cast<std::int64_t>(corpus.tokenizer.vocabulary().size()), corpus.labels.size()));
    Contestants result{must(modelCatalog().get(architecture))->create(spec), {}};
    result.torchModel->eval();
    const Checkpoint dense{.model = spec, .tokenizer = corpus.tokenizer, .labels = corpus.labels, .weights = weightsOf(*result.torchModel), .masks = {}, .history = {}, .seed = 5};
    RunContext context;
    for (const double sparsity : {0.0, 0.9}) {
        const Checkpoint checkpoint = sparsity > 0 ? must(prune(dense, {.sparsity = sparsity})) : dense;
        const EncodedPackage package = must(encodePackage(checkpoint, corpus.texts, {}, context));
        result.sessions.emplace_back(sparsity > 0 ? "int8, 90 % zeros" : "int8, dense", must(edge::Session::fromBytes(package.bytes)));
    }
    return result;
}

void report(const std::string& architecture, const Corpus& corpus)
{
    Contestants contestants = prepare(architecture, corpus);
    const std::size_t count = corpus.sentences.size();
    std::vector<std::vector<double>> times(1 + contestants.sessions.size(), std::vector<double>(count, 1e9));
    const auto time = [&](std::size_t contestant, std::size_t sentence, auto run) { times[contestant][sentence] = std::min(times[contestant][sentence], secondsOf(run)); };
    for (int round = 0; round < rounds; ++round)
        for (std::size_t contestant = 0; contestant < times.size(); ++contestant)
            for (std::size_t i = 0; i < count; ++i) {
                const std::vector<std::int32_t>& ids = corpus.sentences[i];
                if (contestant > 0) {
                    time(contestant, i, [&] { contestants.sessions[contestant - 1].second.classifyIds(ids); });
                    continue;
                }
                const std::uint32_t first = 0;
                const TextBatch batch = makeBatch(TokenSequences({ids}), {&first, 1});
                time(contestant, i, [&] { contestants.torchModel->forward(batch.ids, batch.lengths).softmax(-1); });
            }
    const double torchTime = median(times[0]);
    std::printf("%-8s LibTorch %.1f us", architecture.c_str(), torchTime * 1e6);
    for (std::size_t i = 0; i < contestants.sessions.size(); ++i) {
        std::vector<double> ratios;
        for (std::size_t s = 0; s < count; ++s)
            ratios.push_back(times[0][s] / times[i + 1][s]);
        std::printf("; %s %.1f us, %.1f times as fast (%.1f to %.1f)", contestants.sessions[i].first.c_str(), median(times[i + 1]) * 1e6, median(ratios),
                    *std::min_element(ratios.begin(), ratios.end()), *std::max_element(ratios.begin(), ratios.end()));
    }
    std::printf("\n");
    std::fflush(stdout);
}

} // namespace

int main(int count, char** arguments)
{
    limitThreads(1, arguments);
    torch::set_num_threads(1);
    const c10::InferenceMode inference;
    const Corpus corpus = readCorpus(count > 1 ? static_cast<std::size_t>(std::max(1, std::atoi(arguments[1]))) : 200);
    std::vector<double> lengths;
    for (const auto& ids : corpus.sentences)
        lengths.push_back(static_cast<double>(ids.size()));
    std::printf("%zu sentences, %.0f tokens in the median; kernels %s\n", corpus.sentences.size(), median(lengths), edge::chosenKernels().name.data());
    for (const char* architecture : {"textcnn", "bilstm", "bigru"})
        report(architecture, corpus);
    return 0;
}
