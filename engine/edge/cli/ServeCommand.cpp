// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/cli/Commands.h"
#include "engine/edge/cli/LineReader.h"
#include "engine/edge/server/Server.h"

#include <cerrno>
#include <csignal>

#include <sys/signalfd.h>
#include <unistd.h>

namespace espalier::edge {
namespace {

constexpr std::size_t shortestToken = 16;

/// The first line of the file.
Result<std::string> readToken(const std::string& path)
{
    ESPALIER_TRY(LineReader lines, LineReader::open(path));
    std::string_view line;
    ESPALIER_TRY(const bool any, lines.next(line));
    if (!any || line.size() < shortestToken)
        return Error{ErrorCode::InvalidArgument, "The first line of '" + path + "' is no token: it needs at least 16 characters.",
                     "Write one, for instance with: head -c 24 /dev/urandom | base64", {}};
    return std::string(line);
}

Result<ServerOptions> optionsOf(const Arguments& arguments, const ListenAddress& address)
{
    ServerOptions options{.threads = arguments.threads.value_or(1), .queue = arguments.queue, .requestSeconds = arguments.timeout};
    if (!arguments.tokenFile.empty()) {
        ESPALIER_TRY(options.token, readToken(arguments.tokenFile));
    } else if (!address.local) {
        return Error{ErrorCode::InvalidArgument, "At '" + address.text + "' others can reach this model.", "Give a file with a token: --token-file FILE; or listen at 127.0.0.1.", {}};
    }
    return options;
}

/// A descriptor that is readable when a signal came. Before any thread begins, so that none takes the signal itself.
Result<int> signals()
{
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
        sigaddset(&set, signal);
    if (::sigprocmask(SIG_BLOCK, &set, nullptr) != 0)
        return ioError("wait for", "signals", errno);
    const int descriptor = ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    return descriptor < 0 ? Result<int>(ioError("wait for", "signals", errno)) : Result<int>(descriptor);
}

} // namespace

Result<int> serveCommand(const Arguments& arguments)
{
    ESPALIER_TRY(const ListenAddress address, ListenAddress::parse(arguments.listen));
    ESPALIER_TRY(ServerOptions options, optionsOf(arguments, address));
    ESPALIER_TRY(const int signal, signals());
    ModelSlot models(arguments.package, options.threads);
    ESPALIER_CHECK(models.start());
    ESPALIER_TRY(Listener listener, Listener::open(address));
    ESPALIER_CHECK(printLine({{"listening", listener.url()}, {"labels", models.current()->info.at("labels").size()}}));
    Server server(std::move(listener), models, std::move(options));
    ESPALIER_CHECK(server.run(signal, [&] {
        signalfd_siginfo info{};
        const bool any = ::read(signal, &info, sizeof info) == sizeof info;
        if (any && info.ssi_signo == SIGHUP)
            models.reload();
        return any && info.ssi_signo != SIGHUP;
    }));
    return 0;
}

} // namespace espalier::edge
