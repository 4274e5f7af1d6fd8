// SPDX-License-Identifier: Apache-2.0
#include "engine/core/ScratchFolder.h"

#include "engine/core/SafeFile.h"

#include <cerrno>
#include <cstdlib>

namespace espalier {

Result<ScratchFolder> ScratchFolder::create(const std::string& prefix)
{
    std::error_code failed;
    const std::filesystem::path among = std::filesystem::temp_directory_path(failed);
    std::string name = (among / (prefix + "-XXXXXX")).string();
    if (failed || !mkdtemp(name.data()))
        return ioError("create a folder in", failed ? "the folder for temporary files" : among.string(), failed ? failed.value() : errno);
    return ScratchFolder(std::filesystem::path(name));
}

ScratchFolder::~ScratchFolder()
{
    std::error_code ignored;
    if (!m_path.empty())
        std::filesystem::remove_all(m_path, ignored);
}

} // namespace espalier
