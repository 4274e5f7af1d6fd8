// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/TidyLayout.h"

#include "widgets/pipeline/NodeGeometry.h"

#include <algorithm>

namespace espalier {
namespace {

using Columns = std::vector<std::vector<std::string>>;
using Rows = std::map<std::string, double>;

constexpr double columnStep = 240;
constexpr double rowGap = 6 * canvasGrid; ///< room for the lanes of wires
constexpr std::size_t columnsInBand = 4;

/// Each node one column to the right of the last of those it depends on.
Columns layers(const Graph& graph)
{
    std::map<std::string, std::size_t> depth;
    Columns columns;
    for (const std::string& id : graph.topologicalOrder()) {
        std::size_t column = 0;
        for (const Edge& edge : graph.edges())
            if (edge.toNode == id)
                column = std::max(column, depth[edge.fromNode] + 1);
        depth[id] = column;
        columns.resize(std::max(columns.size(), column + 1));
        columns[column].push_back(id);
    }
    return columns;
}

double meanOfNeighbours(const Graph& graph, const std::string& id, const Rows& rows, bool upstream)
{
    double sum = 0;
    int count = 0;
    for (const Edge& edge : graph.edges()) {
        if ((upstream ? edge.toNode : edge.fromNode) != id)
            continue;
        sum += rows.at(upstream ? edge.fromNode : edge.toNode);
        ++count;
    }
    return count ? sum / count : rows.at(id);
}

void number(const std::vector<std::string>& column, Rows& rows)
{
    for (std::size_t i = 0; i < column.size(); ++i)
        rows[column[i]] = static_cast<double>(i) - (static_cast<double>(column.size()) - 1) / 2;
}

void reduceCrossings(const Graph& graph, Columns& columns)
{
    Rows rows;
    for (const auto& column : columns)
        number(column, rows);
    for (int sweep = 0; sweep < 8; ++sweep) {
        const bool upstream = sweep % 2 == 0;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            auto& column = columns[upstream ? i : columns.size() - 1 - i];
            std::map<std::string, double> mean;
            for (const std::string& id : column)
                mean[id] = meanOfNeighbours(graph, id, rows, upstream);
            std::stable_sort(column.begin(), column.end(), [&](const auto& a, const auto& b) { return mean[a] < mean[b]; });
            number(column, rows);
        }
    }
}

/// Sets the columns side by side, their tops level. Gives the height of the tallest.
double placeBand(const Graph& graph, const Columns& columns, const QPointF& corner, std::map<std::string, QPointF>& positions)
{
    double tallest = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        double y = 0;
        for (const std::string& id : columns[i]) {
            positions[id] = snapToGrid(corner + QPointF(static_cast<double>(i) * columnStep, y));
            y += nodeRect(graph, *graph.node(id)).height() + rowGap;
        }
        tallest = std::max(tallest, y - rowGap);
    }
    return tallest;
}

} // namespace

std::map<std::string, QPointF> tidyLayout(const Graph& graph)
{
    Columns columns = layers(graph);
    reduceCrossings(graph, columns);
    QPointF corner = snapToGrid(graphBounds(graph).topLeft());
    std::map<std::string, QPointF> positions;
    for (std::size_t first = 0; first < columns.size(); first += columnsInBand) {
        const auto begin = columns.begin() + static_cast<std::ptrdiff_t>(first);
        const auto end = columns.begin() + static_cast<std::ptrdiff_t>(std::min(columns.size(), first + columnsInBand));
        corner.ry() += placeBand(graph, {begin, end}, corner, positions) + rowGap;
    }
    return positions;
}

void layOutHeap(Graph& graph)
{
    const auto& nodes = graph.nodes();
    const auto onFirst = [&](const auto& entry) { return entry.second.x == nodes.begin()->second.x && entry.second.y == nodes.begin()->second.y; };
    if (!std::all_of(nodes.begin(), nodes.end(), onFirst))
        return;
    for (const auto& [id, position] : tidyLayout(graph))
        (void)graph.moveNode(id, position.x(), position.y()); // it exists
}

} // namespace espalier
