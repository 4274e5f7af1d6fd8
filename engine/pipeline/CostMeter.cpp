// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/CostMeter.h"

#include "engine/core/SafeFile.h"
#include "engine/core/ScratchFolder.h"
#include "engine/deployment/EdgeRuntime.h"
#include "engine/deployment/LocalRuntime.h"
#include "engine/deployment/LocalTransport.h"
#include "engine/deployment/PackageMeter.h"
#include "engine/deployment/ReleaseLayout.h"

namespace espalier {
namespace {

constexpr double secondsHere = 0.3;     ///< hundreds of sentences of a small model, some of a large one
constexpr double secondsOnDevice = 1.0; ///< the same on a processor that is slower

Result<EdgeCost> measureHere(const std::string& package, const RunContext& context)
{
    ESPALIER_TRY(const std::filesystem::path runtime, localRuntime());
    ESPALIER_TRY(const ScratchFolder folder, ScratchFolder::create("espalier-cost"));
    ESPALIER_CHECK(writeFileSafely(folder.path() / ReleaseLayout::packageFile, package));
    std::error_code failed;
    std::filesystem::create_symlink(runtime, folder.path() / ReleaseLayout::runtimeFile, failed);
    if (failed)
        return ioError("create the link", (folder.path() / ReleaseLayout::runtimeFile).string(), failed.value());
    LocalTransport here;
    const auto latency = EdgeRuntime(here, folder.path().string()).bench(secondsHere, context);
    if (!latency)
        return latency.error().within("measuring on this computer with '" + runtime.string() + "'");
    return EdgeCost{latency->p50Milliseconds, latency->peakMemoryBytes, localRuntimeIdentity()};
}

} // namespace

CostMeter::CostMeter(Device device, Credentials credentials, DeploymentPrompts prompts)
    : m_device(std::move(device)), m_credentials(std::move(credentials)), m_prompts(std::move(prompts))
{
}

CostMeter::~CostMeter() = default;

std::int64_t CostMeter::runtime() const
{
    return measuringIdentity(m_device);
}

Result<EdgeCost> CostMeter::measure(const std::string& package, const RunContext& context)
{
    if (isThisComputer(m_device))
        return measureHere(package, context);
    const std::lock_guard lock(m_mutex);
    const bool wasOpen = m_meter != nullptr;
    auto cost = measureOnDevice(package, context);
    if (!cost && cost.error().code == ErrorCode::Network && wasOpen) // a connection that stood idle for long is often gone
        cost = measureOnDevice(package, context);
    return cost ? cost : cost.error().within("measuring on '" + m_device.name + "'");
}

/// After an error the next measurement connects anew.
Result<EdgeCost> CostMeter::measureOnDevice(const std::string& package, const RunContext& context)
{
    if (!m_meter) {
        ESPALIER_TRY(m_meter, PackageMeter::open(m_device, m_credentials, m_prompts, context));
    }
    const auto latency = m_meter->measure(package, secondsOnDevice, context);
    if (!latency) {
        m_meter.reset();
        return latency.error();
    }
    return EdgeCost{latency->p50Milliseconds, latency->peakMemoryBytes, runtime()};
}

} // namespace espalier
