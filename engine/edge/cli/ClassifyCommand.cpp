// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/cli/Commands.h"
#include "engine/edge/cli/LineReader.h"

#include <cmath>

namespace espalier::edge {
namespace {

/// Six decimals: more than the arithmetic is good for, and short lines. Not a number becomes null.
double rounded(float probability) { return std::round(static_cast<double>(probability) * 1e6) / 1e6; }

Json answerLine(Session& session, std::string_view text, const Arguments& arguments)
{
    const Classification answer = session.classify(text);
    Json line{{"label", session.labels()[answer.label]}, {"score", rounded(answer.probabilities[answer.label])}};
    if (arguments.text)
        line["text"] = std::string(text);
    if (arguments.all)
        for (std::size_t i = 0; i < answer.probabilities.size(); ++i)
            line["probabilities"][session.labels()[i]] = rounded(answer.probabilities[i]);
    return line;
}

} // namespace

Result<int> classifyCommand(const Arguments& arguments)
{
    ESPALIER_TRY(LoadedPackage package, loadPackage(arguments.package));
    ESPALIER_TRY(LineReader lines, LineReader::open(arguments.input));
    std::string_view text;
    for (;;) {
        ESPALIER_TRY(const bool more, lines.next(text));
        if (!more)
            return 0;
        const Json answer = lines.wasCut() ? Json{{"error", "Line " + std::to_string(lines.lineNumber()) + " is longer than 1 MiB."}}
                                           : answerLine(package.session, text, arguments);
        ESPALIER_CHECK(printLine(answer));
    }
}

} // namespace espalier::edge
