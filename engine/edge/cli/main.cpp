// SPDX-License-Identifier: Apache-2.0
// espalier-edge: the program that runs a package on a device.
#include "engine/edge/cli/Commands.h"

#include <cstdio>
#include <cstdlib>
#include <exception>

/// Instead of the library's own, which would name the exception that nobody caught, with 47 kB of code to spell it out.
void __gnu_cxx::__verbose_terminate_handler()
{
    std::abort();
}

namespace {

using namespace espalier;
using namespace espalier::edge;

constexpr int failed = 1;
constexpr int wrongUsage = 2;

Result<int> dispatch(const Arguments& arguments)
{
    if (arguments.command == "classify")
        return classifyCommand(arguments);
    if (arguments.command == "bench")
        return benchCommand(arguments);
    if (arguments.command == "evaluate")
        return evaluateCommand(arguments);
    if (arguments.command == "info")
        return infoCommand(arguments);
    if (arguments.command == "serve")
        return serveCommand(arguments);
    return selfTestCommand(arguments);
}

int report(const Error& error, int status)
{
    std::fprintf(stderr, "espalier-edge: %s\n", error.message().c_str());
    return status;
}

} // namespace

int main(int count, char** values)
{
    const auto arguments = parseArguments(count, values);
    if (!arguments)
        return report(arguments.error(), wrongUsage);
    if (arguments->command == "--version")
        return std::puts("espalier-edge " ESPALIER_VERSION) < 0 ? failed : 0;
    if (arguments->command == "--help" || arguments->command == "-h")
        return std::fputs(usageText(), stdout) < 0 ? failed : 0;
    const auto status = dispatch(*arguments);
    return status ? *status : report(status.error(), failed);
}
