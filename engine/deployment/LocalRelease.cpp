// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/LocalRelease.h"

#include "engine/core/Fingerprint.h"
#include "engine/deployment/ReleaseLayout.h"
#include "engine/deployment/RuntimeLocator.h"
#include "engine/edge/PackageFormat.h"

#include <array>
#include <fstream>

namespace espalier {
namespace {

Result<void> checkPackage(const std::filesystem::path& path)
{
    std::error_code failure;
    if (!std::filesystem::is_regular_file(path, failure))
        return Error{ErrorCode::NotFound, "There is no package " + path.string() + ".", "Export one first.", {}};
    std::array<unsigned char, 12> head{};
    std::ifstream stream(path, std::ios::binary);
    stream.read(reinterpret_cast<char*>(head.data()), head.size());
    const std::string_view magic(reinterpret_cast<const char*>(head.data()), edge::packageMagic.size());
    if (stream.gcount() < static_cast<std::streamsize>(head.size()) || magic != edge::packageMagic)
        return Error{ErrorCode::InvalidFormat, path.string() + " is not an Espalier package.", "Choose an .espkg file that Espalier exported.", {}};
    const std::uint32_t version = head[8] | head[9] << 8 | head[10] << 16 | static_cast<std::uint32_t>(head[11]) << 24;
    if (version > edge::packageVersion)
        return Error{ErrorCode::Unsupported, path.string() + " has package version " + std::to_string(version) + ", newer than this program knows.",
                     "Update Espalier.", {}};
    return {};
}

Result<std::uint64_t> sizeOf(const std::filesystem::path& path)
{
    std::error_code failure;
    const std::uint64_t size = std::filesystem::file_size(path, failure);
    if (failure)
        return ioError("measure", path.string(), failure.value());
    return size;
}

} // namespace

Result<LocalRelease> makeLocalRelease(const std::filesystem::path& package, const std::filesystem::path& runtimeFolder,
                                      const std::string& architecture)
{
    LocalRelease release;
    ESPALIER_CHECK(checkPackage(package));
    ESPALIER_TRY(release.runtime, RuntimeLocator(runtimeFolder).find(architecture));
    release.package = package;
    ESPALIER_TRY(release.runtimeBytes, sizeOf(release.runtime));
    ESPALIER_TRY(release.packageBytes, sizeOf(release.package));
    ESPALIER_TRY(release.runtimeSha256, sha256OfFile(release.runtime));
    ESPALIER_TRY(release.packageSha256, sha256OfFile(release.package));
    release.hash = releaseHash(release.runtimeSha256, release.packageSha256);
    return release;
}

} // namespace espalier
