// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/cli/Commands.h"

#include "engine/edge/LargeMemory.h"

#include <cerrno>
#include <chrono>
#include <cmath>

#include <sys/stat.h>
#include <unistd.h>

namespace espalier::edge {

Result<LoadedPackage> loadPackage(const Arguments& arguments, const LoadOptions& options)
{
    struct stat status{};
    if (::stat(arguments.package.c_str(), &status) == 0)
        expectPackage(static_cast<std::size_t>(status.st_size));
    const auto start = std::chrono::steady_clock::now();
    const auto elapsed = [&] { return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count(); };
    ESPALIER_TRY(PackageReader reader, PackageReader::open(arguments.package, options.part));
    const double header = elapsed();
    const PlannedKernels planned = planKernels(reader, arguments.package, options.planning);
    ESPALIER_TRY(Session session, Session::create(reader, planned.kernels, arguments.threads.value_or(0), options.loading));
    const double all = elapsed() - planned.milliseconds;
    releaseFreeMemory();
    return LoadedPackage{std::move(reader), std::move(session), planned.file, header, all};
}

Json loadJson(const LoadedPackage& package)
{
    const LoadTimes& times = package.session.loadTimes();
    const auto rounded = [](double milliseconds) { return std::round(milliseconds * 1e3) / 1e3; };
    return {{"header", rounded(package.headerMilliseconds)}, {"tokenizer", rounded(times.tokenizer)}, {"weights", rounded(times.weights)}};
}

Result<void> printLine(const Json& value)
{
    const std::string line = dumpJson(value) + "\n";
    for (std::size_t written = 0; written < line.size();) {
        const ssize_t count = ::write(STDOUT_FILENO, line.data() + written, line.size() - written);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return ioError("write to", "standard output", errno);
        written += static_cast<std::size_t>(count);
    }
    return {};
}

} // namespace espalier::edge
