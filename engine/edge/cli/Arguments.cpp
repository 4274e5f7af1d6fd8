// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/cli/Arguments.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace espalier::edge {
namespace {

struct Option {
    std::string_view name;
    std::string_view commands; ///< those that know it, each between spaces
    bool takesValue;
};

constexpr std::array<Option, 12> options{{
    {"--input", " classify bench evaluate ", true},
    {"--seconds", " bench ", true},
    {"--all", " classify ", false},
    {"--text", " classify ", false},
    {"--predictions", " evaluate ", false},
    {"--plan", " info ", false},
    {"--calibrate", " info ", false},
    {"--listen", " serve ", true},
    {"--token-file", " serve ", true},
    {"--threads", " classify bench evaluate info selftest serve ", true},
    {"--queue", " serve ", true},
    {"--timeout", " serve ", true},
}};

Error usageError(std::string why)
{
    return {ErrorCode::InvalidArgument, std::move(why), "Run espalier-edge --help for the commands and their options.", {}};
}

const Option* findOption(std::string_view name, const std::string& command)
{
    for (const Option& option : options)
        if (option.name == name && option.commands.find(" " + command + " ") != std::string_view::npos)
            return &option;
    return nullptr;
}

/// The number in @p value, within a range.
Result<double> numberOf(std::string_view option, const std::string& value, double least, double greatest)
{
    char* end = nullptr;
    const double number = std::strtod(value.c_str(), &end);
    if (end != value.c_str() && *end == '\0' && number >= least && number <= greatest)
        return number;
    char range[64];
    std::snprintf(range, sizeof range, " must be a number from %g to %g, not '", least, greatest);
    return usageError(std::string(option) + range + value + "'.");
}

Result<std::size_t> countOf(std::string_view option, const std::string& value, double greatest)
{
    ESPALIER_TRY(const double number, numberOf(option, value, 1, greatest));
    return static_cast<std::size_t>(number);
}

Result<void> apply(const Option& option, const std::string& value, Arguments& arguments)
{
    arguments.all |= option.name == "--all";
    arguments.text |= option.name == "--text";
    arguments.predictions |= option.name == "--predictions";
    arguments.plan |= option.name == "--plan";
    arguments.calibrate |= option.name == "--calibrate";
    if (option.name == "--input")
        arguments.input = value;
    if (option.name == "--listen")
        arguments.listen = value;
    if (option.name == "--token-file")
        arguments.tokenFile = value;
    if (option.name == "--seconds") {
        ESPALIER_TRY(arguments.seconds, numberOf(option.name, value, 0.01, 3600));
    }
    if (option.name == "--timeout") {
        ESPALIER_TRY(arguments.timeout, numberOf(option.name, value, 0.1, 3600));
    }
    if (option.name == "--threads") {
        ESPALIER_TRY(arguments.threads, countOf(option.name, value, 256));
    }
    if (option.name == "--queue") {
        ESPALIER_TRY(arguments.queue, countOf(option.name, value, 1e6));
    }
    return {};
}

Result<void> checkComplete(const Arguments& arguments)
{
    if (arguments.package.empty())
        return usageError("'" + arguments.command + "' needs the path of a package.");
    if (arguments.command == "evaluate" && !arguments.input)
        return usageError("'evaluate' needs --input FILE, a file with sentences and their labels.");
    return {};
}

} // namespace

Result<Arguments> parseArguments(int count, const char* const* values)
{
    Arguments arguments;
    if (count < 2)
        return usageError("No command was given.");
    arguments.command = values[1];
    if (arguments.command == "--help" || arguments.command == "-h" || arguments.command == "--version")
        return arguments;
    constexpr std::string_view commands = " classify bench evaluate info selftest serve ";
    if (commands.find(" " + arguments.command + " ") == std::string_view::npos)
        return usageError("There is no command '" + arguments.command + "'.");
    for (int i = 2; i < count; ++i) {
        const std::string value = values[i];
        if (value == "--help" || value == "-h") {
            arguments.command = "--help";
            return arguments;
        }
        if (!value.starts_with("--")) {
            if (!arguments.package.empty())
                return usageError("'" + value + "' is one argument too many.");
            arguments.package = value;
            continue;
        }
        const Option* option = findOption(value, arguments.command);
        if (option == nullptr)
            return usageError("'" + arguments.command + "' has no option '" + value + "'.");
        if (option->takesValue && ++i == count)
            return usageError("'" + value + "' needs a value.");
        ESPALIER_CHECK(apply(*option, values[i], arguments));
    }
    ESPALIER_CHECK(checkComplete(arguments));
    return arguments;
}

const char* usageText()
{
    return "espalier-edge: runs an Espalier package on this machine.\n"
           "\n"
           "  espalier-edge classify PACKAGE [--input FILE] [--all] [--text]\n"
           "      Answers each line of the standard input (or FILE) with a line of JSON: label and score;\n"
           "      with --all every label's probability, with --text the line itself.\n"
           "  espalier-edge bench PACKAGE [--input FILE] [--seconds S]\n"
           "      Measures one sentence at a time on one thread for S seconds (2), over the lines of FILE or the\n"
           "      package's own self-test sentences: percentiles, sentences a second, also by length in tokens, load time, memory.\n"
           "  espalier-edge evaluate PACKAGE --input FILE [--predictions]\n"
           "      How many answers are right, and macro-F1, over lines of text, tab, label. Where a text has several labels or its\n"
           "      words have tags, over JSON Lines with \"text\" and \"labels\", or \"entities\" (\"type\", \"begin\", \"end\" in bytes):\n"
           "      then also F1, precision and recall. With --predictions every answer.\n"
           "  espalier-edge info PACKAGE [--plan] [--calibrate]\n"
           "      What is in the package, and the kernels this machine would use; with --plan also how each weight matrix is\n"
           "      laid out for them: dense (rows, panels) or sparse (gather, sliding gather, pairs), its density and bytes, and\n"
           "      what it is expected to cost, as measured on this device or estimated. What products cost here is measured in\n"
           "      about 50 ms by selftest, bench and serve, and kept in PACKAGE.plan; by --calibrate anew.\n"
           "  espalier-edge selftest PACKAGE\n"
           "      Exit status 0 when this machine answers as the engine did at export.\n"
           "  espalier-edge serve PACKAGE [--listen ADDRESS] [--threads N] [--queue N] [--timeout S] [--token-file FILE]\n"
           "      Answers over HTTP at 127.0.0.1:8080, or at HOST:PORT or unix:/path/of/a/socket: POST /v1/predict and\n"
           "      /v1/predict_batch, GET /v1/model, /healthz, /readyz, /metrics. Addresses that others reach need a token,\n"
           "      the first line of FILE. A package that takes the place of PACKAGE is taken without a pause.\n"
           "  --threads N with any of them: open the package on at most N threads instead of all processors.\n"
           "  espalier-edge --version\n"
           "\n"
           "Exit status: 0 done, 1 failed (the reason is on the standard error), 2 wrong usage.\n"
           "ESPALIER_EDGE_KERNELS in the environment names the kernels to use, such as scalar or avx2, instead of the best\n"
           "that this processor has.\n";
}

} // namespace espalier::edge
