// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/coding/EntropyCoding.h"

#include "engine/edge/LargeMemory.h"
#include "engine/edge/Workers.h"
#include "engine/edge/coding/RansVectors.h"

#include <algorithm>
#include <bit>
#include <memory>
#include <optional>

namespace espalier::edge {
namespace {

Error broken(std::string why)
{
    return {ErrorCode::InvalidFormat, std::move(why), {}, {}};
}

template <std::size_t count, typename Store>
void decodeSymbols(RansStream<count>& whole, const DecodingTable& table, std::size_t symbols, Store store)
{
    RansStream<count> stream = whole; // its states in registers
    std::size_t i = 0;
    for (; i + count <= symbols && stream.holds(count); i += count)
#pragma GCC unroll 8
        for (std::size_t s = 0; s < count; ++s)
            store(i + s, nextUnchecked(table, stream.states[s], stream.at));
    for (; i < symbols; ++i)
        store(i, nextChecked(table, stream.states[i % count], stream.at, stream.end));
    whole = stream;
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

/// Decodes what stands in a few bytes at once, and notes the blocks of eight states.
Result<std::vector<RansBlock>> readBlocks(ByteReader& reader, const RansTables& tables, coding::Form form, std::span<std::int8_t> codes, const ReleaseBytes& release)
{
    constexpr std::size_t worthIt = std::size_t{1} << 20;
    std::vector<RansBlock> blocks;
    std::size_t released = 0; // blocks: what lies around the start of each was read with it
    const std::size_t length = coding::blockLength(codes.size());
    for (std::size_t begin = 0; begin < codes.size(); begin += length) {
        RansBlock block{.stream = {}, .codes = codes.subspan(begin, std::min(length, codes.size() - begin))};
        block.symbols = form == coding::Form::Gaps ? reader.varint() : block.codes.size();
        if (!reader.ok())
            return broken("is cut short before a block");
        if (block.symbols > block.codes.size())
            return broken("has more codes in a block than the block is long");
        if (block.symbols == 0)
            continue;
        if (coding::lanesOf(block.symbols) == coding::fewLanes) {
            ESPALIER_CHECK(decodeSmall(reader, tables, form, block));
            continue;
        }
        ESPALIER_TRY(block.stream, RansStream<2 * coding::manyLanes>::read(reader));
        blocks.push_back(block);
        const std::byte* from = blocks[released].stream.at;
        if (release && block.stream.end - from >= static_cast<std::ptrdiff_t>(worthIt)) {
            release({from, block.stream.end});
            released = blocks.size() - 1;
        }
    }
    if (reader.left() > 0)
        return broken("has " + std::to_string(reader.left()) + " bytes too many");
    return blocks;
}

/// Vectors' worth of blocks, shared out evenly; the first that is damaged says so.
Result<void> decodeAll(std::span<RansBlock> blocks, const RansTables& tables, coding::Form form, Workers* workers, const ReleaseBytes& release)
{
    const std::size_t groups = (blocks.size() + vectorStreams - 1) / vectorStreams;
    std::vector<std::optional<Error>> errors(groups);
    const auto decode = [&](std::size_t group) {
        const std::size_t first = group * blocks.size() / groups;
        const auto some = blocks.subspan(first, (group + 1) * blocks.size() / groups - first);
        const std::byte* from = some.front().stream.at;
        if (auto done = decodeBlocks(some, tables, form); !done)
            errors[group] = done.error();
        else if (release)
            release({from, some.back().stream.end});
    };
    if (workers != nullptr)
        workers->forEach(groups, decode);
    else
        for (std::size_t group = 0; group < groups; ++group)
            decode(group);
    const auto first = std::find_if(errors.begin(), errors.end(), [](const auto& error) { return error.has_value(); });
    return first == errors.end() ? Result<void>() : **first;
}

Result<std::vector<float>> decodeScales(ByteReader& reader, std::size_t rows)
{
    constexpr std::uint32_t infinity = 0x7f800000u >> coding::scaleShift;
    const std::uint32_t base = reader.varint();
    ESPALIER_TRY(const Frequencies frequencies, readFrequencies(reader));
    for (std::size_t symbol = 1; symbol < coding::alphabet; ++symbol)
        if (frequencies[symbol] > 0 && base + symbol - 1 >= infinity)
            return broken("holds a value that is not a finite number");
    ESPALIER_TRY(auto stream, RansStream<1>::read(reader));
    std::vector<float> scales(rows);
    decodeSymbols(stream, DecodingTable(frequencies), rows, [&](std::size_t row, std::uint8_t symbol) {
        scales[row] = symbol == 0 ? 0.0F : std::bit_cast<float>((base + symbol - 1) << coding::scaleShift);
    });
    if (!stream.finished())
        return broken("has a damaged stream of scales");
    return scales;
}

Result<Frequencies> readCodeFrequencies(ByteReader& reader, coding::Form form)
{
    const auto order = static_cast<coding::CodeOrder>(reader.u8());
    if (order != coding::CodeOrder::ByMagnitude && order != coding::CodeOrder::BySign)
        return broken("has its codes in an order that this runtime does not know");
    ESPALIER_TRY(const Frequencies frequencies, readFrequencies(reader));
    if (form == coding::Form::Gaps && frequencies[0] > 0)
        return broken("counts zeros twice");
    return codeFrequencies(frequencies, order);
}

} // namespace

Result<CodedTensor> decodeEntropyCoded(std::span<const std::byte> bytes, std::size_t rows, std::size_t count, Workers* workers, const ReleaseBytes& release)
{
    ByteReader reader(bytes);
    CodedTensor tensor;
    const auto form = static_cast<coding::Form>(reader.u8());
    if (form != coding::Form::Plain && form != coding::Form::Gaps)
        return broken("is coded in a form that this runtime does not know");
    if (!coding::plausible(bytes.size(), count))
        return broken("has too few bytes for its shape");
    ESPALIER_TRY(tensor.scales, decodeScales(reader, rows));
    const auto tables = std::make_unique<RansTables>();
    ESPALIER_TRY(const Frequencies codes, readCodeFrequencies(reader, form));
    tables->codes = DecodingTable(codes);
    if (form == coding::Form::Gaps) {
        ESPALIER_TRY(const Frequencies gaps, readFrequencies(reader));
        tables->gaps = DecodingTable(gaps);
    }
    tensor.codes.reserve(count);
    expectWrites(tensor.codes.data(), count);
    tensor.codes.resize(count);
    ESPALIER_TRY(auto blocks, readBlocks(reader, *tables, form, tensor.codes, release));
    ESPALIER_CHECK(decodeAll(blocks, *tables, form, workers, release));
    return tensor;
}

} // namespace espalier::edge
