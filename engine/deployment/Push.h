// SPDX-License-Identifier: GPL-3.0-or-later
// Push: one deploy() under way. Each method is one step; run() puts them in order.
#pragma once

#include "engine/deployment/Deployer.h"
#include "engine/deployment/LocalRelease.h"
#include "engine/deployment/PushLock.h"
#include "engine/deployment/ReleaseStore.h"

#include <memory>
#include <optional>
#include <string_view>

namespace espalier {

class Push {
public:
    Push(Transport& transport, const Device& device, const DeployRequest& request, const RunContext& context)
        : m_transport(transport), m_device(device), m_request(request), m_context(context)
    {
    }

    Result<Receipt> run();

private:
    using Step = Result<void> (Push::*)();
    Result<void> take(std::string_view id, Step step);

    Result<void> probe();
    Result<void> choose();
    Result<void> lock();
    Result<void> upload();
    Result<void> verify();
    Result<void> store();
    Result<void> selfTest();
    Result<void> bench();
    Result<void> evaluate();
    Result<void> activate();
    Result<void> checkHealth();
    Result<void> prune();

    Result<void> checkRoom() const;
    Result<void> checkHistory() const;
    Result<void> uploadFile(const std::filesystem::path& local, std::string_view name, std::uint64_t size, std::uint64_t doneBefore);
    Result<void> uploadAll(bool afresh);
    /// Undoes the activation and notes why; the error to return.
    Error rollBack(const Error& failure);
    /// Notes that the release failed and why.
    Error remembered(const Error& failure);
    [[nodiscard]] std::string releaseFolder() const;

    Transport& m_transport;
    const Device& m_device;
    const DeployRequest& m_request;
    const RunContext& m_context;
    std::string_view m_activity;
    LocalRelease m_local;
    ReleaseManifest m_manifest;
    std::optional<ReleaseStore> m_store;
    std::unique_ptr<PushLock> m_lock; ///< after the store, which outlives it
    ReleaseState m_before; ///< as the push found it
    Receipt m_receipt;
    bool m_present = false; ///< the release was there already, whole
};

} // namespace espalier
