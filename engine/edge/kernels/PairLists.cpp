// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/kernels/PairLists.h"

#include <algorithm>

namespace espalier::edge {
namespace {

std::size_t pairsOf(const std::int8_t* row, std::size_t inputs)
{
    return (inputs - static_cast<std::size_t>(std::count(row, row + inputs, std::int8_t{0})) + 1) / 2;
}

} // namespace

PairLists packPairLists(const CodeMatrix& matrix)
{
    const std::size_t outputs = matrix.outputs();
    PairLists lists{{}, {0}, {}, outputs, matrix.inputs};
    for (std::size_t o = 0; o < outputs; ++o)
        lists.starts.push_back(lists.starts.back() + static_cast<std::uint32_t>(pairsOf(matrix.row(o), matrix.inputs)));
    lists.scales.assign((outputs + pairListOutputs - 1) / pairListOutputs * pairListOutputs, 0.0F);
    std::copy(matrix.scales.begin(), matrix.scales.end(), lists.scales.begin());
    lists.pairs.resize(lists.starts.back());
    for (std::size_t o = 0; o < outputs; ++o) {
        CodePair* pair = lists.pairs.data() + lists.starts[o];
        std::size_t kept = 0;
        for (std::size_t i = 0; i < matrix.inputs; ++i)
            if (const std::int8_t code = matrix.row(o)[i]; code != 0) {
                pair[kept / 2].inputs[kept % 2] = static_cast<std::uint16_t>(i);
                pair[kept / 2].codes[kept % 2] = code;
                ++kept;
            }
    }
    return lists;
}

} // namespace espalier::edge
