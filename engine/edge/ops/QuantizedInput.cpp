// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/ops/QuantizedInput.h"

#include "engine/edge/kernels/VectorLoops.h"
#include "engine/edge/ops/Quantize.h"

namespace espalier::edge {

Result<QuantizedInput> QuantizedInput::create(BuildContext& context, const QuantizedInputOptions& options)
{
    QuantizedInput input;
    input.m_options = options;
    ESPALIER_TRY(input.m_codes, context.reserve(options.rows, options.columns, sizeof(std::int8_t)));
    ESPALIER_CHECK(context.reserve(1, rowSlack, sizeof(std::int8_t))); // right behind
    ESPALIER_TRY(input.m_scales, context.reserve(options.rows, 1, sizeof(float)));
    ESPALIER_TRY(input.m_scratch, context.reserve(1, scratchBytes(context.kernels(), options.columns), 1));
    return input;
}

void QuantizedInput::quantize(const Frame& frame, const float* in, std::size_t rows) const
{
    auto* codes = frame.at<std::int8_t>(m_codes);
    float* scales = frame.at<float>(m_scales);
    const QuantizedInputOptions options = m_options;
    const std::uint32_t bias = options.biased ? unsignedBias : 0;
    vectorized([=]() ESPALIER_INLINED {
        for (std::size_t row = 0; row < rows; ++row) {
            const float* from = in + row * options.columns;
            std::int8_t* to = codes + row * options.columns;
            scales[row] = options.range > 0 ? quantizeWithin(options.range, from, options.columns, to, bias) : quantizeRow(from, options.columns, to, bias);
        }
    });
}

QuantizedRows QuantizedInput::rows(const Frame& frame, std::size_t first, std::size_t count) const
{
    return {frame.at<std::int8_t>(m_codes) + first * m_options.columns, count, frame.at<float>(m_scales) + first, frame.at<std::byte>(m_scratch)};
}

} // namespace espalier::edge
