// SPDX-License-Identifier: GPL-3.0-or-later
// Tokenizing with WordPiece beside Hugging Face's tokenizers, on one thread, in turns, with the same tokenizer.json and the same sentences (CLINC150 and
// SST-2). Theirs is timed inside Python, without its start, by the faster of their calls (encode_batch_fast gives ids without offsets, as ours does).
// The ids must be equal.
//
//   bench_tokenizing [ROUNDS]
//
// Needs ESPALIER_DATA (default: ../shared/data) and the judge that tests/tokenizers/judge/setup.sh installs (ESPALIER_JUDGE: its python).
#include "engine/core/SafeFile.h"
#include "engine/tokenizers/loading/TokenizerFile.h"
#include "tests/benchmarks/Benchmark.h"

#include <filesystem>
#include <fstream>

using namespace espalier;
using namespace espalier::benchmark;

namespace {

/// Learns a vocabulary of 8,000 from the sentences, then times itself: "seconds tokens sum-of-ids" a pass.
constexpr const char* script = R"python(
import sys, time
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
texts = open(sys.argv[1], encoding="utf-8").read().split("\n")
if sys.argv[2] == "learn":
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer()
    tokenizer.train_from_iterator(texts, trainers.WordPieceTrainer(vocab_size=8000, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], show_progress=False))
    tokenizer.save(sys.argv[3])
else:
    tokenizer = Tokenizer.from_file(sys.argv[3])
    for _ in range(3):
        begin = time.perf_counter()
        encodings = tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        seconds = time.perf_counter() - begin
        print(seconds, sum(len(e.ids) for e in encodings), sum(sum(e.ids) for e in encodings))
)python";

struct Pass {
    double seconds = 1e9;
    long long tokens = 0;
    long long sum = 0; ///< of the ids, as they are in the file
};

std::vector<std::string> readTexts(const std::filesystem::path& data)
{
    std::vector<std::string> texts;
    for (const char* file : {"clinc150/train.tsv", "clinc150/test.tsv", "sst2/train.tsv"}) {
        std::ifstream stream(data / file);
        for (std::string line; std::getline(stream, line);)
            texts.push_back(line.substr(0, line.find('\t')));
    }
    return texts;
}

Pass measureTheirs(const std::string& command)
{
    Pass best;
    for (const std::string& line : linesOf(command)) {
        Pass pass;
        if (std::sscanf(line.c_str(), "%lf %lld %lld", &pass.seconds, &pass.tokens, &pass.sum) == 3 && pass.seconds < best.seconds)
            best = pass;
    }
    return best;
}

/// Three passes, each with a tokenizer that has seen nothing yet.
Pass measureOurs(const std::filesystem::path& file, const std::vector<std::string>& texts)
{
    Pass best;
    for (int i = 0; i < 3; ++i) {
        const Tokenizer tokenizer = must(loadTokenizer(file, {.maxLength = Tokenizer::maxLengthLimit}));
        const auto fileIds = tokenizer.fileIds();
        Pass pass;
        std::vector<std::int32_t> ids;
        pass.seconds = secondsOf([&] {
            for (const std::string& text : texts) {
                tokenizer.encode(text, ids);
                pass.tokens += static_cast<long long>(ids.size());
                for (const std::int32_t id : ids)
                    pass.sum += fileIds[static_cast<std::size_t>(id)];
            }
        });
        if (pass.seconds < best.seconds)
            best = pass;
    }
    return best;
}

} // namespace

int main(int count, char** arguments)
{
    limitThreads(1, arguments);
    const int rounds = count > 1 ? std::max(1, std::atoi(arguments[1])) : 5;
    const char* given = std::getenv("ESPALIER_JUDGE");
    const std::string python = given != nullptr ? given : ESPALIER_BINARY_DIR "/judges/huggingface/bin/python";
    const auto work = std::filesystem::temp_directory_path() / ("espalier-bench-tokenizing-" + std::to_string(getpid()));
    std::filesystem::create_directories(work);
    const auto texts = readTexts(benchmark::folder("ESPALIER_DATA", "data"));
    std::string joined;
    for (const std::string& text : texts)
        joined += (joined.empty() ? "" : "\n") + text;
    if (!writeFileSafely(work / "texts", joined) || !writeFileSafely(work / "peer.py", script))
        return 1;
    const auto file = work / "tokenizer.json";
    const auto command = [&](const char* act) {
        return "TOKENIZERS_PARALLELISM=false '" + python + "' '" + (work / "peer.py").string() + "' '" + (work / "texts").string() + "' " + act + " '" + file.string() + "'";
    };
    linesOf(command("learn"));
    std::vector<double> ratios;
    for (int round = 0; std::filesystem::exists(file) && round < rounds; ++round) {
        const Pass theirs = measureTheirs(command("time"));
        const Pass ours = measureOurs(file, texts);
        ratios.push_back(theirs.seconds / ours.seconds);
        std::printf("round %d: %lld tokens; Hugging Face %.1f ms, Espalier %.2f ms; ratio %.1f; ids %s\n", round + 1, ours.tokens, 1000 * theirs.seconds,
                    1000 * ours.seconds, ratios.back(), ours.tokens == theirs.tokens && ours.sum == theirs.sum ? "equal" : "DIFFER");
    }
    std::filesystem::remove_all(work);
    if (ratios.empty()) {
        std::fputs("Hugging Face's tokenizers did not run: tests/tokenizers/judge/setup.sh BUILD_FOLDER installs them.\n", stderr);
        return 1;
    }
    std::printf("WordPiece: %.1f times Hugging Face's tokenizers on one thread (median of %zu rounds)\n", median(ratios), ratios.size());
    return 0;
}
