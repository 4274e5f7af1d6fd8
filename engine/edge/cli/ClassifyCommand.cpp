// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/AnswerJson.h"
#include "engine/edge/cli/Commands.h"
#include "engine/edge/cli/LineReader.h"

namespace espalier::edge {

Result<int> classifyCommand(const Arguments& arguments)
{
    ESPALIER_TRY(LoadedPackage package, loadPackage(arguments, {.part = HeaderPart::Answering}));
    ESPALIER_TRY(LineReader lines, LineReader::open(arguments.input));
    const AnswerOptions options{.all = arguments.all, .text = arguments.text, .rejects = package.reader.header().rejectBelow > 0};
    std::string_view text;
    for (;;) {
        ESPALIER_TRY(const bool more, lines.next(text));
        if (!more)
            return 0;
        const Json answer = lines.wasCut() ? Json{{"error", "Line " + std::to_string(lines.lineNumber()) + " is longer than 1 MiB."}}
                                           : answerJson(package.session, text, options);
        ESPALIER_CHECK(printLine(answer));
    }
}

} // namespace espalier::edge
