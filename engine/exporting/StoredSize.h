// SPDX-License-Identifier: GPL-3.0-or-later
// StoredSize: what one tensor takes in a package as more and more of its elements are kept, without encoding it. Each element costs the same
// small time when it is added, and again only when its scale grows, so that the sizes of a hundred sparsities cost hardly more than one.
#pragma once

#include "engine/exporting/EntropyEncoder.h"
#include "engine/exporting/Encodings.h"

#include <bit>

namespace espalier {

class StoredSize {
public:
    /// @p tensor, of which nothing is kept yet, must outlive this. InvalidArgument: a value that is not finite, an unknown precision.
    static Result<StoredSize> create(const std::string& name, const Tensor& tensor, const std::string& precision);

    /// Keeps the elements at @p places, each for the first time.
    void keep(const std::vector<std::uint32_t>& places);
    /// In the smallest encoding: exact but for entropy coding, which is predicted.
    [[nodiscard]] Result<std::uint64_t> bytes() const;

private:
    StoredSize(const Tensor& tensor, const std::string& precision) : m_tensor(&tensor), m_precision(precision) {}
    void growScales(const std::vector<std::uint32_t>& places);
    void setScale(std::size_t index, float scale);
    void keepOne(std::size_t place);
    void keepCode(std::size_t place);
    void dropCode(std::size_t place);
    void changeGaps(std::size_t place, bool split);
    [[nodiscard]] std::uint32_t& countOf(float scale) { return m_statistics.scales[std::bit_cast<std::uint32_t>(scale) >> edge::coding::scaleShift]; }

    const Tensor* m_tensor;
    std::string m_precision;
    Precision m_rounding;
    QuantizedTensor m_quantized; ///< of what is kept; empty where the tensor is stored in fp32
    StoredCounts m_counts;
    CodeStatistics m_statistics;
    std::vector<std::uint64_t> m_kept; ///< a bit a code that is not zero
};

} // namespace espalier
