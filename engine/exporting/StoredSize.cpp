// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/StoredSize.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace espalier {

namespace {

namespace coding = edge::coding;

constexpr std::size_t wordBits = 64;
constexpr std::size_t ahead = 24; ///< places lie far apart: without fetching these before they are asked for, each would wait for memory

/// The last place in [begin, place) whose bit is set, or none.
std::optional<std::size_t> before(const std::vector<std::uint64_t>& bits, std::size_t begin, std::size_t place)
{
    std::size_t word = place / wordBits;
    std::uint64_t here = bits[word] & ((std::uint64_t{1} << place % wordBits) - 1);
    while (here == 0 && word * wordBits > begin)
        here = bits[--word];
    if (here == 0)
        return std::nullopt;
    const std::size_t found = word * wordBits + wordBits - 1 - static_cast<std::size_t>(std::countl_zero(here));
    return found < begin ? std::nullopt : std::optional(found);
}

/// The first place in [place, end) whose bit is set, or none.
std::optional<std::size_t> after(const std::vector<std::uint64_t>& bits, std::size_t place, std::size_t end)
{
    std::size_t word = place / wordBits;
    std::uint64_t here = bits[word] & ~((std::uint64_t{1} << place % wordBits) - 1);
    while (here == 0 && (word + 1) * wordBits < end)
        here = bits[++word];
    if (here == 0)
        return std::nullopt;
    const std::size_t found = word * wordBits + static_cast<std::size_t>(std::countr_zero(here));
    return found < end ? std::optional(found) : std::nullopt;
}

} // namespace

Result<StoredSize> StoredSize::create(const std::string& name, const Tensor& tensor, const std::string& precision)
{
    StoredSize size(tensor, precision);
    ESPALIER_TRY(size.m_rounding, precisionFrom(precision));
    ESPALIER_CHECK(checkTensor(name, tensor));
    if (!quantizes(size.m_rounding, tensor.shape))
        return size;
    size.m_quantized.layout = layoutOf(tensor.shape, size.m_rounding);
    size.m_quantized.scales.resize(size.m_quantized.layout.rows * size.m_quantized.layout.perRow());
    size.m_quantized.codes.resize(tensor.values.size());
    size.m_statistics.rows = size.m_quantized.scales.size();
    size.m_statistics.count = tensor.values.size();
    size.m_kept.resize(tensor.values.size() / wordBits + 1);
    return size;
}

void StoredSize::keep(const std::vector<std::uint32_t>& places)
{
    if (!m_quantized.codes.empty())
        growScales(places);
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (i + ahead < places.size() && !m_quantized.codes.empty()) {
            __builtin_prefetch(&m_tensor->values[places[i + ahead]]);
            __builtin_prefetch(&m_quantized.codes[places[i + ahead]]);
            __builtin_prefetch(&m_kept[places[i + ahead] / wordBits]);
        }
        keepOne(places[i]);
    }
}

/// A scale follows its largest element, which only magnitude prunes last.
void StoredSize::growScales(const std::vector<std::uint32_t>& places)
{
    std::vector<float> largest(m_quantized.scales.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (i + ahead < places.size())
            __builtin_prefetch(&m_tensor->values[places[i + ahead]]);
        float& ofGroup = largest[m_quantized.layout.scaleOf(places[i])];
        ofGroup = std::max(ofGroup, std::fabs(m_tensor->values[places[i]]));
    }
    for (std::size_t i = 0; i < largest.size(); ++i)
        if (const float scale = scaleFor(largest[i], m_rounding); scale > m_quantized.scales[i])
            setScale(i, scale);
}

void StoredSize::setScale(std::size_t index, float scale)
{
    const float old = std::exchange(m_quantized.scales[index], scale);
    ++countOf(scale);
    if (old == 0)
        return;
    --countOf(old);
    const std::size_t first = m_quantized.layout.first(index);
    for (std::size_t place = first; place < first + m_quantized.layout.count(index); ++place)
        if (m_quantized.codes[place] != 0) {
            dropCode(place);
            keepCode(place);
        }
}

void StoredSize::keepOne(std::size_t place)
{
    m_counts.values += m_tensor->values[place] != 0;
    if (!m_quantized.codes.empty())
        keepCode(place);
}

void StoredSize::keepCode(std::size_t place)
{
    const std::int8_t code = codeFor(m_tensor->values[place], m_quantized.scales[m_quantized.layout.scaleOf(place)], m_rounding);
    if (code == 0)
        return;
    m_quantized.codes[place] = code;
    ++m_counts.codes;
    ++m_statistics.codes[static_cast<std::uint8_t>(code)];
    changeGaps(place, true);
    m_kept[place / wordBits] |= std::uint64_t{1} << place % wordBits;
}

void StoredSize::dropCode(std::size_t place)
{
    --m_counts.codes;
    --m_statistics.codes[static_cast<std::uint8_t>(std::exchange(m_quantized.codes[place], std::int8_t{0}))];
    m_kept[place / wordBits] &= ~(std::uint64_t{1} << place % wordBits);
    changeGaps(place, false);
}

/// The code at @p place, whose bit is not set, splits the zeros around it in two, or no longer does.
void StoredSize::changeGaps(std::size_t place, bool split)
{
    const std::size_t length = coding::blockLength(m_quantized.codes.size());
    const std::size_t begin = place / length * length;
    const std::size_t end = std::min(begin + length, m_quantized.codes.size());
    const auto left = before(m_kept, begin, place);
    const auto right = after(m_kept, place, end);
    const std::size_t first = left ? *left + 1 : begin;
    const auto change = [&](std::size_t zeros, bool more) { more ? m_statistics.addGap(zeros) : m_statistics.removeGap(zeros); };
    if (!left && !right)
        split ? ++m_statistics.blocks : --m_statistics.blocks;
    if (right) {
        change(*right - first, !split);
        change(*right - place - 1, split);
    }
    change(place - first, split);
}

Result<std::uint64_t> StoredSize::bytes() const
{
    StoredCounts counts = m_counts;
    if (!m_quantized.codes.empty())
        counts.entropyCoded = entropyCodedBytes(m_statistics);
    ESPALIER_TRY(const EncodingChoice choice, smallestEncoding(m_tensor->shape, counts, m_precision, true));
    return choice.bytes;
}

} // namespace espalier
