// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/TemporaryFile.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <stdexcept>
#include <unistd.h>

namespace espalier {
namespace {

std::filesystem::path defaultFolder()
{
    const char* named = std::getenv("TMPDIR");
    return named != nullptr && *named != '\0' ? named : "/var/tmp";
}

Error noRoom(const std::filesystem::path& folder, int reason)
{
    Error error = ioError("write a temporary file in", folder.string(), reason);
    if (reason == ENOSPC)
        error.remedy = "Free some space there: the rows of a large dataset are kept on disk while it is worked on.";
    return error;
}

} // namespace

Result<std::shared_ptr<TemporaryFile>> TemporaryFile::create(const std::filesystem::path& given)
{
    const auto folder = given.empty() ? defaultFolder() : given;
    std::error_code ignored;
    std::filesystem::create_directories(folder, ignored);
    std::string name = (folder / "rows.XXXXXX").string();
    const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor < 0)
        return noRoom(folder, errno);
    ::unlink(name.c_str());
    return std::shared_ptr<TemporaryFile>(new TemporaryFile(descriptor, folder));
}

TemporaryFile::~TemporaryFile()
{
    ::close(m_descriptor);
}

Result<void> TemporaryFile::append(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return noRoom(m_folder, written < 0 ? errno : ENOSPC);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

void TemporaryFile::read(std::uint64_t begin, char* out, std::size_t count) const
{
    while (count > 0) {
        const ssize_t taken = ::pread(m_descriptor, out, count, static_cast<off_t>(begin));
        if (taken < 0 && errno == EINTR)
            continue;
        if (taken <= 0)
            throw std::runtime_error("A temporary file in '" + m_folder.string() + "' cannot be read: " + (taken < 0 ? std::strerror(errno) : "it ends early") + ".");
        out += taken;
        begin += static_cast<std::uint64_t>(taken);
        count -= static_cast<std::size_t>(taken);
    }
}

} // namespace espalier
