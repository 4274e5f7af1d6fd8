// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/EntropyCoding.h"

#include "engine/edge/RansReader.h"

#include <algorithm>
#include <bit>
#include <memory>

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

struct Tables {
    DecodingTable codes;
    DecodingTable gaps;
};

/// @p codes are zeros before. False where a code would stand behind the last.
template <std::size_t lanes>
bool decodeGaps(RansStream<2 * lanes>& whole, const Tables& tables, std::size_t tokens, std::span<std::int8_t> codes)
{
    RansStream<2 * lanes> stream = whole;
    std::size_t place = 0;
    std::size_t i = 0;
    for (; i + lanes <= tokens && stream.holds(2 * lanes); i += lanes)
#pragma GCC unroll 4
        for (std::size_t s = 0; s < lanes; ++s) {
            const std::size_t gap = nextUnchecked(tables.gaps, stream.states[s], stream.at);
            place += gap == 0 ? coding::longestGap : gap;
            if (gap == 0) [[unlikely]]
                continue;
            if (place > codes.size()) [[unlikely]]
                return false;
            codes[place - 1] = static_cast<std::int8_t>(nextUnchecked(tables.codes, stream.states[lanes + s], stream.at));
        }
    for (; i < tokens; ++i) {
        const std::size_t gap = nextChecked(tables.gaps, stream.states[i % lanes], stream.at, stream.end);
        place += gap == 0 ? coding::longestGap : gap;
        if (gap == 0)
            continue;
        if (place > codes.size())
            return false;
        codes[place - 1] = static_cast<std::int8_t>(nextChecked(tables.codes, stream.states[lanes + i % lanes], stream.at, stream.end));
    }
    whole = stream;
    return true;
}

/// @p symbols: how many gaps, or codes in the form plain.
template <std::size_t lanes>
Result<void> decodeStream(ByteReader& reader, const Tables& tables, coding::Form form, std::size_t symbols, std::span<std::int8_t> codes)
{
    ESPALIER_TRY(auto stream, RansStream<2 * lanes>::read(reader));
    if (form == coding::Form::Plain)
        decodeSymbols(stream, tables.codes, symbols, [&](std::size_t i, std::uint8_t symbol) { codes[i] = static_cast<std::int8_t>(symbol); });
    else if (!decodeGaps<lanes>(stream, tables, symbols, codes))
        return broken("has a code behind the end of its block");
    if (!stream.finished())
        return broken("has a damaged stream");
    return {};
}

Result<void> decodeBlock(ByteReader& reader, const Tables& tables, coding::Form form, std::span<std::int8_t> codes)
{
    const std::size_t symbols = form == coding::Form::Gaps ? reader.varint() : codes.size();
    if (!reader.ok())
        return broken("is cut short before a block");
    if (symbols > codes.size())
        return broken("has more codes in a block than the block is long");
    if (symbols == 0)
        return {};
    return coding::lanesOf(symbols) == coding::fewLanes ? decodeStream<coding::fewLanes>(reader, tables, form, symbols, codes)
                                                        : decodeStream<coding::manyLanes>(reader, tables, form, symbols, codes);
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

Result<CodedTensor> decodeEntropyCoded(std::span<const std::byte> bytes, std::size_t rows, std::size_t count)
{
    ByteReader reader(bytes);
    CodedTensor tensor;
    const auto form = static_cast<coding::Form>(reader.u8());
    if (form != coding::Form::Plain && form != coding::Form::Gaps)
        return broken("is coded in a form that this runtime does not know");
    if (!coding::plausible(bytes.size(), count))
        return broken("has too few bytes for its shape");
    ESPALIER_TRY(tensor.scales, decodeScales(reader, rows));
    ESPALIER_TRY(const Frequencies codes, readCodeFrequencies(reader, form));
    Frequencies gaps{};
    if (form == coding::Form::Gaps) {
        ESPALIER_TRY(gaps, readFrequencies(reader));
    }
    const auto tables = std::make_unique<const Tables>(Tables{DecodingTable(codes), DecodingTable(gaps)});
    tensor.codes.resize(count);
    const std::size_t length = coding::blockLength(count);
    for (std::size_t begin = 0; begin < count; begin += length)
        ESPALIER_CHECK(decodeBlock(reader, *tables, form, std::span(tensor.codes).subspan(begin, std::min(length, count - begin))));
    if (reader.left() > 0)
        return broken("has " + std::to_string(reader.left()) + " bytes too many");
    return tensor;
}

} // namespace espalier::edge
