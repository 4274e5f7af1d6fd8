// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/ops/Projection.h"

#include "engine/edge/kernels/VectorLoops.h"
#include "engine/edge/ops/Quantize.h"

#include <algorithm>

namespace espalier::edge {
namespace {

constexpr std::size_t block = 16;

} // namespace

Result<Projection> Projection::create(const Op& op, BuildContext& context, const std::string& role, std::size_t columns, std::size_t maxRows)
{
    Projection projection;
    projection.m_kernels = &context.kernels();
    projection.m_columns = columns;
    ESPALIER_TRY(projection.m_range, rangeOf(op, role == "weight_hh" ? "state_range" : "input_range"));
    ESPALIER_TRY(projection.m_weight, context.tensor(op, role, 2));
    if (projection.m_weight.columns() != columns)
        return opError(op, "its " + role + " takes " + std::to_string(projection.m_weight.columns()) + " numbers, its input has " + std::to_string(columns));
    if (!projection.m_weight.quantized)
        return projection;
    if (columns > maxInt8Columns)
        return opError(op, "its " + role + " is too wide for int8");
    projection.m_groupScales = scalesByGroup(projection.m_weight);
    ESPALIER_TRY(projection.m_codes, context.reserve(maxRows, columns, sizeof(std::int8_t)));
    ESPALIER_TRY(projection.m_scales, context.reserve(maxRows, 1, sizeof(float)));
    if (projection.m_kernels->multiplyPanels && projection.m_groupScales.empty() && columns % panelInputs == 0) {
        ESPALIER_TRY(projection.m_sums, context.reserve(maxRows, 1, sizeof(std::int32_t)));
        projection.m_panels = packPanels(projection.m_weight.codes, projection.m_weight.scales, columns);
        projection.m_weight.codes = {};
    }
    return projection;
}

void Projection::multiply(const Frame& frame, const float* in, std::size_t rows, float* out) const
{
    if (m_weight.quantized)
        quantizeRows(frame, in, rows);
    if (!m_panels.empty())
        return multiplyPanels(frame, rows, out);
    for (std::size_t first = 0; first < outputs(); first += block) {
        const std::size_t count = std::min(block, outputs() - first);
        for (std::size_t row = 0; row < rows; ++row) {
            float* target = out + row * outputs() + first;
            if (m_weight.quantized)
                multiplyCodes(frame, row, first, count, target);
            else
                multiplyFloats(in + row * m_columns, first, count, target);
        }
    }
}

void Projection::quantizeRows(const Frame& frame, const float* in, std::size_t rows) const
{
    auto* codes = frame.at<std::int8_t>(m_codes);
    float* scales = frame.at<float>(m_scales);
    const std::size_t columns = m_columns;
    const float range = m_range;
    vectorized([=]() ESPALIER_INLINED {
        for (std::size_t row = 0; row < rows; ++row) {
            const float* from = in + row * columns;
            scales[row] = range > 0 ? quantizeWithin(range, from, columns, codes + row * columns) : quantizeRow(from, columns, codes + row * columns);
        }
    });
}

void Projection::multiplyPanels(const Frame& frame, std::size_t rows, float* out) const
{
    const auto* codes = frame.at<std::int8_t>(m_codes);
    auto* sums = frame.at<std::int32_t>(m_sums);
    const std::size_t columns = m_columns;
    vectorized([=]() ESPALIER_INLINED {
        for (std::size_t row = 0; row < rows; ++row)
            sums[row] = sumOfCodes(codes + row * columns, columns);
    });
    m_kernels->multiplyPanels(m_panels, {codes, rows, frame.at<float>(m_scales), sums}, out);
}

void Projection::multiplyFloats(const float* in, std::size_t first, std::size_t count, float* out) const
{
    m_kernels->multiplyFloat({m_weight.values.data() + first * m_columns, count, m_columns, m_columns}, in, out);
}

void Projection::multiplyCodes(const Frame& frame, std::size_t row, std::size_t first, std::size_t count, float* out) const
{
    const float scale = frame.at<float>(m_scales)[row];
    if (!m_groupScales.empty()) {
        m_kernels->multiplyGroups({{m_weight.codes.data() + first * m_columns, count, m_columns, m_columns}, m_weight.groupElements, m_groupScales.data() + first, outputs()},
                                  frame.at<std::int8_t>(m_codes) + row * m_columns, out);
        for (std::size_t i = 0; i < count; ++i)
            out[i] *= scale;
        return;
    }
    std::int32_t sums[block];
    m_kernels->multiplyInt8({m_weight.codes.data() + first * m_columns, count, m_columns, m_columns},
                            frame.at<std::int8_t>(m_codes) + row * m_columns, sums);
    for (std::size_t i = 0; i < count; ++i)
        out[i] = static_cast<float>(sums[i]) * scale * m_weight.scales[first + i];
}

} // namespace espalier::edge
