// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/PackageMeter.h"

#include "engine/core/Fingerprint.h"
#include "engine/core/SafeFile.h"
#include "engine/core/ScratchFolder.h"
#include "engine/deployment/DeviceProbe.h"
#include "engine/deployment/EdgeRuntime.h"
#include "engine/deployment/ReleaseStore.h"
#include "engine/deployment/RuntimeLocator.h"
#include "engine/deployment/TransportCatalog.h"

#include <random>

namespace espalier {
namespace {

/// What was left behind when a connection broke goes after a day.
constexpr std::string_view makeScript = R"sh(
mkdir -p "$1/$2" && cd "$1" || exit 1
find . -mindepth 1 -maxdepth 1 -type d -mtime +0 -exec rm -rf {} + 2>/dev/null
pwd -P
)sh";

std::string randomName()
{
    std::random_device random;
    Fingerprint name;
    for (int i = 0; i < 4; ++i)
        name.add("random", std::to_string(random()));
    return name.hex().substr(0, 16);
}

} // namespace

Result<std::unique_ptr<PackageMeter>> PackageMeter::open(const Device& device, const Credentials& credentials, const DeploymentPrompts& prompts, const RunContext& context)
{
    ESPALIER_TRY(auto transport, openTransport(device, credentials, prompts, context));
    ESPALIER_TRY(const DeviceProfile profile, probeDevice(*transport, device, context));
    ESPALIER_CHECK(requireUsable(profile));
    ESPALIER_TRY(const std::filesystem::path runtime, RuntimeLocator().find(profile.architecture));
    ESPALIER_TRY(const ReleaseStore store, ReleaseStore::open(*transport, device, true, context));
    std::unique_ptr<PackageMeter> meter(new PackageMeter(std::move(transport)));
    ESPALIER_CHECK(meter->makeFolder(store.layout().measuring(), context));
    ESPALIER_CHECK(meter->send(runtime, ReleaseLayout::runtimeFile, context));
    ESPALIER_CHECK(meter->m_transport->runChecked({"chmod 755 \"$1\"", {meter->m_folder + "/" + std::string(ReleaseLayout::runtimeFile)}}, "Making the runtime executable", context));
    return meter;
}

PackageMeter::~PackageMeter()
{
    if (!m_folder.empty())
        (void)m_transport->run({"rm -rf \"$1\"", {m_folder}}, RunContext{}); // where the connection is gone, the next one tidies up
    m_transport->close();
}

Result<void> PackageMeter::makeFolder(const std::string& root, const RunContext& context)
{
    const std::string name = randomName();
    ESPALIER_TRY(std::string made, m_transport->runChecked({std::string(makeScript), {root, name}}, "Making a folder to measure in", context));
    while (!made.empty() && made.back() == '\n')
        made.pop_back();
    m_folder = made + "/" + name;
    return {};
}

/// Whatever stood there before.
Result<void> PackageMeter::send(const std::filesystem::path& local, std::string_view name, const RunContext& context)
{
    const std::string remote = m_folder + "/" + std::string(name);
    std::error_code failed;
    const std::uint64_t size = std::filesystem::file_size(local, failed);
    if (failed)
        return ioError("measure", local.string(), failed.value());
    ESPALIER_CHECK(m_transport->runChecked({"rm -f \"$1\"", {remote}}, "Making room", context));
    ESPALIER_CHECK(m_transport->upload(local, remote, size, "Sending what is to be measured", context));
    ESPALIER_TRY(const std::string expected, sha256OfFile(local));
    ESPALIER_TRY(const std::string there, m_transport->runChecked({"sha256sum \"$1\"", {remote}}, "Verifying the upload", context));
    if (there.compare(0, expected.size(), expected) != 0)
        return Error{ErrorCode::Remote, "The file on the device differs from the one sent.", "Check the device's storage for damage.", {}};
    return {};
}

Result<LatencyReport> PackageMeter::measure(const std::string& package, double seconds, const RunContext& context)
{
    ESPALIER_TRY(const ScratchFolder here, ScratchFolder::create("espalier-measure"));
    const auto file = here.path() / ReleaseLayout::packageFile;
    ESPALIER_CHECK(writeFileSafely(file, package));
    ESPALIER_CHECK(send(file, ReleaseLayout::packageFile, context));
    return EdgeRuntime(*m_transport, m_folder).bench(seconds, context);
}

} // namespace espalier
