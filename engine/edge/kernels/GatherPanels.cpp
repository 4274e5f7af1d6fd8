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
    /// Whether an output keeps one that is not taken yet before @p end.
    [[nodiscard]] bool hasBefore(std::size_t end) const
    {
        for (std::size_t lane = 0; lane < m_kept.size(); ++lane)
            if (m_next[lane] < m_kept[lane].size() && m_kept[lane][m_next[lane]] < end)
                return true;
        return false;
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

/// Calls @p step(group, begin of the window, end) for each step and @p chunk(steps) behind those of each chunk.
template <typename Step, typename Chunk>
void walk(const CodeMatrix& matrix, const GatherShape& shape, std::size_t window, Step step, Chunk chunk)
{
    Group group(matrix, shape);
    for (std::size_t first = 0; first < matrix.outputs(); first += shape.outputs) {
        group.read(first);
        for (std::size_t begin = 0; begin < matrix.inputs; begin += shape.chunk) {
            std::size_t steps = 0;
            for (; group.hasBefore(begin + shape.chunk); ++steps)
                step(group, begin, begin + window * shape.chunk);
            chunk(steps);
        }
    }
}

} // namespace

std::size_t countGatherSteps(const CodeMatrix& matrix, const GatherShape& shape, std::size_t window)
{
    std::size_t count = 0;
    walk(matrix, shape, window, [](Group& group, std::size_t, std::size_t end) { group.takeStep(end, [](std::size_t, std::size_t, std::int8_t) {}); },
         [&](std::size_t steps) { count += steps; });
    return count;
}

GatherPanels packGatherPanels(const CodeMatrix& matrix, const GatherShape& shape, std::size_t window)
{
    GatherPanels panels{shape, window, {}, {}, outputTerms(matrix, shape.outputs), matrix.outputs(), matrix.inputs};
    panels.steps.resize(countGatherSteps(matrix, shape, window) * 2 * shape.stepBytes());
    panels.counts.reserve(panels.chunks() * ((matrix.outputs() + shape.outputs - 1) / shape.outputs));
    std::uint8_t* next = panels.steps.data();
    walk(
        matrix, shape, window,
        [&](Group& group, std::size_t begin, std::size_t end) {
            group.takeStep(end, [&](std::size_t place, std::size_t input, std::int8_t code) {
                next[place] = static_cast<std::uint8_t>(input - begin);
                next[shape.stepBytes() + place] = static_cast<std::uint8_t>(code);
            });
            next += 2 * shape.stepBytes();
        },
        [&](std::size_t steps) { panels.counts.push_back(static_cast<std::uint8_t>(steps)); });
    return panels;
}

} // namespace espalier::edge
