// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/kernels/GatherPanels.h"

#include <algorithm>
#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace espalier::edge {
namespace {

static_assert(std::endian::native == std::endian::little, "codes are taken four and eight at once");

constexpr std::size_t codesOfStep = 4;
constexpr std::size_t chunk = 32;             ///< codes looked at together,
constexpr std::size_t together = 8;           ///< of which so many are written at once
constexpr std::uint32_t noInput = UINT32_MAX; ///< behind the last of an output

/// Which of @p codes, a chunk of them, are not zero; the first in the lowest bit.
std::uint32_t keptOf(const std::int8_t* codes)
{
#ifdef __SSE2__
    const auto zeros = [codes](std::size_t first) {
        return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(codes + first)), _mm_setzero_si128())));
    };
    return ~(zeros(0) | zeros(16) << 16);
#else
    constexpr std::uint64_t lows = 0x7f7f7f7f7f7f7f7fU;
    std::uint32_t kept = 0;
    for (unsigned first = 0; first < chunk; first += 8) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, codes + first, sizeof eight);
        const std::uint64_t marks = (((eight & lows) + lows) | eight) >> 7 & 0x0101010101010101U;
        kept |= static_cast<std::uint32_t>(marks * 0x0102040810204080U >> 56) << first; // the eight marks side by side
    }
    return kept;
#endif
}

/// std::popcount() is a call where processors need not have an instruction for it.
std::uint32_t countOf(std::uint32_t bits)
{
    bits -= bits >> 1 & 0x55555555U;
    bits = (bits & 0x33333333U) + (bits >> 2 & 0x33333333U);
    return ((bits + (bits >> 4)) & 0x0f0f0f0fU) * 0x01010101U >> 24;
}

/// What the outputs of one group have left. Without choices: how many codes an output has in a window no processor foresees.
class Group {
public:
    Group(const KeptInputs& kept, const GatherShape& shape) : m_kept(kept), m_left(shape.outputs) {}

    /// Each returns the first input that an output keeps and that is not taken yet; noInput when all are.
    std::uint32_t read(std::size_t first)
    {
        std::uint32_t next = noInput;
        for (std::size_t lane = 0; lane < m_left.size(); ++lane) {
            m_left[lane] = m_kept.of(first + lane);
            next = std::min(next, *m_left[lane].inputs);
        }
        return next;
    }
    /// Calls @p take(lane, kept, how many of the next four) with what each output has before @p end.
    template <typename Take>
    std::uint32_t takeStep(std::size_t end, Take take)
    {
        std::uint32_t next = noInput;
        for (std::size_t lane = 0; lane < m_left.size(); ++lane) {
            KeptInputs::Kept& left = m_left[lane];
            unsigned count = 0;
            for (std::size_t i = 0; i < codesOfStep; ++i)
                count += left.inputs[i] < end ? 1 : 0;
            take(lane, left, count);
            left.inputs += count;
            left.codes += count;
            next = std::min(next, *left.inputs);
        }
        return next;
    }

private:
    const KeptInputs& m_kept;
    std::vector<KeptInputs::Kept> m_left;
};

/// Calls @p step(group, its index, start of the window) for each step of the matrix; it returns what Group::takeStep() does.
template <typename Step>
void walk(const KeptInputs& kept, const GatherShape& shape, Step step)
{
    Group group(kept, shape);
    for (std::size_t index = 0; index * shape.outputs < kept.matrix().outputs(); ++index)
        for (std::uint32_t next = group.read(index * shape.outputs); next != noInput;)
            next = step(group, index, shape.windows == Windows::Fixed ? next / shape.inputs * shape.inputs : next);
}

} // namespace

KeptInputs::KeptInputs(const CodeMatrix& matrix, std::size_t kept) : m_matrix(matrix)
{
    const std::size_t room = kept + (matrix.outputs() + 1) * codesOfStep + together;
    m_inputs = std::make_unique_for_overwrite<std::uint32_t[]>(room);
    m_codes = std::make_unique_for_overwrite<std::int8_t[]>(room);
    m_begins.reserve(matrix.outputs() + 1);
    std::size_t count = 0;
    for (std::size_t output = 0; output < matrix.outputs(); ++output) {
        m_begins.push_back(count);
        count = close(addRow(matrix.row(output), count));
    }
    m_begins.push_back(count); // behind the last output
    close(count);
}

std::size_t KeptInputs::addRow(const std::int8_t* codes, std::size_t count)
{
    std::size_t input = 0;
    for (; input + chunk <= m_matrix.inputs; input += chunk)
        count = addChunk(codes + input, input, count);
    std::int8_t rest[chunk] = {};
    std::copy(codes + input, codes + m_matrix.inputs, rest);
    return addChunk(rest, input, count);
}

/// Writes eight at a time, whether or not so many are kept.
std::size_t KeptInputs::addChunk(const std::int8_t* codes, std::size_t first, std::size_t count)
{
    std::uint32_t* const inputs = m_inputs.get();
    std::int8_t* const keptCodes = m_codes.get();
    std::uint32_t kept = keptOf(codes);
    const std::size_t end = count + countOf(kept);
    for (; count < end; count += together)
        for (std::size_t i = 0; i < together; ++i, kept &= kept - 1) {
            const auto at = static_cast<std::uint32_t>(std::countr_zero(kept)) % chunk;
            inputs[count + i] = static_cast<std::uint32_t>(first) + at;
            keptCodes[count + i] = codes[at];
        }
    return end;
}

/// What says that a row ends.
std::size_t KeptInputs::close(std::size_t count)
{
    std::fill_n(m_inputs.get() + count, codesOfStep, noInput);
    std::fill_n(m_codes.get() + count, codesOfStep, std::int8_t{0});
    return count + codesOfStep;
}

std::size_t countGatherSteps(const KeptInputs& kept, const GatherShape& shape)
{
    std::size_t count = 0;
    walk(kept, shape, [&](Group& group, std::size_t, std::size_t start) {
        ++count;
        return group.takeStep(start + shape.inputs, [](std::size_t, const KeptInputs::Kept&, unsigned) {});
    });
    return count;
}

GatherPanels packGatherPanels(const KeptInputs& kept, const GatherShape& shape, std::size_t steps)
{
    const CodeMatrix& matrix = kept.matrix();
    GatherPanels panels{shape, {}, {}, {}, outputTerms(matrix, shape.outputs), matrix.outputs(), matrix.inputs};
    const bool sliding = shape.windows == Windows::Sliding;
    const std::size_t countsOfGroup = sliding ? 1 : panels.windows();
    panels.steps.resize(steps * 2 * shape.places());
    panels.starts.reserve(sliding ? steps : 0);
    panels.counts.resize((matrix.outputs() + shape.outputs - 1) / shape.outputs * countsOfGroup);
    std::uint8_t* step = panels.steps.data();
    walk(kept, shape, [&](Group& group, std::size_t index, std::size_t start) {
        const auto next = group.takeStep(start + shape.inputs, [&](std::size_t lane, const KeptInputs::Kept& left, unsigned count) {
            const auto used = static_cast<std::uint32_t>((std::uint64_t{1} << 8 * count) - 1);
            std::uint32_t places = 0;
            for (std::size_t i = 0; i < codesOfStep; ++i)
                places |= ((left.inputs[i] - static_cast<std::uint32_t>(start)) & 0xff) << 8 * i;
            std::uint32_t codes = 0;
            std::memcpy(&codes, left.codes, sizeof codes);
            places &= used;
            codes &= used;
            std::memcpy(step + lane * codesOfStep, &places, sizeof places);
            std::memcpy(step + shape.places() + lane * codesOfStep, &codes, sizeof codes);
        });
        step += 2 * shape.places();
        ++panels.counts[index * countsOfGroup + (sliding ? 0 : start / shape.inputs)];
        if (sliding)
            panels.starts.push_back(static_cast<std::uint16_t>(start));
        return next;
    });
    return panels;
}

} // namespace espalier::edge
