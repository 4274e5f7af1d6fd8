// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/PushLock.h"

#include "engine/core/Fingerprint.h"
#include "engine/core/SafeFile.h"

#include <algorithm>
#include <csignal>
#include <mutex>
#include <random>
#include <set>
#include <sstream>
#include <unistd.h>

namespace espalier {
namespace {

constexpr std::int64_t staleSeconds = 15 * 60;

/// The locks that this process holds, so that one it has lost to a broken connection is known from one still in use.
std::mutex ownersMutex;
std::set<std::string>& activeOwners()
{
    static std::set<std::string> owners;
    return owners;
}

std::string computerName()
{
    char name[256] = "computer";
    (void)::gethostname(name, sizeof name - 1);
    std::string safe(name);
    std::replace_if(safe.begin(), safe.end(), [](unsigned char c) { return !std::isalnum(c) && c != '-'; }, '-');
    const auto id = readFile("/etc/machine-id", 4096);
    return safe + "-" + sha256(id ? *id : safe).substr(0, 12);
}

/// When process @p pid started, in clock ticks since boot; empty when it does not run. Tells a reused id from the old one.
std::string startOf(const std::string& pid)
{
    const auto stat = readFile("/proc/" + pid + "/stat", 4096);
    if (!stat)
        return {};
    std::istringstream fields(stat->substr(std::min(stat->rfind(')') + 1, stat->size())));
    std::string field;
    for (int i = 3; i <= 22; ++i) // the fields after the name are numbered from 3; the start is number 22
        fields >> field;
    return field;
}

std::string makeOwner()
{
    std::random_device random;
    std::ostringstream owner;
    const std::string pid = std::to_string(::getpid());
    owner << computerName() << ':' << pid << ':' << startOf(pid) << ':' << std::hex << random() << random();
    return owner.str();
}

std::vector<std::string> splitFields(const std::string& text)
{
    std::vector<std::string> fields;
    std::istringstream parts(text);
    for (std::string part; std::getline(parts, part, ':');)
        fields.push_back(part);
    return fields;
}

/// @p holder is "computer:pid:started:token:time".
bool isStale(const std::string& holder, std::int64_t deviceTime)
{
    const auto fields = splitFields(holder);
    if (fields.size() != 5)
        return true; // not a lock of ours
    if (fields[0] == computerName()) {
        if (startOf(fields[1]) != fields[2])
            return true;
        if (fields[1] == std::to_string(::getpid())) {
            const std::lock_guard guard(ownersMutex);
            return !activeOwners().contains(holder.substr(0, holder.rfind(':')));
        }
    }
    return deviceTime - std::atoll(fields[4].c_str()) > staleSeconds;
}

} // namespace

PushLock::PushLock(Transport& transport, std::string path) : m_transport(transport), m_path(std::move(path)), m_owner(makeOwner())
{
    const std::lock_guard guard(ownersMutex);
    activeOwners().insert(m_owner);
}

PushLock::~PushLock()
{
    {
        const std::lock_guard guard(ownersMutex);
        activeOwners().erase(m_owner);
    }
    if (!m_held)
        return;
    // A fresh context: after a cancellation the lock must go all the same.
    const RunContext context;
    const Command release{"case \"$(readlink \"$1\")\" in \"$2\":*) rm -f \"$1\" ;; esac", {m_path, m_owner}};
    (void)m_transport.run(release, context);
}

Result<std::unique_ptr<PushLock>> PushLock::acquire(Transport& transport, const ReleaseLayout& layout, const RunContext& context)
{
    std::unique_ptr<PushLock> lock(new PushLock(transport, layout.lock()));
    std::string holder;
    for (int attempt = 0; attempt < 2; ++attempt) {
        std::int64_t deviceTime = 0;
        ESPALIER_TRY(lock->m_held, lock->tryCreate(holder, deviceTime, context));
        if (lock->m_held)
            return lock;
        if (!isStale(holder, deviceTime))
            break;
        context.warn("Taking over from a push that did not end: " + holder);
        ESPALIER_CHECK(lock->breakStale(holder, context));
    }
    return Error{ErrorCode::Remote, "Another push to this device is going on, from " + holder.substr(0, holder.find(':')) + ".",
                 "Wait until it is done. One that died is taken over after " + std::to_string(staleSeconds / 60) + " minutes.", {}};
}

Result<bool> PushLock::tryCreate(std::string& holder, std::int64_t& deviceTime, const RunContext& context)
{
    const Command create{"now=$(date +%s); echo \"$now\"; ln -s \"$2:$now\" \"$1\" && echo created || readlink \"$1\"", {m_path, m_owner}};
    ESPALIER_TRY(const std::string answer, m_transport.runChecked(create, "Locking the device", context));
    std::istringstream lines(answer);
    lines >> deviceTime >> holder;
    return holder == "created";
}

Result<void> PushLock::breakStale(const std::string& holder, const RunContext& context)
{
    // Renamed first, then looked at: of two that break the same lock only one finds the stale one under the new name.
    const Command steal{"mv -fT \"$1\" \"$1.$3\" 2>/dev/null || exit 0; "
                        "if [ \"$(readlink \"$1.$3\")\" = \"$2\" ]; then rm -f \"$1.$3\"; else mv -fT \"$1.$3\" \"$1\"; fi",
                        {m_path, holder, splitFields(m_owner).back()}};
    ESPALIER_CHECK(m_transport.runChecked(steal, "Taking over a lock", context));
    return {};
}

Result<void> PushLock::confirm(const RunContext& context)
{
    const Command beat{"case \"$(readlink \"$1\")\" in \"$2\":*) ;; *) echo lost; exit 0 ;; esac; "
                       "rm -f \"$1.new\"; ln -s \"$2:$(date +%s)\" \"$1.new\" && mv -fT \"$1.new\" \"$1\"", {m_path, m_owner}};
    ESPALIER_TRY(const std::string answer, m_transport.runChecked(beat, "Keeping the lock", context));
    if (answer.empty())
        return {};
    m_held = false;
    return Error{ErrorCode::Remote, "Another push has taken over this device.", "Wait until it is done; then try again.", {}};
}

} // namespace espalier
