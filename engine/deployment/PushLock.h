// SPDX-License-Identifier: GPL-3.0-or-later
// PushLock: keeps two pushes to one device apart. The lock is a symbolic link, created atomically, whose target says who
// holds it. A lock left by a push of this computer that is no longer running is taken over at once; another computer's after
// a quarter of an hour without a sign of life, by the device's clock. Readers of `current` need no lock.
#pragma once

#include "engine/deployment/ReleaseLayout.h"
#include "engine/deployment/Transport.h"

#include <memory>
#include <string>

namespace espalier {

class PushLock {
public:
    /// Remote, naming the holder, while another push goes on.
    static Result<std::unique_ptr<PushLock>> acquire(Transport& transport, const ReleaseLayout& layout, const RunContext& context);
    PushLock(const PushLock&) = delete;
    PushLock& operator=(const PushLock&) = delete;
    /// Lets go as well as it can; on a broken connection the next push finds a stale lock.
    ~PushLock();

    /// A sign of life before each step; Remote when another push has taken over.
    Result<void> confirm(const RunContext& context);

private:
    PushLock(Transport& transport, std::string path);
    Result<bool> tryCreate(std::string& holder, std::int64_t& deviceTime, const RunContext& context);
    Result<void> breakStale(const std::string& holder, const RunContext& context);

    Transport& m_transport;
    std::string m_path;
    std::string m_owner; ///< "computer:pid:started:token"
    bool m_held = false;
};

} // namespace espalier
