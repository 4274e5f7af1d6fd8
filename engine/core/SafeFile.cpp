// SPDX-License-Identifier: Apache-2.0
#include "engine/core/SafeFile.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

namespace espalier {
namespace {

Result<void> flushFolder(const std::filesystem::path& folder)
{
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return ioError("open the folder", folder.string(), errno);
    const int status = ::fsync(descriptor);
    const int reason = errno;
    ::close(descriptor);
    // Some network file systems cannot flush a folder; the rename itself has already happened.
    if (status != 0 && reason != EINVAL && reason != ENOTSUP)
        return ioError("flush the folder", folder.string(), reason);
    return {};
}

std::filesystem::path folderOf(const std::filesystem::path& target)
{
    return target.has_parent_path() ? target.parent_path() : std::filesystem::path(".");
}

} // namespace

SafeFile::SafeFile(std::filesystem::path target, std::string temporary, int descriptor)
    : m_target(std::move(target)), m_temporary(std::move(temporary)), m_descriptor(descriptor)
{
}

SafeFile::SafeFile(SafeFile&& other) noexcept
    : m_target(std::move(other.m_target)), m_temporary(std::move(other.m_temporary)), m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

SafeFile& SafeFile::operator=(SafeFile&& other) noexcept
{
    if (this != &other) {
        discard();
        m_target = std::move(other.m_target);
        m_temporary = std::move(other.m_temporary);
        m_descriptor = std::exchange(other.m_descriptor, -1);
    }
    return *this;
}

SafeFile::~SafeFile()
{
    discard();
}

void SafeFile::discard() noexcept
{
    if (m_descriptor < 0)
        return;
    ::close(m_descriptor);
    ::unlink(m_temporary.c_str());
    m_descriptor = -1;
}

Result<SafeFile> SafeFile::create(const std::filesystem::path& target)
{
    // A link is followed, so that the file it names is replaced and not the link.
    std::error_code ignored;
    std::filesystem::path real = target;
    if (std::filesystem::is_symlink(target, ignored))
        real = std::filesystem::weakly_canonical(target, ignored);
    std::string temporary = (folderOf(real) / ("." + real.filename().string() + ".XXXXXX")).string();
    const int descriptor = ::mkostemp(temporary.data(), O_CLOEXEC);
    if (descriptor < 0)
        return ioError("write", target.string(), errno);
    struct stat existing {};
    const mode_t mode = ::stat(real.c_str(), &existing) == 0 ? (existing.st_mode & 07777) : 0644;
    if (::fchmod(descriptor, mode) != 0) {
        const int reason = errno;
        ::close(descriptor);
        ::unlink(temporary.c_str());
        return ioError("set the permissions of", target.string(), reason);
    }
    return SafeFile(std::move(real), std::move(temporary), descriptor);
}

Result<void> SafeFile::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            Error error = ioError("write", m_target.string(), written < 0 ? errno : ENOSPC);
            discard(); // so that a caller who goes on all the same cannot commit half a file
            return error;
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> SafeFile::commit()
{
    if (m_descriptor < 0)
        return Error{ErrorCode::Io, "'" + m_target.string() + "' was not replaced, since writing it had failed.", {}, {}};
    if (::fsync(m_descriptor) != 0)
        return ioError("write", m_target.string(), errno);
    const int closed = ::close(std::exchange(m_descriptor, -1));
    if (closed != 0 || ::rename(m_temporary.c_str(), m_target.c_str()) != 0) {
        const int reason = errno;
        ::unlink(m_temporary.c_str());
        return ioError("write", m_target.string(), reason);
    }
    return flushFolder(folderOf(m_target));
}

Result<void> writeFileSafely(const std::filesystem::path& target, std::string_view bytes)
{
    ESPALIER_TRY(SafeFile file, SafeFile::create(target));
    ESPALIER_CHECK(file.write(bytes));
    return file.commit();
}

Result<std::string> readFile(const std::filesystem::path& path, std::size_t maxBytes)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return ioError("read", path.string(), errno);
    const auto fail = [&](Error error) {
        ::close(descriptor);
        return error;
    };
    struct stat info {};
    if (::fstat(descriptor, &info) != 0)
        return fail(ioError("read", path.string(), errno));
    if (!S_ISREG(info.st_mode))
        return fail({ErrorCode::InvalidArgument, "'" + path.string() + "' is not a file.", "Choose a regular file.", {}});
    if (static_cast<std::uint64_t>(info.st_size) > maxBytes)
        return fail({ErrorCode::InvalidFormat,
                     "'" + path.string() + "' has " + std::to_string(info.st_size) + " bytes; at most " + std::to_string(maxBytes) + " are read.",
                     {},
                     {}});
    std::string bytes(static_cast<std::size_t>(info.st_size), '\0');
    std::size_t filled = 0;
    while (filled < bytes.size()) {
        const ssize_t got = ::read(descriptor, bytes.data() + filled, bytes.size() - filled);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail(ioError("read", path.string(), errno));
        if (got == 0)
            break;
        filled += static_cast<std::size_t>(got);
    }
    bytes.resize(filled);
    ::close(descriptor);
    return bytes;
}

} // namespace espalier
