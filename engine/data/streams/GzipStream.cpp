// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/streams/ByteStream.h"

#include <array>
#include <zlib.h>

namespace espalier {
namespace {

constexpr int gzipWithLargestWindow = 15 + 16;

/// Members that follow one another are one text, as for gunzip.
class GzipStream final : public ByteStream {
public:
    GzipStream(std::unique_ptr<ByteStream> compressed, std::filesystem::path file) : m_compressed(std::move(compressed)), m_file(std::move(file))
    {
        inflateInit2(&m_zlib, gzipWithLargestWindow);
    }
    GzipStream(const GzipStream&) = delete;
    GzipStream& operator=(const GzipStream&) = delete;
    ~GzipStream() override { inflateEnd(&m_zlib); }

    Result<std::size_t> read(char* out, std::size_t capacity) override
    {
        capacity = std::min(capacity, maxStep);
        m_zlib.next_out = reinterpret_cast<Bytef*>(out);
        m_zlib.avail_out = static_cast<uInt>(capacity);
        while (m_zlib.avail_out == capacity) {
            ESPALIER_TRY(const bool more, refill());
            if (!more)
                break;
            const int status = inflate(&m_zlib, Z_NO_FLUSH);
            m_inMember = status != Z_STREAM_END;
            m_more = m_inMember && (m_zlib.avail_out == 0 || status == Z_DATA_ERROR);
            if (status == Z_STREAM_END)
                inflateReset(&m_zlib);
            else if (status != Z_OK && status != Z_BUF_ERROR && m_zlib.avail_out == capacity) // else what stands before the damage is given first
                return damagedFile(m_file, "gzip", position(), m_zlib.msg ? std::string("is damaged (") + m_zlib.msg + ")" : "is damaged");
        }
        return capacity - m_zlib.avail_out;
    }
    [[nodiscard]] std::uint64_t position() const override { return m_compressed->position() - m_zlib.avail_in; }

private:
    static constexpr std::size_t maxStep = std::size_t{1} << 30;

    /// False at the end of the file.
    Result<bool> refill()
    {
        if (m_zlib.avail_in > 0 || m_more)
            return true;
        ESPALIER_TRY(const std::size_t count, m_compressed->read(m_input.data(), m_input.size()));
        m_zlib.next_in = reinterpret_cast<Bytef*>(m_input.data());
        m_zlib.avail_in = static_cast<uInt>(count);
        if (count == 0 && m_inMember)
            return damagedFile(m_file, "gzip", position(), "breaks off");
        return count > 0;
    }

    std::unique_ptr<ByteStream> m_compressed;
    std::filesystem::path m_file;
    z_stream m_zlib{};
    bool m_inMember = true;
    bool m_more = false; ///< zlib may give more text, or an error, without more input
    std::array<char, std::size_t{1} << 16> m_input{};
};

} // namespace

std::unique_ptr<ByteStream> gzipStream(std::unique_ptr<ByteStream> compressed, const std::filesystem::path& file)
{
    return std::make_unique<GzipStream>(std::move(compressed), file);
}

} // namespace espalier
