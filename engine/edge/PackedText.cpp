// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/PackedText.h"

#include "engine/core/Fingerprint.h"
#include "engine/edge/ByteReader.h"
#include "engine/edge/TextPredictor.h"

#include <optional>

namespace espalier::edge {
namespace {

Error broken(std::string_view source, const std::string& why) { return {ErrorCode::InvalidFormat, std::string(source) + " " + why, {}, {}}; }

/// The code's bytes; behind its end zeros.
class Decoder {
public:
    explicit Decoder(std::span<const std::byte> code) : m_code(code)
    {
        for (int i = 0; i < 4; ++i)
            next();
    }

    bool bit(std::uint32_t chance)
    {
        const std::uint32_t middle = m_interval.middle(chance);
        const bool bit = m_number <= middle;
        m_interval.take(bit, middle);
        while (m_interval.settled()) {
            m_interval.shift();
            next();
        }
        return bit;
    }
    /// It reads up to three bytes behind the end, since one settles the last bits.
    [[nodiscard]] bool finished() const { return m_at == m_code.size() + 3 && m_number >> 24 == m_interval.high >> 24; }
    [[nodiscard]] bool overrun() const { return m_at > m_code.size() + 3; }

private:
    void next()
    {
        const std::uint32_t byte = m_at < m_code.size() ? std::to_integer<std::uint32_t>(m_code[m_at]) : 0;
        m_number = m_number << 8 | byte;
        ++m_at;
    }

    std::span<const std::byte> m_code;
    std::size_t m_at = 0;
    std::uint32_t m_number = 0;
    packing::Interval m_interval;
};

/// Nothing where the code does not end with the text.
std::optional<std::string> decode(std::span<const std::byte> code, std::size_t bytes)
{
    TextPredictor predictor(bytes);
    Decoder decoder(code);
    for (std::size_t i = 0; i < bytes && !decoder.overrun(); ++i)
        for (int bit = 0; bit < 8; ++bit)
            predictor.update(decoder.bit(predictor.chance()));
    if (!decoder.finished())
        return std::nullopt;
    return predictor.takeText();
}

} // namespace

std::uint32_t packing::checkOf(std::string_view text)
{
    return static_cast<std::uint32_t>(std::stoul(sha256(text).substr(0, 8), nullptr, 16));
}

Result<std::string> unpackText(std::span<const std::byte> packed, std::string_view source, std::size_t maxBytes)
{
    ByteReader reader(packed);
    const std::size_t bytes = reader.u32();
    const std::uint32_t check = reader.u32();
    if (!reader.ok())
        return broken(source, "is cut short");
    const auto code = reader.take(reader.left());
    if (bytes > maxBytes || code.size() > bytes || !packing::plausible(code.size(), bytes))
        return broken(source, "claims " + std::to_string(bytes) + " bytes in " + std::to_string(code.size()));
    auto text = code.size() < bytes ? decode(code, bytes) : std::string(reinterpret_cast<const char*>(code.data()), code.size());
    if (!text)
        return broken(source, "is damaged: its code does not end where its text does");
    if (packing::checkOf(*text) != check)
        return broken(source, "is damaged: its text does not have the SHA-256 that it should");
    return *std::move(text);
}

} // namespace espalier::edge
