// SPDX-License-Identifier: GPL-3.0-or-later
// `espalier-engine tokenize`: what a project's, a checkpoint's or a file's tokenizer makes of sentences, as a table or as JSON.
#include "engine/graph/ProjectFile.h"
#include "engine/pipeline/TokenView.h"
#include "engine/service/CommandLine.h"
#include "engine/service/Console.h"
#include "engine/tokenizers/loading/TokenizerFile.h"

#include <iostream>

namespace espalier {
namespace {

Result<Tokenizer> tokenizerOfProject(const TokenizeArguments& arguments)
{
    ESPALIER_TRY(Project project, loadProject(arguments.source));
    Workspace workspace;
    Pipeline pipeline(workspace, std::move(project.graph), std::filesystem::absolute(arguments.source).parent_path());
    RunContext context = console::context();
    return tokenizerOf(pipeline, arguments.node, context);
}

/// A folder is a checkpoint, an .espalier file a project, anything else a tokenizer file.
Result<Tokenizer> tokenizerFrom(const TokenizeArguments& arguments)
{
    if (std::filesystem::is_directory(arguments.source)) {
        ESPALIER_TRY(const Checkpoint checkpoint, loadCheckpoint(arguments.source));
        return checkpoint.tokenizer;
    }
    if (arguments.source.extension() == ".espalier")
        return tokenizerOfProject(arguments);
    return loadTokenizer(arguments.source, {.maxLength = arguments.maxLength, .lowercase = !arguments.cased});
}

void printTokens(const Tokenizer& tokenizer, const std::string& text, bool json)
{
    const Json tokens = tokensToJson(tokenizer, text);
    if (json) {
        std::cout << dumpJson({{"text", text}, {"tokens", tokens}}) << "\n";
        return;
    }
    for (const Json& token : tokens)
        std::cout << token.value("file_id", token["id"].get<std::int64_t>()) << "\t" << token["begin"] << "\t" << token["end"] << "\t" << token["token"].get<std::string>() << "\n";
    std::cout << "\n";
}

Result<void> tokenizeSentences(const TokenizeArguments& arguments)
{
    ESPALIER_TRY(const Tokenizer tokenizer, tokenizerFrom(arguments));
    for (const std::string& text : arguments.sentences)
        printTokens(tokenizer, text, arguments.json);
    if (arguments.sentences.empty())
        for (std::string line; std::getline(std::cin, line);)
            printTokens(tokenizer, line, arguments.json);
    return {};
}

} // namespace

int tokenizeCommand(const TokenizeArguments& arguments)
{
    const auto done = tokenizeSentences(arguments);
    return done ? 0 : console::fail(done.error());
}

} // namespace espalier
