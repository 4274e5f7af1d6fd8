// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/kernels/GatherPanels.h"

#include <algorithm>

namespace espalier::edge {
namespace {

constexpr std::size_t codesOfStep = 4;

/// The inputs that each output of one group keeps, in order.
class Group {
public:
    Group(const CodeMatrix& matrix, const GatherShape& shape) : m_matrix(matrix), m_kept(shape.outputs), m_next(shape.outputs) {}

    void read(std::size_t first)
    {
        m_first = first;
        for (std::size_t lane = 0; lane < m_kept.size(); ++lane) {
            m_kept[lane].clear();
            m_next[lane] = 0;
            for (std::size_t i = 0; first + lane < m_matrix.outputs() && i < m_matrix.inputs; ++i)
                if (m_matrix.row(first + lane)[i] != 0)
                    m_kept[lane].push_back(static_cast<std::uint32_t>(i));
        }
    }
    /// The first input that an output keeps and that is not taken yet; the matrix's inputs when all are.
    [[nodiscard]] std::size_t next() const
    {
        std::size_t first = m_matrix.inputs;
        for (std::size_t lane = 0; lane < m_kept.size(); ++lane)
            if (m_next[lane] < m_kept[lane].size())
                first = std::min<std::size_t>(first, m_kept[lane][m_next[lane]]);
        return first;
    }
    /// Calls @p take(place, input, code) for the next four of each output before @p end.
    template <typename Take>
    void takeStep(std::size_t end, Take take)
    {
        for (std::size_t lane = 0; lane < m_kept.size(); ++lane)
            for (std::size_t i = 0; i < codesOfStep && m_next[lane] < m_kept[lane].size() && m_kept[lane][m_next[lane]] < end; ++i, ++m_next[lane]) {
                const std::size_t input = m_kept[lane][m_next[lane]];
                take(lane * codesOfStep + i, input, m_matrix.row(m_first + lane)[input]);
            }
    }

private:
    const CodeMatrix& m_matrix;
    std::size_t m_first = 0;
    std::vector<std::vector<std::uint32_t>> m_kept;
    std::vector<std::size_t> m_next; ///< of each output's list
};

/// Calls @p step(group, its index, start of the window) for each step of the matrix.
template <typename Step>
void walk(const CodeMatrix& matrix, const GatherShape& shape, Step step)
{
    Group group(matrix, shape);
    for (std::size_t index = 0; index * shape.outputs < matrix.outputs(); ++index) {
        group.read(index * shape.outputs);
        for (std::size_t next = group.next(); next < matrix.inputs; next = group.next())
            step(group, index, shape.windows == Windows::Fixed ? next / shape.inputs * shape.inputs : next);
    }
}

} // namespace

std::size_t countGatherSteps(const CodeMatrix& matrix, const GatherShape& shape)
{
    std::size_t count = 0;
    walk(matrix, shape, [&](Group& group, std::size_t, std::size_t start) {
        group.takeStep(start + shape.inputs, [](std::size_t, std::size_t, std::int8_t) {});
        ++count;
    });
    return count;
}

GatherPanels packGatherPanels(const CodeMatrix& matrix, const GatherShape& shape)
{
    GatherPanels panels{shape, {}, {}, {}, outputTerms(matrix, shape.outputs), matrix.outputs(), matrix.inputs};
    const bool sliding = shape.windows == Windows::Sliding;
    const std::size_t steps = countGatherSteps(matrix, shape);
    const std::size_t countsOfGroup = sliding ? 1 : panels.windows();
    panels.steps.resize(steps * 2 * shape.places());
    panels.starts.reserve(sliding ? steps : 0);
    panels.counts.resize((matrix.outputs() + shape.outputs - 1) / shape.outputs * countsOfGroup);
    std::uint8_t* next = panels.steps.data();
    walk(matrix, shape, [&](Group& group, std::size_t index, std::size_t start) {
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
