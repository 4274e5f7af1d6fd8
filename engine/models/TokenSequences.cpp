// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/TokenSequences.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <numeric>
#include <stdexcept>

#include <fcntl.h>
#include <unistd.h>

namespace espalier {
namespace {

constexpr std::size_t writeBytes = std::size_t{1} << 20; ///< once there is a file, as much is collected before it is written

/// A file that is gone when the process is, however it ends. Where the file system cannot make one, a name is taken and removed.
int openNameless(const std::filesystem::path& folder)
{
    const int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor >= 0)
        return descriptor;
    std::string name = (folder / "tokens-XXXXXX").string();
    const int named = ::mkostemp(name.data(), O_CLOEXEC);
    if (named >= 0)
        ::unlink(name.c_str());
    return named;
}

} // namespace

struct TokenSequences::File {
    explicit File(int opened) : descriptor(opened) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() { ::close(descriptor); }
    int descriptor;
};

TokenSequences::TokenSequences(std::initializer_list<std::vector<std::int32_t>> sentences)
{
    for (const auto& sentence : sentences)
        (void)add(sentence); // in memory nothing but the length can fail
}

TokenSequences::TokenSequences(std::filesystem::path spillFolder, std::size_t memoryBytes)
    : m_folder(std::move(spillFolder)), m_memoryBytes(m_folder.empty() ? SIZE_MAX : memoryBytes)
{
}

Result<void> TokenSequences::add(std::span<const std::int32_t> ids)
{
    if (ids.size() > longest)
        return Error{ErrorCode::InvalidArgument, "A sentence has " + std::to_string(ids.size()) + " tokens; at most 65535 are possible.",
                     "Let the tokenizer cut longer sentences.", {}};
    if (size() % perBlock == 0)
        m_blocks.push_back(m_count);
    for (const std::int32_t id : ids) {
        m_smallest = std::min(m_smallest, id);
        m_largest = std::max(m_largest, id);
    }
    m_ids.insert(m_ids.end(), ids.begin(), ids.end());
    m_count += ids.size();
    m_lengths.push_back(static_cast<std::uint16_t>(ids.size()));
    return m_ids.size() * sizeof(std::int32_t) > (m_file ? writeBytes : m_memoryBytes) ? flush() : Result<void>{};
}

Result<void> TokenSequences::flush()
{
    if (!m_file) {
        std::error_code status;
        std::filesystem::create_directories(m_folder, status);
        const int descriptor = openNameless(m_folder);
        if (descriptor < 0)
            return ioError("make a temporary file in", m_folder.string(), errno);
        m_file = std::make_shared<File>(descriptor);
    }
    const char* bytes = reinterpret_cast<const char*>(m_ids.data());
    std::size_t left = m_ids.size() * sizeof(std::int32_t);
    auto position = static_cast<off_t>(m_inFile * sizeof(std::int32_t));
    while (left > 0) {
        const ssize_t written = ::pwrite(m_file->descriptor, bytes, left, position);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return ioError("write a temporary file in", m_folder.string(), errno);
        bytes += written;
        position += written;
        left -= static_cast<std::size_t>(written);
    }
    m_inFile += m_ids.size();
    m_ids = {};
    return {};
}

std::uint64_t TokenSequences::beginOf(std::size_t index) const
{
    const std::size_t block = index / perBlock;
    const auto first = m_lengths.begin() + static_cast<std::ptrdiff_t>(block * perBlock);
    return std::accumulate(first, m_lengths.begin() + static_cast<std::ptrdiff_t>(index), m_blocks[block]);
}

void TokenSequences::readFile(std::uint64_t begin, std::int32_t* out, std::size_t count) const
{
    char* bytes = reinterpret_cast<char*>(out);
    std::size_t left = count * sizeof(std::int32_t);
    auto position = static_cast<off_t>(begin * sizeof(std::int32_t));
    while (left > 0) {
        const ssize_t got = ::pread(m_file->descriptor, bytes, left, position);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            throw std::runtime_error("The temporary file of tokens in '" + m_folder.string() + "' cannot be read: " + std::strerror(got < 0 ? errno : EIO));
        bytes += got;
        position += got;
        left -= static_cast<std::size_t>(got);
    }
}

std::span<const std::int32_t> TokenSequences::read(std::size_t index, std::vector<std::int32_t>& buffer) const
{
    const std::uint64_t begin = beginOf(index);
    const std::size_t count = m_lengths[index];
    if (begin >= m_inFile)
        return {m_ids.data() + (begin - m_inFile), count};
    buffer.resize(count);
    readFile(begin, buffer.data(), count);
    return buffer;
}

void TokenSequences::addTo(Fingerprint& fingerprint) const
{
    const auto bytes = [](const auto* values, std::size_t count) { return std::string_view(reinterpret_cast<const char*>(values), count * sizeof(*values)); };
    fingerprint.add("lengths", bytes(m_lengths.data(), m_lengths.size()));
    std::vector<std::int32_t> part;
    const std::size_t perPart = writeBytes / sizeof(std::int32_t);
    for (std::uint64_t begin = 0; begin < m_count; begin += perPart) {
        part.resize(static_cast<std::size_t>(std::min<std::uint64_t>(perPart, m_count - begin)));
        const auto fromFile = static_cast<std::size_t>(std::min<std::uint64_t>(part.size(), m_inFile > begin ? m_inFile - begin : 0));
        if (fromFile > 0)
            readFile(begin, part.data(), fromFile);
        const auto fromMemory = m_ids.begin() + static_cast<std::ptrdiff_t>(begin + fromFile - m_inFile);
        if (fromFile < part.size())
            std::copy_n(fromMemory, part.size() - fromFile, part.begin() + static_cast<std::ptrdiff_t>(fromFile));
        fingerprint.add("ids", bytes(part.data(), part.size()));
    }
}

} // namespace espalier
