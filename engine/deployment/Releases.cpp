// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/Releases.h"

#include "engine/deployment/EdgeRuntime.h"
#include "engine/deployment/PushLock.h"
#include "engine/deployment/ReleaseStore.h"

#include <algorithm>

namespace espalier {
namespace {

std::vector<ReleaseInfo> releasesOf(const ReleaseState& state)
{
    std::vector<ReleaseInfo> list;
    for (const auto& [hash, manifest] : state.releases) {
        const auto failure = state.failures.find(hash);
        list.push_back({hash, hash == state.current, hash == state.previous, manifest.packageSha256, manifest.packageBytes, manifest.runtimeVersion,
                        manifest.storedAt, failure == state.failures.end() ? std::string() : failure->second});
    }
    const auto rank = [](const ReleaseInfo& info) { return info.current ? 0 : info.previous ? 1 : 2; };
    std::stable_sort(list.begin(), list.end(), [&](const ReleaseInfo& a, const ReleaseInfo& b) { return rank(a) < rank(b); });
    return list;
}

Result<ReleaseInfo> currentOf(const ReleaseState& state, const Device& device)
{
    const auto list = releasesOf(state);
    if (list.empty() || !list.front().current)
        return Error{ErrorCode::NotFound, "'" + device.name + "' has no current release.", "Deploy a package first.", {}};
    return list.front();
}

Result<ReleaseState> goBack(Transport& transport, ReleaseStore& store, const Device& device, const RunContext& context)
{
    ESPALIER_TRY(const ReleaseState before, store.state(context));
    const auto target = before.releases.find(before.previous);
    if (target == before.releases.end())
        return Error{ErrorCode::NotFound, "'" + device.name + "' has no previous release to go back to.", "Deploy the package you want.", {}};
    ESPALIER_TRY(const bool whole, store.matches(store.layout().release(target->first), target->second, context));
    if (!whole)
        return Error{ErrorCode::Remote, "The previous release on '" + device.name + "' is damaged.", "Deploy its package again.", {}};
    ESPALIER_CHECK(EdgeRuntime(transport, store.layout().release(target->first)).selfTest(context));
    ESPALIER_CHECK(store.activate(target->first, before.current, context));
    return store.state(context);
}

} // namespace

Result<std::vector<ReleaseInfo>> listReleases(Transport& transport, const Device& device, const RunContext& context)
{
    auto store = ReleaseStore::open(transport, device, false, context);
    if (!store && store.error().code == ErrorCode::NotFound)
        return std::vector<ReleaseInfo>{};
    if (!store)
        return store.error();
    ESPALIER_TRY(const ReleaseState state, store->state(context));
    return releasesOf(state);
}

Result<ReleaseInfo> currentRelease(Transport& transport, const Device& device, const RunContext& context)
{
    ESPALIER_TRY(ReleaseStore store, ReleaseStore::open(transport, device, false, context));
    ESPALIER_TRY(const ReleaseState state, store.state(context));
    return currentOf(state, device);
}

Result<ReleaseInfo> rollback(Transport& transport, const Device& device, const RunContext& context)
{
    ESPALIER_TRY(ReleaseStore store, ReleaseStore::open(transport, device, false, context));
    ESPALIER_TRY(const auto lock, PushLock::acquire(transport, store.layout(), context));
    auto after = goBack(transport, store, device, context);
    if (!after)
        return after.error().within("rolling back " + device.name);
    return currentOf(*after, device);
}

Result<std::vector<DeviceAnswer>> classifyOnDevice(Transport& transport, const Device& device, const std::vector<std::string>& sentences,
                                                   const RunContext& context)
{
    ESPALIER_TRY(const ReleaseStore store, ReleaseStore::open(transport, device, false, context));
    auto answers = EdgeRuntime(transport, store.layout().current()).classify(sentences, context);
    if (!answers)
        return answers.error().within("asking " + device.name);
    return answers;
}

} // namespace espalier
