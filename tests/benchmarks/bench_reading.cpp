// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a CSV file of some 200 MB with Espalier and with Python's csv module, in turns, and prints the ratio of their speeds:
//     bench_reading [FOLDER]    the file is made in FOLDER (default: the system's for temporary files) and removed afterwards
#include "engine/core/Random.h"
#include "engine/data/Reading.h"
#include "tests/benchmarks/Benchmark.h"

#include <fstream>

using namespace espalier;
using namespace espalier::benchmark;

namespace {

constexpr std::size_t fileBytes = 200'000'000;
constexpr int turns = 3;

void writeTable(const std::filesystem::path& path)
{
    const std::vector<std::string> words{"turn", "on", "the", "light", "in", "kitchen", "please", "what", "is", "weather", "like", "tomorrow", "play", "some", "music", "now"};
    Random random(1);
    std::ofstream stream(path, std::ios::binary);
    std::string rows = "text,label\n";
    for (std::size_t written = 0; written < fileBytes;) {
        const bool quoted = random.below(10) == 0;
        rows += quoted ? "\"" : "";
        for (std::uint64_t count = 5 + random.below(12); count > 0; --count)
            rows += words[random.below(words.size())] + (count == 1 ? "" : quoted && count == 3 ? ", " : " ");
        rows += (quoted ? "\"" : "") + std::string(",intent_") + std::to_string(random.below(150)) + "\n";
        if (rows.size() > 1'000'000) {
            stream << rows;
            written += rows.size();
            rows.clear();
        }
    }
}

} // namespace

int main(int argc, char** argv)
{
    const auto path = std::filesystem::path(argc > 1 ? argv[1] : "/var/tmp") / "espalier-bench.csv";
    writeTable(path);
    const std::string python = "python3 -c 'import csv, sys\nfor row in csv.reader(open(sys.argv[1], newline=\"\", encoding=\"utf-8\")): pass' '" + path.string() + "'";
    double ours = 1e9;
    double theirs = 1e9;
    std::size_t rows = 0;
    for (int turn = 0; turn < turns; ++turn) {
        ours = std::min(ours, secondsOf([&] {
                            RejectedRows rejected;
                            RunContext context;
                            const auto read = readExamples(path, {}, rejected, context);
                            rows = read ? read->size() : 0;
                        }));
        theirs = std::min(theirs, secondsOf([&] {
                              if (std::system(python.c_str()) != 0)
                                  std::fprintf(stderr, "Python's csv module could not be run; install python3.\n");
                          }));
    }
    std::filesystem::remove(path);
    std::printf("%zu rows: Espalier %.2f s, Python's csv module %.2f s (its start included), ratio %.1f\n", rows, ours, theirs, theirs / ours);
    return rows > 0 ? 0 : 1;
}
