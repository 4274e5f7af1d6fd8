// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/Console.h"

#include "engine/core/Task.h"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <pthread.h>
#include <termios.h>
#include <thread>
#include <unistd.h>

namespace espalier::console {
namespace {

bool onTerminal()
{
    return ::isatty(STDERR_FILENO) == 1;
}

void clearLine()
{
    if (onTerminal())
        std::fputs("\r\033[K", stderr);
}

void printLine(const std::string& line)
{
    clearLine();
    std::fprintf(stderr, "%s\n", line.c_str());
}

/// One line that is overwritten on a terminal; nothing elsewhere, where it would flood a log.
void printProgress(const std::string& node, const Progress& progress)
{
    static std::chrono::steady_clock::time_point last;
    const auto now = std::chrono::steady_clock::now();
    if (!onTerminal() || now - last < std::chrono::milliseconds(100))
        return;
    last = now;
    const std::string share = progress.total > 0 ? " " + std::to_string(100 * progress.done / progress.total) + " %" : "";
    std::fprintf(stderr, "\r\033[K  %s: %s%s", node.c_str(), progress.activity.c_str(), share.c_str());
    std::fflush(stderr);
}

void printLog(const std::string& node, LogLevel level, const std::string& text)
{
    printLine((level == LogLevel::Warning ? "  warning: " : "  ") + (node.empty() ? "" : node + ": ") + text);
}

std::optional<std::string> readSecret(const std::string& question)
{
    if (::isatty(STDIN_FILENO) != 1)
        return std::nullopt;
    clearLine();
    std::fprintf(stderr, "%s: ", question.c_str());
    termios before{};
    ::tcgetattr(STDIN_FILENO, &before);
    termios silent = before;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    std::string secret;
    const bool given = static_cast<bool>(std::getline(std::cin, secret));
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    std::fputc('\n', stderr);
    return given ? std::optional(secret) : std::nullopt;
}

std::optional<std::string> secretFor(const char* variable, const std::string& question, int attempt)
{
    if (const char* value = std::getenv(variable))
        return attempt == 1 ? std::optional<std::string>(value) : std::nullopt;
    return readSecret(question);
}

bool confirmHostKey(const HostKey& key)
{
    if (::isatty(STDIN_FILENO) != 1)
        return false;
    clearLine();
    std::fprintf(stderr, "The device %s (port %d) was never seen before. Its %s key has the fingerprint\n  %s\nTrust it? [y/N] ", key.host.c_str(), key.port,
                 key.type.c_str(), key.fingerprint.c_str());
    std::string answer;
    return std::getline(std::cin, answer) && (answer == "y" || answer == "yes");
}

std::string timeText(double seconds)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f s", seconds);
    return text;
}

void printState(const std::string& node, const NodeOutcome& outcome)
{
    switch (outcome.state) {
    case NodeState::Running: printLine(node + " ..."); break;
    case NodeState::Done: printLine(node + (outcome.cached ? ": up to date" : ": done in " + timeText(outcome.seconds))); break;
    case NodeState::Failed: printLine(node + ": failed"); break;
    case NodeState::Cancelled: printLine(node + ": cancelled"); break;
    default: break;
    }
}

/// A line an epoch, also where there is no terminal to show progress on.
void printMetric(const std::string& node, const MetricPoint& point)
{
    constexpr std::string_view validation = "validation_";
    const std::string_view score = point.series.starts_with(validation) ? std::string_view(point.series).substr(validation.size()) : std::string_view();
    if (scoreTitle(score) == score && score != "accuracy")
        return; // no score
    char text[96];
    std::snprintf(text, sizeof text, "  %s: epoch %.0f, validation %s %.2f %%", node.c_str(), point.x, scoreTitle(score).data(), 100 * point.y);
    printLine(text);
}

} // namespace

int fail(const Error& error)
{
    printLine("error: " + error.message());
    return error.code == ErrorCode::Cancelled ? 130 : 1;
}

std::stop_token interruptToken()
{
    // Signals are waited for by a thread, since a handler may not take the lock of a stop_source. The mask must be set
    // before other threads start, so main() calls this first.
    static std::stop_source source;
    static const bool installed = [] {
        sigset_t signals;
        sigemptyset(&signals);
        sigaddset(&signals, SIGINT);
        sigaddset(&signals, SIGTERM);
        sigaddset(&signals, SIGQUIT);
        sigaddset(&signals, SIGUSR1);
        pthread_sigmask(SIG_BLOCK, &signals, nullptr);
        std::thread([signals] {
            for (int received = 0; sigwait(&signals, &received) == 0;) {
                if (received == SIGQUIT || received == SIGUSR1)
                    runControl().finish();
                else if (source.stop_requested())
                    std::_Exit(130); // asked twice: do not wait for the batch
                else
                    source.request_stop();
            }
        }).detach();
        return true;
    }();
    (void)installed;
    return source.get_token();
}

RunControl& runControl()
{
    static RunControl control;
    return control;
}

DeploymentPrompts prompts()
{
    return {.acceptUnknownHostKey = confirmHostKey,
            .askPassword = [](const std::string& user, const std::string& host,
                              int attempt) { return secretFor("ESPALIER_SSH_PASSWORD", "Password of " + user + " on " + host, attempt); },
            .askPassphrase = [](const std::string& keyFile,
                                int attempt) { return secretFor("ESPALIER_SSH_PASSPHRASE", "Passphrase of the key '" + keyFile + "'", attempt); }};
}

RunContext context()
{
    RunContext context;
    context.stop = interruptToken();
    context.onProgress = [](const Progress& progress) { printProgress("espalier", progress); };
    context.onLog = [](LogLevel level, const std::string& text) { printLog({}, level, text); };
    return context;
}

RunEvents runEvents()
{
    return {.onState = printState, .onProgress = printProgress, .onMetric = printMetric, .onLog = printLog, .control = &runControl()};
}

} // namespace espalier::console
