// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/coding/LazyCodes.h"

#include "engine/edge/coding/RansVectors.h"

#include <algorithm>
#include <array>
#include <utility>

namespace espalier::edge {

LazyCodes::LazyCodes(CodedBlocks blocks, std::size_t count, int largest, Source source)
    : m_blocks(std::move(blocks)), m_count(count), m_largest(largest), m_source(std::move(source)), m_codes(allocatePages(count)), m_ready(m_blocks.size())
{
}

const std::int8_t* LazyCodes::at(std::size_t begin, std::size_t count)
{
    for (std::size_t block = begin / m_blocks.length(); block <= (begin + count - 1) / m_blocks.length(); ++block)
        if (!ready(block)) [[unlikely]]
            decode(std::span(&block, 1));
    return codes().data() + begin;
}

void LazyCodes::expect(std::span<const std::int32_t> rows, std::size_t length)
{
    std::vector<std::size_t> missing;
    for (const std::int32_t row : rows) {
        const std::size_t begin = static_cast<std::size_t>(row) * length;
        for (std::size_t block = begin / m_blocks.length(); block <= (begin + length - 1) / m_blocks.length(); ++block)
            if (!ready(block) && std::find(missing.begin(), missing.end(), block) == missing.end()) [[unlikely]]
                missing.push_back(block);
    }
    if (!missing.empty())
        decode(missing);
}

std::size_t LazyCodes::decodedBlocks() const
{
    return static_cast<std::size_t>(std::count_if(m_ready.begin(), m_ready.end(), [](const auto& ready) { return ready.load(); }));
}

void LazyCodes::decode(std::span<const std::size_t> blocks)
{
    const std::lock_guard lock(m_decoding);
    std::array<std::size_t, vectorStreams> group{};
    std::size_t count = 0;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (!ready(blocks[i])) // by another thread, meanwhile
            group[count++] = blocks[i];
        if (count == group.size() || (i + 1 == blocks.size() && count > 0))
            decodeGroup(std::span(group).first(std::exchange(count, 0)));
    }
}

void LazyCodes::decodeGroup(std::span<const std::size_t> blocks)
{
    std::array<CodedBlocks::Piece, vectorStreams> pieces;
    std::vector<std::byte> bytes;
    for (const std::size_t block : blocks)
        bytes.resize(bytes.size() + m_blocks.bytesOf(block));
    bool right = true;
    for (std::size_t i = 0, from = 0; i < blocks.size(); from += m_blocks.bytesOf(blocks[i++])) {
        const auto part = std::span(bytes).subspan(from, m_blocks.bytesOf(blocks[i]));
        pieces[i] = {part, m_blocks.codesOf(blocks[i], codes())};
        right = right && m_source(m_blocks.offsetOf(blocks[i]), part);
    }
    const auto some = std::span(pieces).first(blocks.size());
    right = right && m_blocks.decode(some).ok();
    for (const CodedBlocks::Piece& piece : some)
        for (const std::int8_t code : piece.codes)
            right = right && code >= -m_largest && code <= m_largest;
    if (!right) {
        m_damaged = true;
        for (const CodedBlocks::Piece& piece : some)
            std::fill(piece.codes.begin(), piece.codes.end(), std::int8_t{0});
    }
    for (const std::size_t block : blocks)
        m_ready[block].store(true, std::memory_order_release);
}

} // namespace espalier::edge
