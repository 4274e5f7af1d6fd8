// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/streams/ByteStream.h"

#include <algorithm>
#include <vector>
#include <zstd.h>

namespace espalier {
namespace {

/// Frames that follow one another are one text, as for unzstd.
class ZstdStream final : public ByteStream {
public:
    ZstdStream(std::unique_ptr<ByteStream> compressed, std::filesystem::path file)
        : m_compressed(std::move(compressed)), m_file(std::move(file)), m_zstd(ZSTD_createDStream()), m_beginning(ZSTD_initDStream(m_zstd)), m_wanted(m_beginning), m_bytes(ZSTD_DStreamInSize())
    {
    }
    ZstdStream(const ZstdStream&) = delete;
    ZstdStream& operator=(const ZstdStream&) = delete;
    ~ZstdStream() override { ZSTD_freeDStream(m_zstd); }

    /// The library is given a block at a time, or less: what it decoded before is not lost with a bad one.
    Result<std::size_t> read(char* out, std::size_t capacity) override
    {
        ZSTD_outBuffer output{out, capacity, 0};
        while (output.pos == 0) {
            ESPALIER_TRY(const bool more, refill());
            if (!more)
                break;
            ZSTD_inBuffer input{m_bytes.data(), m_full ? m_begin : std::min(m_end, m_begin + m_wanted), m_begin};
            const std::size_t status = ZSTD_decompressStream(m_zstd, &output, &input);
            if (ZSTD_isError(status))
                return damagedFile(m_file, "zstd", position(), std::string("is damaged (") + ZSTD_getErrorName(status) + ")");
            m_begin = input.pos;
            m_inFrame = status != 0;
            m_wanted = !m_inFrame ? m_beginning : status > nextHeader ? status - nextHeader : status;
            m_full = m_inFrame && output.pos == output.size;
        }
        return output.pos;
    }
    [[nodiscard]] std::uint64_t position() const override { return m_compressed->position() - (m_end - m_begin); }

private:
    static constexpr std::size_t nextHeader = 3; ///< of the next block, for which the library asks together with a block

    /// False at the end of the file.
    Result<bool> refill()
    {
        if (m_begin < m_end || m_full)
            return true;
        m_begin = 0;
        ESPALIER_TRY(m_end, m_compressed->read(m_bytes.data(), m_bytes.size()));
        if (m_end == 0 && m_inFrame)
            return damagedFile(m_file, "zstd", position(), "breaks off");
        return m_end > 0;
    }

    std::unique_ptr<ByteStream> m_compressed;
    std::filesystem::path m_file;
    ZSTD_DStream* m_zstd;
    std::size_t m_beginning; ///< what the library asks for where a frame begins
    std::size_t m_wanted;    ///< what it asks for next
    std::vector<char> m_bytes;
    std::size_t m_begin = 0; ///< of the bytes that it was not given yet
    std::size_t m_end = 0;
    bool m_inFrame = true;
    bool m_full = false; ///< what was decoded filled the room for it, so that more may wait
};

} // namespace

std::unique_ptr<ByteStream> zstdStream(std::unique_ptr<ByteStream> compressed, const std::filesystem::path& file)
{
    return std::make_unique<ZstdStream>(std::move(compressed), file);
}

} // namespace espalier
