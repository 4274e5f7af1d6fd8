// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/Push.h"

#include "engine/deployment/DeviceProbe.h"
#include "engine/deployment/EdgeRuntime.h"

#include <algorithm>
#include <chrono>
#include <ctime>

namespace espalier {
namespace {

using Clock = std::chrono::steady_clock;

std::string utcNow()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

std::string_view activityOf(std::string_view id)
{
    const auto& steps = deploySteps();
    const auto found = std::find_if(steps.begin(), steps.end(), [&](const DeployStep& step) { return step.id == id; });
    return found == steps.end() ? id : std::string_view(found->activity);
}

} // namespace

Result<Receipt> Push::run()
{
    m_receipt.device = m_device.name;
    ESPALIER_CHECK(take("probe", &Push::probe));
    ESPALIER_CHECK(take("choose", &Push::choose));
    ESPALIER_CHECK(take("lock", &Push::lock));
    if (!m_present) {
        ESPALIER_CHECK(take("upload", &Push::upload));
        ESPALIER_CHECK(take("verify", &Push::verify));
        ESPALIER_CHECK(take("store", &Push::store));
    }
    ESPALIER_CHECK(take("selftest", &Push::selfTest));
    ESPALIER_CHECK(take("bench", &Push::bench));
    if (!m_request.testSet.empty())
        ESPALIER_CHECK(take("evaluate", &Push::evaluate));
    ESPALIER_CHECK(take("activate", &Push::activate));
    ESPALIER_CHECK(take("health", &Push::checkHealth));
    ESPALIER_CHECK(take("prune", &Push::prune));
    m_receipt.deployedAt = utcNow();
    return m_receipt;
}

Result<void> Push::take(std::string_view id, Step step)
{
    if (m_context.cancelled())
        return cancelledError();
    m_activity = activityOf(id);
    m_context.progress({std::string(m_activity), 0, 0, ""});
    if (m_lock)
        ESPALIER_CHECK(m_lock->confirm(m_context));
    return (this->*step)();
}

Result<void> Push::probe()
{
    ESPALIER_TRY(m_receipt.profile, probeDevice(m_transport, m_device, m_context));
    return requireUsable(m_receipt.profile);
}

Result<void> Push::choose()
{
    ESPALIER_TRY(m_local, makeLocalRelease(m_request.package, m_request.runtimeFolder, m_receipt.profile.architecture));
    if (!(m_request.benchSeconds >= 0.01 && m_request.benchSeconds <= 3600))
        return Error{ErrorCode::InvalidArgument, "benchSeconds must be between 0.01 and 3600.", "Leave it at 2.", {}};
    if (std::error_code ignored; !m_request.testSet.empty() && !std::filesystem::is_regular_file(m_request.testSet, ignored))
        return Error{ErrorCode::NotFound, "There is no test set " + m_request.testSet.string() + ".", "Name a file with a text, a tab and its label on each line, or JSON Lines.", {}};
    m_manifest = {m_local.hash, m_local.runtimeSha256, m_local.packageSha256, static_cast<std::int64_t>(m_local.packageBytes), {}, utcNow()};
    m_receipt.release = m_local.hash;
    m_receipt.packageSha256 = m_local.packageSha256;
    m_receipt.packageBytes = m_manifest.packageBytes;
    return {};
}

Result<void> Push::lock()
{
    ESPALIER_TRY(m_store, ReleaseStore::open(m_transport, m_device, true, m_context));
    ESPALIER_TRY(m_lock, PushLock::acquire(m_transport, m_store->layout(), m_context));
    ESPALIER_TRY(m_before, m_store->state(m_context));
    ESPALIER_CHECK(checkHistory());
    if (m_before.releases.contains(m_local.hash)) {
        ESPALIER_TRY(m_present, m_store->matches(releaseFolder(), m_manifest, m_context));
    }
    return m_present ? Result<void>() : checkRoom();
}

Result<void> Push::checkHistory() const
{
    const auto failure = m_before.failures.find(m_local.hash);
    if (failure == m_before.failures.end())
        return {};
    if (m_request.retryFailed) {
        m_context.warn("This release failed on the device before: " + failure->second);
        return {};
    }
    return Error{ErrorCode::Remote, "This release failed on '" + m_device.name + "' before: " + failure->second,
                 "Export a new package, or deploy again with the option to retry a failed release.", {}};
}

Result<void> Push::checkRoom() const
{
    const auto needed = static_cast<std::int64_t>(m_local.bytes());
    if (m_receipt.profile.freeDiskBytes >= needed)
        return {};
    return Error{ErrorCode::Io, "The release takes " + std::to_string(needed) + " bytes, and '" + m_device.name + "' has "
                     + std::to_string(m_receipt.profile.freeDiskBytes) + " free.",
                 "Make room on the device, or choose a root folder on another file system.", {}};
}

Result<void> Push::upload()
{
    return uploadAll(false);
}

Result<void> Push::uploadAll(bool afresh)
{
    const auto started = Clock::now();
    ESPALIER_CHECK(m_store->preparePart(m_local.hash, afresh, m_context));
    ESPALIER_CHECK(uploadFile(m_local.runtime, ReleaseLayout::runtimeFile, m_local.runtimeBytes, 0));
    ESPALIER_CHECK(uploadFile(m_local.package, ReleaseLayout::packageFile, m_local.packageBytes, m_local.runtimeBytes));
    m_receipt.uploadSeconds += std::chrono::duration<double>(Clock::now() - started).count();
    return {};
}

Result<void> Push::uploadFile(const std::filesystem::path& local, std::string_view name, std::uint64_t size, std::uint64_t doneBefore)
{
    // Progress over both files as one.
    RunContext whole = m_context;
    whole.onProgress = [&](const Progress& part) {
        m_context.progress({part.activity, part.done + static_cast<std::int64_t>(doneBefore), static_cast<std::int64_t>(m_local.bytes()), part.unit});
    };
    const std::string remote = m_store->layout().part(m_local.hash) + "/" + std::string(name);
    ESPALIER_TRY(const UploadResult sent, m_transport.upload(local, remote, size, std::string(m_activity), whole));
    m_receipt.uploadedBytes += static_cast<std::int64_t>(sent.sentBytes);
    return {};
}

Result<void> Push::verify()
{
    const std::string part = m_store->layout().part(m_local.hash);
    const Command makeExecutable{"chmod 755 \"$1/espalier-edge\"", {part}};
    ESPALIER_CHECK(m_transport.runChecked(makeExecutable, "Making the runtime executable", m_context));
    ESPALIER_TRY(bool whole, m_store->matches(part, m_manifest, m_context));
    if (!whole) {
        // What an earlier push left was not the beginning of this file, or the file changed: once more, from nothing.
        m_context.warn("The upload differs from the file; sending it again.");
        ESPALIER_CHECK(uploadAll(true));
        ESPALIER_CHECK(m_transport.runChecked(makeExecutable, "Making the runtime executable", m_context));
        ESPALIER_TRY(whole, m_store->matches(part, m_manifest, m_context));
    }
    if (!whole)
        return Error{ErrorCode::Remote, "The files on the device differ from those sent.",
                     "Check that nothing rewrites the package here, and the device's storage for damage.", {}};
    return {};
}

Result<void> Push::store()
{
    ESPALIER_TRY(m_manifest.runtimeVersion, EdgeRuntime(m_transport, m_store->layout().part(m_local.hash)).version(m_context));
    return m_store->commitPart(m_manifest, m_context);
}

Result<void> Push::selfTest()
{
    EdgeRuntime runtime(m_transport, releaseFolder());
    ESPALIER_TRY(m_receipt.runtimeVersion, runtime.version(m_context));
    if (auto passed = runtime.selfTest(m_context); !passed)
        return remembered(passed.error());
    m_receipt.selfTestPassed = true;
    return {};
}

Result<void> Push::bench()
{
    ESPALIER_TRY(m_receipt.latency, EdgeRuntime(m_transport, releaseFolder()).bench(m_request.benchSeconds, m_context));
    return {};
}

Result<void> Push::evaluate()
{
    const std::string folder = m_store->layout().work();
    const std::string remote = folder + "/test";
    std::error_code failure;
    const std::uint64_t size = std::filesystem::file_size(m_request.testSet, failure);
    if (failure)
        return ioError("measure", m_request.testSet.string(), failure.value());
    ESPALIER_CHECK(m_transport.runChecked({"rm -rf \"$1\" && mkdir \"$1\"", {folder}}, "Making room for the test set", m_context));
    ESPALIER_CHECK(m_transport.upload(m_request.testSet, remote, size, std::string(m_activity), m_context));
    ESPALIER_TRY(m_receipt.evaluation, EdgeRuntime(m_transport, releaseFolder()).evaluate(remote, m_context));
    ESPALIER_CHECK(m_transport.runChecked({"rm -rf \"$1\"", {folder}}, "Removing the test set", m_context));
    return {};
}

Result<void> Push::activate()
{
    // Deploying what is current already must not make it its own predecessor.
    m_receipt.previousRelease = m_before.current == m_local.hash ? m_before.previous : m_before.current;
    return m_store->activate(m_local.hash, m_receipt.previousRelease, m_context);
}

Result<void> Push::checkHealth()
{
    if (auto healthy = EdgeRuntime(m_transport, m_store->layout().current()).selfTest(m_context); !healthy)
        return rollBack(healthy.error());
    return m_before.failures.contains(m_local.hash) ? m_store->forget(m_local.hash, m_context) : Result<void>();
}

Result<void> Push::prune()
{
    return m_store->prune(m_context);
}

Error Push::remembered(const Error& failure)
{
    // A broken connection or a cancellation says nothing about the release.
    if (failure.code != ErrorCode::Remote)
        return failure;
    std::string reason = utcNow() + " " + failure.detail;
    std::replace(reason.begin(), reason.end(), '\n', ' ');
    if (auto noted = m_store->remember(m_local.hash, reason, m_context); !noted)
        m_context.warn("The failure could not be noted on the device: " + noted.error().message());
    return failure;
}

Error Push::rollBack(const Error& failure)
{
    Error error = remembered(failure);
    if (failure.code != ErrorCode::Remote)
        return error;
    const std::string target = m_before.current == m_local.hash ? m_before.previous : m_before.current;
    const auto undone = m_store->activate(target, m_before.previous == target ? std::string() : m_before.previous, m_context);
    if (!undone)
        return undone.error().within("going back to release " + target);
    error.detail += target.empty() ? " The device has no current release now." : " The device went back to release " + target + ".";
    error.remedy = "Export the package again; this release will not be pushed to the device again unless you ask for it.";
    return error;
}

std::string Push::releaseFolder() const
{
    return m_store->layout().release(m_local.hash);
}

} // namespace espalier
