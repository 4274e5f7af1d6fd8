// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/MappedFile.h"

#include <cerrno>
#include <cstdint>
#include <limits>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace espalier::edge {
namespace {

std::array<std::int64_t, 3> versionOf(const struct stat& status) { return {status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec}; }

} // namespace

Result<MappedFile> MappedFile::open(const std::string& path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return ioError("open", path, errno);
    MappedFile file(descriptor, nullptr, 0);
    struct stat status{};
    if (::fstat(descriptor, &status) != 0)
        return ioError("read", path, errno);
    if (!S_ISREG(status.st_mode))
        return Error{ErrorCode::InvalidArgument, "'" + path + "' is not a regular file.", {}, {}};
    if (static_cast<std::uint64_t>(status.st_size) > std::numeric_limits<std::size_t>::max() / 2)
        return Error{ErrorCode::Unsupported, "'" + path + "' is too large for this machine's address space.", {}, {}};
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size == 0)
        return file;
    void* data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (data == MAP_FAILED)
        return ioError("map", path, errno);
    // In large pages a neighbour that is read brings back megabytes that were released.
    ::madvise(data, size, MADV_NOHUGEPAGE);
    file.m_version = versionOf(status);
    file.m_data = static_cast<const std::byte*>(data);
    file.m_size = size;
    return file;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)), m_version(other.m_version), m_data(std::exchange(other.m_data, nullptr)), m_size(std::exchange(other.m_size, 0))
{
}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_version, other.m_version);
    std::swap(m_data, other.m_data);
    std::swap(m_size, other.m_size);
    return *this;
}

bool MappedFile::read(std::size_t offset, std::span<std::byte> into) const
{
    while (!into.empty()) {
        const ssize_t count = ::pread(m_descriptor, into.data(), into.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        offset += static_cast<std::size_t>(count);
        into = into.subspan(static_cast<std::size_t>(count));
    }
    struct stat status{};
    return ::fstat(m_descriptor, &status) == 0 && versionOf(status) == m_version;
}

void MappedFile::release(std::span<const std::byte> part)
{
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    const auto begin = (reinterpret_cast<std::uintptr_t>(part.data()) + page - 1) / page * page;
    const auto end = (reinterpret_cast<std::uintptr_t>(part.data()) + part.size()) / page * page;
    if (begin < end)
        ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
}

MappedFile::~MappedFile()
{
    if (m_data != nullptr)
        ::munmap(const_cast<std::byte*>(m_data), m_size);
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

} // namespace espalier::edge
