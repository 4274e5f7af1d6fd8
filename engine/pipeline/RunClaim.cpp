// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/RunClaim.h"

#include "engine/core/Json.h"
#include "engine/core/SafeFile.h"

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <signal.h>
#include <unistd.h>

namespace espalier {
namespace {

std::filesystem::path claimsOf(const std::filesystem::path& projectFolder)
{
    return projectFolder / ".espalier" / "running";
}

} // namespace

RunClaim::RunClaim(const std::filesystem::path& projectFolder, const std::set<std::string>& fingerprints)
{
    static std::atomic<int> number{0};
    m_file = claimsOf(projectFolder) / (std::to_string(::getpid()) + "-" + std::to_string(++number) + ".json");
    std::error_code ignored;
    std::filesystem::create_directories(m_file.parent_path(), ignored);
    (void)writeFileSafely(m_file, dumpJson(fingerprints));
}

RunClaim::~RunClaim()
{
    std::error_code ignored;
    std::filesystem::remove(m_file, ignored);
}

bool processLives(long id)
{
    return id > 0 && (::kill(static_cast<pid_t>(id), 0) == 0 || errno == EPERM);
}

std::set<std::string> claimedFingerprints(const std::filesystem::path& projectFolder)
{
    std::set<std::string> claimed;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(claimsOf(projectFolder), ignored)) {
        if (!processLives(std::strtol(entry.path().filename().c_str(), nullptr, 10))) {
            std::filesystem::remove(entry.path(), ignored);
            continue;
        }
        const auto list = readJsonFile(entry.path());
        if (list && list->is_array())
            for (const Json& fingerprint : *list)
                if (fingerprint.is_string())
                    claimed.insert(fingerprint.get<std::string>());
    }
    return claimed;
}

} // namespace espalier
