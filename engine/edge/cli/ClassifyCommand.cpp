// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/AnswerJson.h"
#include "engine/edge/cli/Commands.h"
#include "engine/edge/cli/LineReader.h"

namespace espalier::edge {

Result<int> classifyCommand(const Arguments& arguments)
{
    ESPALIER_TRY(LoadedPackage package, loadPackage(arguments, {.part = HeaderPart::Answering, .loading = Loading::AsNeeded}));
    ESPALIER_TRY(LineReader lines, LineReader::open(arguments.input));
    const AnswerOptions options{.all = arguments.all, .text = arguments.text, .rejects = package.reader.header().rejectBelow > 0};
    std::string_view text;
    for (;;) {
        ESPALIER_TRY(const bool more, lines.next(text));
        if (!more)
            return 0;
        const Json answer = lines.wasCut() ? Json{{"error", "Line " + std::to_string(lines.lineNumber()) + " is longer than 1 MiB."}}
                                           : answerJson(package.session, text, options);
        if (package.session.damaged())
            return Error{ErrorCode::Io, package.reader.name() + " cannot be read any more: it is damaged, or was changed while it was in use.",
                         "Copy the package again, under another name, and rename it.", {}};
        ESPALIER_CHECK(printLine(answer));
    }
}

} // namespace espalier::edge
