// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/Subprocess.h"

#include "engine/deployment/FileDescriptor.h"
#include "engine/deployment/PendingInput.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace espalier {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int pollMilliseconds = 100;

class Child {
public:
    Child(const SubprocessRequest& request, const RunContext& context) : m_request(request), m_context(context), m_input(request.input) {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child();

    Result<void> start();
    Result<CommandResult> finish();

private:
    Result<void> makePipes(FileDescriptor& childIn, FileDescriptor& childOut, FileDescriptor& childErr);
    Result<void> spawn(int in, int out, int err);
    Result<void> checkLimits() const;
    Result<void> exchange();
    Result<void> feed();
    Result<void> drain(FileDescriptor& from, std::string& into) const;
    Result<int> waitForExit();

    const SubprocessRequest& m_request;
    const RunContext& m_context;
    PendingInput m_input;
    Clock::time_point m_started = Clock::now();
    FileDescriptor m_in;
    FileDescriptor m_out;
    FileDescriptor m_err;
    CommandResult m_result;
    pid_t m_pid = -1;
};

Child::~Child()
{
    if (m_pid <= 0)
        return;
    ::kill(-m_pid, SIGKILL);
    int status = 0;
    while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
    }
}

Result<void> Child::makePipes(FileDescriptor& childIn, FileDescriptor& childOut, FileDescriptor& childErr)
{
    std::array<int, 2> ends{};
    // A socket, since writing to one that the child closed can be told not to raise SIGPIPE.
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return ioError("make a pipe to", m_request.arguments[0], errno);
    m_in = FileDescriptor(ends[0]);
    childIn = FileDescriptor(ends[1]);
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return ioError("make a pipe to", m_request.arguments[0], errno);
    m_out = FileDescriptor(ends[0]);
    childOut = FileDescriptor(ends[1]);
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return ioError("make a pipe to", m_request.arguments[0], errno);
    m_err = FileDescriptor(ends[0]);
    childErr = FileDescriptor(ends[1]);
    return {};
}

Result<void> Child::start()
{
    FileDescriptor childIn;
    FileDescriptor childOut;
    FileDescriptor childErr;
    ESPALIER_CHECK(makePipes(childIn, childOut, childErr));
    return spawn(childIn.get(), childOut.get(), childErr.get());
}

Result<void> Child::spawn(int in, int out, int err)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
    ::posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
    if (!m_request.workingFolder.empty())
        ::posix_spawn_file_actions_addchdir_np(&actions, m_request.workingFolder.c_str());
    sigset_t defaults;
    sigset_t nothing;
    ::sigemptyset(&nothing);
    ::sigemptyset(&defaults);
    ::sigaddset(&defaults, SIGPIPE);
    ::posix_spawnattr_setsigdefault(&attributes, &defaults);
    ::posix_spawnattr_setsigmask(&attributes, &nothing);
    ::posix_spawnattr_setpgroup(&attributes, 0);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    std::vector<char*> argv;
    for (const std::string& argument : m_request.arguments)
        argv.push_back(const_cast<char*>(argument.c_str())); // posix_spawn does not write to them
    argv.push_back(nullptr);
    const int failure = ::posix_spawnp(&m_pid, argv[0], &actions, &attributes, argv.data(), environ);
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    if (failure == 0)
        return {};
    m_pid = -1;
    return ioError("start", m_request.arguments[0], failure);
}

Result<void> Child::checkLimits() const
{
    if (m_context.cancelled())
        return cancelledError();
    if (m_result.output.size() > m_request.maxOutputBytes || m_result.errors.size() > m_request.maxOutputBytes)
        return Error{ErrorCode::Remote, "The command printed more than " + std::to_string(m_request.maxOutputBytes) + " bytes.",
                     "Send fewer sentences at a time.", {}};
    if (m_request.timeLimit.count() > 0 && Clock::now() - m_started > m_request.timeLimit)
        return Error{ErrorCode::Remote, m_request.arguments[0] + " did not end within " + std::to_string(m_request.timeLimit.count()) + " ms.", {}, {}};
    return {};
}

Result<void> Child::feed()
{
    ESPALIER_TRY(const auto bytes, m_input.next());
    if (bytes.empty()) {
        m_in.reset();
        return {};
    }
    const ssize_t sent = ::send(m_in.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0)
        m_input.taken(static_cast<std::size_t>(sent));
    else if (errno != EAGAIN && errno != EINTR)
        m_in.reset(); // the child wants no more; its status and its words say why
    return {};
}

Result<void> Child::drain(FileDescriptor& from, std::string& into) const
{
    std::array<char, 65536> buffer;
    const ssize_t count = ::read(from.get(), buffer.data(), buffer.size());
    if (count > 0)
        into.append(buffer.data(), static_cast<std::size_t>(count));
    else if (count == 0)
        from.reset();
    else if (errno != EINTR && errno != EAGAIN)
        return ioError("read from", m_request.arguments[0], errno);
    return {};
}

Result<void> Child::exchange()
{
    // poll() ignores negative descriptors.
    std::array<pollfd, 3> polled{pollfd{m_in.get(), POLLOUT, 0}, pollfd{m_out.get(), POLLIN, 0}, pollfd{m_err.get(), POLLIN, 0}};
    if (::poll(polled.data(), polled.size(), pollMilliseconds) <= 0)
        return {};
    if (polled[0].revents)
        ESPALIER_CHECK(feed());
    if (polled[1].revents)
        ESPALIER_CHECK(drain(m_out, m_result.output));
    if (polled[2].revents)
        ESPALIER_CHECK(drain(m_err, m_result.errors));
    return {};
}

Result<int> Child::waitForExit()
{
    for (;;) {
        int status = 0;
        const pid_t ended = ::waitpid(m_pid, &status, WNOHANG);
        if (ended == m_pid) {
            m_pid = -1;
            return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        }
        if (ended < 0 && errno != EINTR)
            return ioError("wait for", m_request.arguments[0], errno);
        ESPALIER_CHECK(checkLimits());
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

Result<CommandResult> Child::finish()
{
    while (m_out.valid() || m_err.valid()) {
        ESPALIER_CHECK(checkLimits());
        ESPALIER_CHECK(exchange());
    }
    m_in.reset();
    ESPALIER_TRY(m_result.exitStatus, waitForExit());
    return std::move(m_result);
}

} // namespace

Result<CommandResult> runSubprocess(const SubprocessRequest& request, const RunContext& context)
{
    if (context.cancelled())
        return cancelledError();
    Child child(request, context);
    ESPALIER_CHECK(child.start());
    return child.finish();
}

} // namespace espalier
