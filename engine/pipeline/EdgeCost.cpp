// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/EdgeCost.h"

#include "engine/core/SafeFile.h"
#include "engine/deployment/EdgeRuntime.h"
#include "engine/deployment/LocalRuntime.h"
#include "engine/deployment/LocalTransport.h"
#include "engine/deployment/ReleaseLayout.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>

namespace espalier {
namespace {

constexpr double benchSeconds = 0.3; ///< hundreds of sentences of a small model, some of a large one

/// A folder in the temporary folder, removed at the end with what is in it.
class ScratchFolder {
public:
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ScratchFolder() : m_name((std::filesystem::temp_directory_path() / "espalier-cost-XXXXXX").string()) { m_made = mkdtemp(m_name.data()) != nullptr; }
    ~ScratchFolder()
    {
        std::error_code ignored;
        if (m_made)
            std::filesystem::remove_all(m_name, ignored);
    }
    [[nodiscard]] bool isMade() const { return m_made; }
    [[nodiscard]] std::filesystem::path path() const { return m_name; }

private:
    std::string m_name;
    bool m_made = false;
};

} // namespace

Result<EdgeCost> measureEdgeCost(const std::string& package, const RunContext& context)
{
    ESPALIER_TRY(const std::filesystem::path runtime, localRuntime());
    const ScratchFolder folder;
    if (!folder.isMade())
        return ioError("create a folder in", std::filesystem::temp_directory_path().string(), errno);
    ESPALIER_CHECK(writeFileSafely(folder.path() / ReleaseLayout::packageFile, package));
    std::error_code failed;
    std::filesystem::create_symlink(runtime, folder.path() / ReleaseLayout::runtimeFile, failed);
    if (failed)
        return ioError("create the link", (folder.path() / ReleaseLayout::runtimeFile).string(), failed.value());
    LocalTransport here;
    const auto latency = EdgeRuntime(here, folder.path().string()).bench(benchSeconds, context);
    if (!latency)
        return latency.error().within("measuring on this computer with '" + runtime.string() + "'");
    return EdgeCost{latency->p50Milliseconds, latency->peakMemoryBytes, localRuntimeIdentity()};
}

} // namespace espalier
