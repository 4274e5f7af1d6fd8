// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/SampleCopy.h"

#include "engine/core/SafeFile.h"
#include "engine/graph/DefaultPipeline.h"

#include <array>

namespace espalier {
namespace fs = std::filesystem;
namespace {

constexpr std::array dataFiles{"train.tsv", "val.tsv", "test.tsv"};
constexpr int maxCopies = 1000;

/// Whether @p folder has no data file that differs from the sample's.
bool isFree(const fs::path& sample, const fs::path& folder)
{
    for (const char* name : dataFiles) {
        const auto here = readFile(folder / name);
        const auto there = readFile(sample / name);
        if (here && there && *here != *there)
            return false;
    }
    return true;
}

Result<void> copyFile(const fs::path& from, const fs::path& to)
{
    std::error_code ignored;
    if (fs::exists(to, ignored) || !fs::exists(from, ignored))
        return {};
    ESPALIER_TRY(const std::string content, readFile(from));
    return writeFileSafely(to, content);
}

Result<fs::path> chooseFolder(const fs::path& sample, const fs::path& parent)
{
    const std::string name = sample.filename().string();
    for (int i = 1; i <= maxCopies; ++i) {
        const fs::path folder = parent / (i == 1 ? name : name + "-" + std::to_string(i));
        if (!isFree(sample, folder))
            continue;
        std::error_code failure;
        fs::create_directories(folder, failure);
        if (failure)
            return ioError("create the folder", folder.string(), failure.value());
        return folder;
    }
    return Error{ErrorCode::Io, "There are " + std::to_string(maxCopies) + " copies of the sample in '" + parent.string() + "'.", "Remove some.", {}};
}

} // namespace

Result<fs::path> copySample(const fs::path& sample, const fs::path& parent)
{
    ESPALIER_TRY(const fs::path folder, chooseFolder(sample, parent));
    for (const char* name : dataFiles)
        ESPALIER_CHECK(copyFile(sample / name, folder / name));
    const std::string projectName = sample.filename().string() + ".espalier";
    ESPALIER_CHECK(copyFile(sample / projectName, folder / projectName));
    std::error_code ignored;
    if (!fs::exists(folder / projectName, ignored))
        ESPALIER_CHECK(saveProject(folder / projectName, defaultPipeline(folder / dataFiles[0], folder)));
    return folder / projectName;
}

} // namespace espalier
