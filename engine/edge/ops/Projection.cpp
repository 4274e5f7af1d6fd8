// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/ops/Projection.h"

#include <algorithm>
#include <utility>

namespace espalier::edge {
namespace {

/// Outputs worked on at once, so that their weights stay in the first-level cache while all rows pass by.
constexpr std::size_t block = 16;

} // namespace

Result<Projection> Projection::create(const Op& op, BuildContext& context, const std::string& role, std::size_t columns, std::size_t maxRows)
{
    Projection projection;
    projection.m_kernels = &context.kernels();
    projection.m_columns = columns;
    ESPALIER_TRY(const float range, rangeOf(op, role == "weight_hh" ? "state_range" : "input_range"));
    ESPALIER_TRY(projection.m_weight, context.tensor(op, role, 2));
    Tensor& weight = projection.m_weight;
    if (weight.columns() != columns)
        return opError(op, "its " + role + " takes " + std::to_string(weight.columns()) + " numbers, its input has " + std::to_string(columns));
    MatrixPlan plan = unpackedPlan(weight);
    if (!weight.quantized) {
        context.record(std::move(plan));
        return projection;
    }
    if (columns > maxInt8Columns)
        return opError(op, "its " + role + " is too wide for int8");
    projection.m_groupScales = scalesByGroup(weight);
    const bool grouped = !projection.m_groupScales.empty();
    ESPALIER_TRY(projection.m_input, QuantizedInput::create(context, {maxRows, columns, range, !grouped && context.kernels().biasedCodes}));
    if (!grouped) {
        projection.m_packed = PackedMatrix::pack(context.kernels(), std::exchange(weight.codes, {}), weight.scales, {columns, maxRows});
        plan.layout = projection.m_packed.layout();
        plan.bytes = projection.m_packed.bytes();
        plan.tile = projection.m_packed.tile(context.kernels());
        plan.cost = projection.m_packed.rowCost();
    }
    context.record(std::move(plan));
    return projection;
}

void Projection::multiply(const Frame& frame, const float* in, std::size_t rows, float* out) const
{
    if (!m_weight.quantized)
        return multiplyFloats(in, rows, out);
    m_input.quantize(frame, in, rows);
    if (m_groupScales.empty())
        m_packed.multiply(*m_kernels, m_input.rows(frame, 0, rows), out);
    else
        multiplyGroups(m_input.rows(frame, 0, rows), out);
}

void Projection::multiplyFloats(const float* in, std::size_t rows, float* out) const
{
    for (std::size_t first = 0; first < outputs(); first += block)
        for (std::size_t row = 0; row < rows; ++row)
            m_kernels->multiplyFloat({m_weight.values.data() + first * m_columns, std::min(block, outputs() - first), m_columns, m_columns}, in + row * m_columns,
                                     out + row * outputs() + first);
}

void Projection::multiplyGroups(const QuantizedRows& rows, float* out) const
{
    for (std::size_t first = 0; first < outputs(); first += block) {
        const std::size_t count = std::min(block, outputs() - first);
        const GroupedView weights{{m_weight.codes.data() + first * m_columns, count, m_columns, m_columns}, m_weight.groupElements, m_groupScales.data() + first, outputs()};
        for (std::size_t row = 0; row < rows.count; ++row) {
            float* target = out + row * outputs() + first;
            m_kernels->multiplyGroups(weights, rows.codes + row * m_columns, target);
            for (std::size_t i = 0; i < count; ++i)
                target[i] *= rows.scales[row];
        }
    }
}

} // namespace espalier::edge
