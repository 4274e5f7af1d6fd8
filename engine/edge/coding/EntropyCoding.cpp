// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/coding/EntropyCoding.h"

#include "engine/edge/coding/RansVectors.h"

#include <algorithm>
#include <array>

namespace espalier::edge {
namespace {

Error broken(std::string why)
{
    return {ErrorCode::InvalidFormat, std::move(why), {}, {}};
}

/// Up to @p gaps more gaps and their codes, from a multiple of @p lanes on, which is half of the states. False where a code would stand behind the last.
template <std::size_t lanes>
bool decodeGaps(RansStream<2 * lanes>& whole, const RansTables& tables, RansBlock& block, std::size_t gaps)
{
    RansStream<2 * lanes> stream = whole;
    const std::size_t end = std::min(block.symbols, block.done + gaps);
    const auto codes = block.codes;
    std::size_t place = block.place;
    std::size_t i = block.done;
    const auto take = [&](std::size_t gap, auto nextCode) {
        place += gap == 0 ? coding::longestGap : gap;
        if (gap == 0) [[unlikely]]
            return true;
        if (place > codes.size()) [[unlikely]]
            return false;
        codes[place - 1] = static_cast<std::int8_t>(nextCode());
        return true;
    };
    for (; i + lanes <= end && stream.holds(2 * lanes); i += lanes)
#pragma GCC unroll 4
        for (std::size_t s = 0; s < lanes; ++s)
            if (!take(nextUnchecked(tables.gaps, stream.states[s], stream.at), [&] { return nextUnchecked(tables.codes, stream.states[lanes + s], stream.at); }))
                return false;
    for (; i < end; ++i)
        if (!take(nextChecked(tables.gaps, stream.states[i % lanes], stream.at, stream.end),
                  [&] { return nextChecked(tables.codes, stream.states[lanes + i % lanes], stream.at, stream.end); }))
            return false;
    block.done = i;
    block.place = place;
    whole = stream;
    return true;
}

Error behindItsEnd() { return broken("has a code behind the end of its block"); }
Error damagedStream() { return broken("has a damaged stream"); }

/// A small block, whose stream has two states.
Result<void> decodeSmall(ByteReader& reader, const RansTables& tables, coding::Form form, RansBlock& block)
{
    ESPALIER_TRY(auto stream, RansStream<2 * coding::fewLanes>::read(reader));
    if (form == coding::Form::Plain)
        decodeSymbols(stream, tables.codes, block.symbols, [&](std::size_t i, std::uint8_t symbol) { block.codes[i] = static_cast<std::int8_t>(symbol); });
    else if (!decodeGaps<coding::fewLanes>(stream, tables, block, block.symbols))
        return behindItsEnd();
    return stream.finished() ? Result<void>() : damagedStream();
}

/// What full vectors did not reach.
Result<void> finish(RansBlock& block, const RansTables& tables, coding::Form form)
{
    if (form == coding::Form::Plain) {
        const auto rest = block.codes.subspan(block.done);
        decodeSymbols(block.stream, tables.codes, rest.size(), [&](std::size_t i, std::uint8_t symbol) { rest[i] = static_cast<std::int8_t>(symbol); });
    } else if (!decodeGaps<coding::manyLanes>(block.stream, tables, block, block.symbols)) {
        return behindItsEnd();
    }
    return block.stream.finished() ? Result<void>() : damagedStream();
}

/// Blocks of eight states, up to vectorStreams of them.
Result<void> decodeBlocks(std::span<RansBlock> blocks, const RansTables& tables, coding::Form form)
{
    const RansVectors& vectors = ransVectors();
    if (form == coding::Form::Plain && vectors.plain != nullptr)
        vectors.plain(blocks.data(), blocks.size(), tables.codes);
    // A gap without a code halts the vectors; a few gaps on they go on.
    constexpr std::size_t few = coding::manyLanes;
    for (bool goesOn = form == coding::Form::Gaps && vectors.gaps != nullptr; goesOn;) {
        vectors.gaps(blocks.data(), blocks.size(), tables);
        goesOn = false;
        for (RansBlock& block : blocks) {
            if (!decodeGaps<coding::manyLanes>(block.stream, tables, block, few))
                return behindItsEnd();
            goesOn = goesOn || block.symbols - block.done >= few;
        }
    }
    for (RansBlock& block : blocks)
        ESPALIER_CHECK(finish(block, tables, form));
    return {};
}

} // namespace

Result<void> CodedBlocks::decode(std::span<const Piece> pieces) const
{
    std::array<RansBlock, vectorStreams> large;
    std::size_t count = 0;
    for (const Piece& piece : pieces) {
        ByteReader reader(piece.bytes);
        RansBlock block{.stream = {}, .codes = piece.codes};
        block.symbols = m_form == coding::Form::Gaps ? reader.varint() : block.codes.size();
        if (block.symbols > block.codes.size())
            return damagedStream();
        if (block.symbols > 0 && coding::lanesOf(block.symbols) == coding::fewLanes)
            ESPALIER_CHECK(decodeSmall(reader, *m_tables, m_form, block));
        if (coding::lanesOf(block.symbols) == coding::fewLanes)
            continue;
        ESPALIER_TRY(block.stream, RansStream<2 * coding::manyLanes>::read(reader));
        large[count++] = block;
    }
    return decodeBlocks(std::span(large).first(count), *m_tables, m_form);
}

} // namespace espalier::edge
