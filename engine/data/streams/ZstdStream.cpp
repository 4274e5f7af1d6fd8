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
        : m_compressed(std::move(compressed)), m_file(std::move(file)), m_zstd(ZSTD_createDStream()), m_bytes(ZSTD_DStreamInSize())
    {
    }
    ZstdStream(const ZstdStream&) = delete;
    ZstdStream& operator=(const ZstdStream&) = delete;
    ~ZstdStream() override { ZSTD_freeDStream(m_zstd); }

    Result<std::size_t> read(char* out, std::size_t capacity) override
    {
        // Given room for a whole frame, the library would decode it at once, and all of it would be lost with one bad byte.
        ZSTD_outBuffer output{out, std::min(capacity, std::size_t{1} << 16), 0};
        while (output.pos == 0) {
            // What is decoded already may wait inside although the input is used up.
            if (m_input.pos == m_input.size && !m_full) {
                ESPALIER_TRY(const std::size_t count, m_compressed->read(m_bytes.data(), m_bytes.size()));
                m_input = {m_bytes.data(), count, 0};
                if (count == 0 && m_inFrame)
                    return damagedFile(m_file, "zstd", position(), "breaks off");
                if (count == 0)
                    break;
            }
            const std::size_t status = ZSTD_decompressStream(m_zstd, &output, &m_input);
            if (ZSTD_isError(status))
                return damagedFile(m_file, "zstd", position(), std::string("is damaged (") + ZSTD_getErrorName(status) + ")");
            m_inFrame = status != 0;
            m_full = output.pos == output.size;
        }
        return output.pos;
    }
    [[nodiscard]] std::uint64_t position() const override { return m_compressed->position() - (m_input.size - m_input.pos); }

private:
    std::unique_ptr<ByteStream> m_compressed;
    std::filesystem::path m_file;
    ZSTD_DStream* m_zstd;
    std::vector<char> m_bytes;
    ZSTD_inBuffer m_input{nullptr, 0, 0};
    bool m_inFrame = true;
    bool m_full = false;
};

} // namespace

std::unique_ptr<ByteStream> zstdStream(std::unique_ptr<ByteStream> compressed, const std::filesystem::path& file)
{
    return std::make_unique<ZstdStream>(std::move(compressed), file);
}

} // namespace espalier
