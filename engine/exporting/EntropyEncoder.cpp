// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/EntropyEncoder.h"

#include "engine/exporting/RansWriter.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace espalier {

namespace {

namespace coding = edge::coding;
using coding::CodeOrder;
using coding::Form;

/// Bytes of a stream of @p states states around the bits of its symbols: its length; and each state is stored in 32 bits, of which those that
/// it begins with, 16, and half of the others hold nothing of the symbols.
double streamBytes(std::size_t states)
{
    return 2 + 3.0 * static_cast<double>(states);
}

/// Symbols of the scales: 0 for 0, the smallest other one 1.
struct ScaleSymbols {
    std::size_t base = 0;
    SymbolCounts counts{};
};

std::optional<ScaleSymbols> scaleSymbols(const CodeStatistics& statistics)
{
    ScaleSymbols symbols;
    const auto& scales = statistics.scales;
    symbols.base = static_cast<std::size_t>(std::find_if(scales.begin(), scales.end(), [](auto n) { return n > 0; }) - scales.begin());
    symbols.counts[0] = statistics.rows;
    for (std::size_t i = symbols.base; i < scales.size(); ++i) {
        if (scales[i] == 0)
            continue;
        if (i - symbols.base + 1 >= coding::alphabet)
            return std::nullopt;
        symbols.counts[i - symbols.base + 1] = scales[i];
        symbols.counts[0] -= scales[i];
    }
    return symbols;
}

std::size_t scaleIndex(float scale)
{
    return std::bit_cast<std::uint32_t>(scale) >> coding::scaleShift;
}

/// How the codes are to be written and what that takes.
struct Plan {
    Form form = Form::Plain;
    CodeOrder order = CodeOrder::ByMagnitude;
    SymbolCounts counts{}; ///< of the codes' symbols, with zeros where the form has them among the symbols
    TablePlan codes;
    TablePlan gaps;
    double bytes = 0;
};

SymbolCounts inOrder(const SymbolCounts& codes, CodeOrder order)
{
    SymbolCounts symbols{};
    for (std::size_t symbol = 0; symbol < coding::alphabet; ++symbol)
        symbols[symbol] = codes[static_cast<std::uint8_t>(coding::codeOf(symbol, order))];
    return symbols;
}

/// Chooses order and table for @p codes.
void planCodeTable(const SymbolCounts& codes, Plan& plan)
{
    for (const CodeOrder order : {CodeOrder::ByMagnitude, CodeOrder::BySign}) {
        const SymbolCounts counts = inOrder(codes, order);
        const TablePlan table = planTable(counts);
        if (order != CodeOrder::ByMagnitude && table.bytes() >= plan.codes.bytes())
            continue;
        plan.order = order;
        plan.counts = counts;
        plan.codes = table;
    }
}

Plan planForm(const CodeStatistics& statistics, Form form)
{
    Plan plan{.form = form, .codes = {}, .gaps = {}};
    SymbolCounts codes = statistics.codes;
    std::uint64_t blocks = coding::blockCount(statistics.count);
    std::uint64_t symbols = statistics.count;
    if (form == Form::Gaps) {
        symbols = std::accumulate(statistics.gaps.begin(), statistics.gaps.end(), std::uint64_t{0});
        plan.gaps = planTable(statistics.gaps);
        plan.bytes = plan.gaps.bytes() + 2 * static_cast<double>(blocks);
        blocks = std::max<std::uint64_t>(1, statistics.blocks);
    } else {
        codes[0] = statistics.count - std::accumulate(statistics.codes.begin(), statistics.codes.end(), std::uint64_t{0});
    }
    planCodeTable(codes, plan);
    plan.bytes += plan.codes.bytes() + static_cast<double>(blocks) * streamBytes(2 * coding::lanesOf(symbols / blocks));
    return plan;
}

/// Gaps are faster to decode where most codes are zeros, a symbol a code where few are. The smaller wins where it is clearly so.
Plan planCodes(const CodeStatistics& statistics)
{
    Plan plain = planForm(statistics, Form::Plain);
    if (plain.counts[0] == statistics.count)
        return plain;
    Plan gaps = planForm(statistics, Form::Gaps);
    const double advantage = plain.counts[0] < statistics.count / 2 ? 0.99 : 1.01;
    return gaps.bytes < advantage * plain.bytes ? gaps : plain;
}

/// A gap and the code behind it; symbol 0 has none.
struct Token {
    std::uint8_t gap = 0;
    std::int8_t code = 0;
};

std::vector<Token> tokensOf(std::span<const std::int8_t> block)
{
    std::vector<Token> tokens;
    std::size_t zeros = 0;
    for (const std::int8_t code : block) {
        if (code == 0) {
            ++zeros;
            continue;
        }
        for (; zeros >= coding::longestGap; zeros -= coding::longestGap)
            tokens.push_back({});
        tokens.push_back({static_cast<std::uint8_t>(zeros + 1), code});
        zeros = 0;
    }
    return tokens;
}

void appendGaps(std::string& bytes, std::span<const std::int8_t> block, const SymbolRanges& codes, const SymbolRanges& gaps)
{
    const std::vector<Token> tokens = tokensOf(block);
    const std::size_t lanes = coding::lanesOf(tokens.size());
    appendVarint(bytes, tokens.size());
    if (tokens.empty())
        return;
    RansWriter stream(2 * lanes);
    for (std::size_t i = tokens.size(); i-- > 0;) {
        if (tokens[i].gap != 0)
            stream.put(lanes + i % lanes, codes[static_cast<std::uint8_t>(tokens[i].code)]);
        stream.put(i % lanes, gaps[tokens[i].gap]);
    }
    stream.append(bytes);
}

void appendPlain(std::string& bytes, std::span<const std::int8_t> block, const SymbolRanges& codes)
{
    const std::size_t states = 2 * coding::lanesOf(block.size());
    RansWriter stream(states);
    for (std::size_t i = block.size(); i-- > 0;)
        stream.put(i % states, codes[static_cast<std::uint8_t>(block[i])]);
    stream.append(bytes);
}

void appendScales(std::string& bytes, std::span<const float> scales, const ScaleSymbols& symbols)
{
    const SymbolTable table = makeTable(symbols.counts, planTable(symbols.counts));
    const SymbolRanges ranges = rangesOf(table.frequencies);
    RansWriter stream(1);
    for (std::size_t row = scales.size(); row-- > 0;)
        stream.put(0, ranges[scales[row] == 0 ? 0 : scaleIndex(scales[row]) - symbols.base + 1]);
    appendVarint(bytes, symbols.base);
    bytes += table.bytes;
    stream.append(bytes);
}

CodeStatistics statisticsOf(std::span<const float> scales, std::span<const std::int8_t> codes)
{
    CodeStatistics statistics;
    statistics.rows = scales.size();
    statistics.count = codes.size();
    for (const float scale : scales)
        if (scale != 0)
            ++statistics.scales[scaleIndex(scale)];
    const std::size_t length = coding::blockLength(codes.size());
    for (std::size_t begin = 0; begin < codes.size(); begin += length) {
        std::size_t next = begin; // behind the last code that is not zero
        for (std::size_t i = begin; i < std::min(begin + length, codes.size()); ++i) {
            if (codes[i] == 0)
                continue;
            statistics.addGap(i - next);
            ++statistics.codes[static_cast<std::uint8_t>(codes[i])];
            next = i + 1;
        }
        statistics.blocks += next > begin;
    }
    return statistics;
}

} // namespace

std::optional<std::uint64_t> entropyCodedBytes(const CodeStatistics& statistics)
{
    const auto scales = scaleSymbols(statistics);
    if (!scales)
        return std::nullopt;
    constexpr double fields = 4; // form, base, order
    const double bytes = fields + planTable(scales->counts).bytes() + streamBytes(1) + planCodes(statistics).bytes;
    return static_cast<std::uint64_t>(std::llround(bytes));
}

std::optional<std::string> entropyCoded(std::span<const float> scales, std::span<const std::int8_t> codes)
{
    const CodeStatistics statistics = statisticsOf(scales, codes);
    const auto symbols = scaleSymbols(statistics);
    if (!symbols)
        return std::nullopt;
    const Plan plan = planCodes(statistics);
    std::string bytes(1, static_cast<char>(plan.form));
    appendScales(bytes, scales, *symbols);
    const SymbolTable codeTable = makeTable(plan.counts, plan.codes);
    const SymbolTable gapTable = plan.form == Form::Gaps ? makeTable(statistics.gaps, plan.gaps) : SymbolTable{};
    bytes += static_cast<char>(plan.order);
    bytes += codeTable.bytes + gapTable.bytes;
    const SymbolRanges codeRanges = rangesOf(edge::codeFrequencies(codeTable.frequencies, plan.order));
    const SymbolRanges gapRanges = rangesOf(gapTable.frequencies);
    const std::size_t length = coding::blockLength(codes.size());
    for (std::size_t begin = 0; begin < codes.size(); begin += length) {
        const auto block = codes.subspan(begin, std::min(length, codes.size() - begin));
        if (plan.form == Form::Gaps)
            appendGaps(bytes, block, codeRanges, gapRanges);
        else
            appendPlain(bytes, block, codeRanges);
    }
    return coding::plausible(bytes.size(), codes.size()) ? std::optional(std::move(bytes)) : std::nullopt;
}

} // namespace espalier
