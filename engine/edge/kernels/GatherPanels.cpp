// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/kernels/GatherPanels.h"

#include <algorithm>

namespace espalier::edge {
namespace {

constexpr std::size_t codesOfStep = 4;

/// What the outputs of one group have left.
class Group {
public:
    Group(const KeptInputs& kept, const GatherShape& shape) : m_kept(kept), m_left(shape.outputs) {}

    void read(std::size_t first)
    {
        m_first = first;
        for (std::size_t lane = 0; lane < m_left.size(); ++lane)
            m_left[lane] = m_kept.of(first + lane);
    }
    /// The first input that an output keeps and that is not taken yet; the matrix's inputs when all are.
    [[nodiscard]] std::size_t next() const
    {
        std::size_t first = m_kept.matrix().inputs;
        for (const auto& left : m_left)
            if (!left.empty())
                first = std::min<std::size_t>(first, left.front());
        return first;
    }
    /// Calls @p take(place, input, code) for the next four of each output before @p end.
    template <typename Take>
    void takeStep(std::size_t end, Take take)
    {
        for (std::size_t lane = 0; lane < m_left.size(); ++lane) {
            auto& left = m_left[lane];
            for (std::size_t i = 0; i < codesOfStep && !left.empty() && left.front() < end; ++i, left = left.subspan(1))
                take(lane * codesOfStep + i, left.front(), m_kept.matrix().row(m_first + lane)[left.front()]);
        }
    }

private:
    const KeptInputs& m_kept;
    std::size_t m_first = 0;
    std::vector<std::span<const std::uint32_t>> m_left;
};

/// Calls @p step(group, its index, start of the window) for each step of the matrix.
template <typename Step>
void walk(const KeptInputs& kept, const GatherShape& shape, Step step)
{
    Group group(kept, shape);
    for (std::size_t index = 0; index * shape.outputs < kept.matrix().outputs(); ++index) {
        group.read(index * shape.outputs);
        for (std::size_t next = group.next(); next < kept.matrix().inputs; next = group.next())
            step(group, index, shape.windows == Windows::Fixed ? next / shape.inputs * shape.inputs : next);
    }
}

} // namespace

KeptInputs::KeptInputs(const CodeMatrix& matrix) : m_matrix(matrix), m_begins(1, 0)
{
    std::vector<std::uint32_t> row(matrix.inputs + 1); // and one more, that is written and does not count
    for (std::size_t output = 0; output < matrix.outputs(); ++output) {
        const std::int8_t* codes = matrix.row(output);
        std::size_t count = 0;
        for (std::uint32_t input = 0; input < matrix.inputs; ++input) {
            row[count] = input; // always: which codes are zero no processor foresees
            count += codes[input] != 0 ? 1 : 0;
        }
        m_inputs.insert(m_inputs.end(), row.begin(), row.begin() + static_cast<std::ptrdiff_t>(count));
        m_begins.push_back(m_inputs.size());
    }
}

std::size_t countGatherSteps(const KeptInputs& kept, const GatherShape& shape)
{
    std::size_t count = 0;
    walk(kept, shape, [&](Group& group, std::size_t, std::size_t start) {
        group.takeStep(start + shape.inputs, [](std::size_t, std::size_t, std::int8_t) {});
        ++count;
    });
    return count;
}

GatherPanels packGatherPanels(const KeptInputs& kept, const GatherShape& shape)
{
    const CodeMatrix& matrix = kept.matrix();
    GatherPanels panels{shape, {}, {}, {}, outputTerms(matrix, shape.outputs), matrix.outputs(), matrix.inputs};
    const bool sliding = shape.windows == Windows::Sliding;
    const std::size_t steps = countGatherSteps(kept, shape);
    const std::size_t countsOfGroup = sliding ? 1 : panels.windows();
    panels.steps.resize(steps * 2 * shape.places());
    panels.starts.reserve(sliding ? steps : 0);
    panels.counts.resize((matrix.outputs() + shape.outputs - 1) / shape.outputs * countsOfGroup);
    std::uint8_t* next = panels.steps.data();
    walk(kept, shape, [&](Group& group, std::size_t index, std::size_t start) {
        group.takeStep(start + shape.inputs, [&](std::size_t place, std::size_t input, std::int8_t code) {
            next[place] = static_cast<std::uint8_t>(input - start);
            next[shape.places() + place] = static_cast<std::uint8_t>(code);
        });
        next += 2 * shape.places();
        ++panels.counts[index * countsOfGroup + (sliding ? 0 : start / shape.inputs)];
        if (sliding)
            panels.starts.push_back(static_cast<std::uint16_t>(start));
    });
    return panels;
}

} // namespace espalier::edge
