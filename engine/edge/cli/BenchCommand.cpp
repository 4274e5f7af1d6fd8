// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/cli/Commands.h"
#include "engine/edge/cli/Latency.h"
#include "engine/edge/cli/LineReader.h"

#include <algorithm>
#include <chrono>

namespace espalier::edge {
namespace {

Result<std::vector<std::string>> benchSentences(const Arguments& arguments, const PackageHeader& header)
{
    std::vector<std::string> sentences;
    if (!arguments.input) {
        for (const SelfTest& test : header.selfTests)
            sentences.push_back(test.text);
        if (sentences.empty())
            return Error{ErrorCode::InvalidArgument, "The package holds no self-test sentences to measure with.", "Give a file of sentences with --input.", {}};
        return sentences;
    }
    ESPALIER_TRY(LineReader lines, LineReader::open(arguments.input));
    std::string_view line;
    for (;;) {
        ESPALIER_TRY(const bool more, lines.next(line));
        if (!more)
            break;
        sentences.emplace_back(line);
    }
    if (sentences.empty())
        return Error{ErrorCode::InvalidArgument, "'" + *arguments.input + "' holds no lines.", {}, {}};
    return sentences;
}

} // namespace

Result<int> benchCommand(const Arguments& arguments)
{
    ESPALIER_TRY(LoadedPackage package, loadPackage(arguments, {.planning = Planning::Needed}));
    ESPALIER_TRY(const auto sentences, benchSentences(arguments, package.reader.header()));
    constexpr std::size_t warmUp = 20;
    for (std::size_t i = 0; i < std::min(warmUp, sentences.size()); ++i)
        package.session.classify(sentences[i]);
    LatencyMeter meter;
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(arguments.seconds);
    for (std::size_t i = 0; i == 0 || (std::chrono::steady_clock::now() < end && !meter.full()); ++i)
        meter.classify(package.session, sentences[i % sentences.size()]);
    Json result = meter.toJson();
    result["by_length"] = meter.byLength();
    result["load_ms"] = package.loadMilliseconds;
    result["load_parts_ms"] = loadJson(package);
    result["kernels"] = package.session.kernels().name;
    ESPALIER_CHECK(printLine(result));
    return 0;
}

} // namespace espalier::edge
