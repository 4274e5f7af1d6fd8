// SPDX-License-Identifier: Apache-2.0
// What stands around the codes of an entropy-coded tensor; EntropyCoding.cpp has the loops that take them out.
#include "engine/edge/LargeMemory.h"
#include "engine/edge/Workers.h"
#include "engine/edge/coding/RansVectors.h"

#include <algorithm>
#include <bit>
#include <optional>

namespace espalier::edge {
namespace {

Error broken(std::string why)
{
    return {ErrorCode::InvalidFormat, std::move(why), {}, {}};
}

/// The length of the block that @p reader is at, whose codes are @p count; it is behind the block then.
Result<std::size_t> passBlock(ByteReader& reader, coding::Form form, std::size_t count)
{
    const std::size_t before = reader.left();
    const std::size_t symbols = form == coding::Form::Gaps ? reader.varint() : count;
    if (!reader.ok())
        return broken("is cut short before a block");
    if (symbols > count)
        return broken("has more codes in a block than the block is long");
    if (symbols > 0) {
        const std::size_t words = reader.varint();
        reader.take(2 * coding::lanesOf(symbols) * sizeof(std::uint32_t) + words * ransWordBytes);
    }
    if (!reader.ok())
        return broken("is cut short in a stream");
    return before - reader.left();
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

Result<CodedBlocks> CodedBlocks::read(std::span<const std::byte> bytes, std::size_t rows, std::size_t count)
{
    ByteReader reader(bytes);
    CodedBlocks blocks;
    blocks.m_count = count;
    blocks.m_form = static_cast<coding::Form>(reader.u8());
    if (blocks.m_form != coding::Form::Plain && blocks.m_form != coding::Form::Gaps)
        return broken("is coded in a form that this runtime does not know");
    if (!coding::plausible(bytes.size(), count))
        return broken("has too few bytes for its shape");
    ESPALIER_TRY(blocks.m_scales, decodeScales(reader, rows));
    const auto tables = std::make_shared<RansTables>();
    ESPALIER_TRY(const Frequencies codes, readCodeFrequencies(reader, blocks.m_form));
    tables->codes = DecodingTable(codes);
    if (blocks.m_form == coding::Form::Gaps) {
        ESPALIER_TRY(const Frequencies gaps, readFrequencies(reader));
        tables->gaps = DecodingTable(gaps);
    }
    blocks.m_tables = tables;
    for (std::size_t begin = 0; begin < count; begin += blocks.length()) {
        const std::size_t at = bytes.size() - reader.left();
        ESPALIER_TRY(const std::size_t size, passBlock(reader, blocks.m_form, std::min(blocks.length(), count - begin)));
        blocks.m_places.push_back({at, size});
    }
    if (reader.left() > 0)
        return broken("has " + std::to_string(reader.left()) + " bytes too many");
    return blocks;
}

Result<CodedTensor> decodeEntropyCoded(std::span<const std::byte> bytes, std::size_t rows, std::size_t count, Workers* workers, const ReleaseBytes& release)
{
    ESPALIER_TRY(CodedBlocks blocks, CodedBlocks::read(bytes, rows, count));
    if (release)
        release(bytes); // with the start of each block came what lies around it
    CodedTensor tensor;
    tensor.codes.reserve(count);
    expectWrites(tensor.codes.data(), count);
    tensor.codes.resize(count);
    const std::size_t groups = (blocks.size() + vectorStreams - 1) / vectorStreams;
    std::vector<std::optional<Error>> errors(groups);
    const auto decode = [&](std::size_t group) {
        std::vector<CodedBlocks::Piece> pieces;
        for (std::size_t i = group * blocks.size() / groups; i < (group + 1) * blocks.size() / groups; ++i)
            pieces.push_back({blocks.bytesOf(i, bytes), blocks.codesOf(i, tensor.codes)});
        if (auto done = blocks.decode(pieces); !done)
            errors[group] = done.error();
        else if (release)
            release({pieces.front().bytes.data(), pieces.back().bytes.data() + pieces.back().bytes.size()});
    };
    if (workers != nullptr)
        workers->forEach(groups, decode);
    else
        for (std::size_t group = 0; group < groups; ++group)
            decode(group);
    const auto first = std::find_if(errors.begin(), errors.end(), [](const auto& error) { return error.has_value(); });
    if (first != errors.end())
        return **first;
    tensor.scales = blocks.takeScales();
    return tensor;
}

} // namespace espalier::edge
