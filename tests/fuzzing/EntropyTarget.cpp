// SPDX-License-Identifier: GPL-3.0-or-later
// Entropy-coded tensors: what decodes has the sizes asked for and scales that are numbers, and comes back when it is encoded again.
#include "engine/edge/coding/EntropyCoding.h"
#include "engine/exporting/EntropyEncoder.h"
#include "tests/fuzzing/FuzzTargets.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace espalier::fuzzing {
namespace {

constexpr std::size_t mostCodes = 1 << 18;

/// The number before the next @p end, which is taken off; 0 where there is none.
std::size_t takeNumber(std::string_view& rest, char end)
{
    const std::string_view text = rest.substr(0, rest.find(end));
    rest.remove_prefix(std::min(rest.size(), text.size() + 1));
    std::size_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

} // namespace

bool runEntropy(std::string_view input)
{
    const std::size_t rows = takeNumber(input, ' ');
    const std::size_t count = takeNumber(input, '\n');
    if (rows < 1 || rows > count || count > mostCodes)
        return false;
    const auto decoded = edge::decodeEntropyCoded(std::as_bytes(std::span(input)), rows, count);
    if (!decoded) {
        require(!decoded.error().detail.empty(), "an error says what is wrong");
        return false;
    }
    require(decoded->scales.size() == rows && decoded->codes.size() == count, "a tensor has its size");
    require(std::all_of(decoded->scales.begin(), decoded->scales.end(), [](float scale) { return std::isfinite(scale) && scale >= 0; }), "scales are numbers");
    require(std::find(decoded->codes.begin(), decoded->codes.end(), -128) == decoded->codes.end(), "-128 is not a code");
    const auto again = entropyCoded(decoded->scales, decoded->codes);
    if (!again)
        return true;
    const auto same = edge::decodeEntropyCoded(std::as_bytes(std::span(*again)), rows, count);
    require(same.ok() && same->scales == decoded->scales && same->codes == decoded->codes, "what is written is read");
    return true;
}

} // namespace espalier::fuzzing
