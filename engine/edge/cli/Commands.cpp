// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/cli/Commands.h"

#include <cerrno>
#include <chrono>

#include <unistd.h>

namespace espalier::edge {

Result<LoadedPackage> loadPackage(const std::string& path, HeaderPart part)
{
    const auto start = std::chrono::steady_clock::now();
    ESPALIER_TRY(PackageReader reader, PackageReader::open(path, part));
    ESPALIER_TRY(Session session, Session::create(reader));
    const std::chrono::duration<double, std::milli> elapsed = std::chrono::steady_clock::now() - start;
    return LoadedPackage{std::move(reader), std::move(session), elapsed.count()};
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
