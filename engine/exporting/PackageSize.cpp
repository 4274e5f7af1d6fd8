// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/PackageSize.h"

#include "engine/edge/coding/Checksum.h"
#include "engine/exporting/PackageBuilder.h"
#include "engine/exporting/PackageOrder.h"
#include "engine/exporting/SelfTests.h"

namespace espalier {

void PackageSize::add(std::uint64_t tensor)
{
    m_area = alignedSize(m_area) + tensor;
}

namespace {

/// Places the tensors as they are; the digits of their checksums are part of the header's length. Returns their bytes.
std::uint64_t placeDense(const Weights& weights, edge::PackageHeader& header)
{
    std::uint64_t area = 0;
    for (const auto& [name, tensor] : weights) {
        const std::uint64_t bytes = tensor.values.size() * sizeof(float);
        header.tensors.push_back({name, tensor.shape, "f32", alignedSize(area), bytes, 0, edge::checksumOf(std::as_bytes(std::span(tensor.values)))});
        area = alignedSize(area) + bytes;
    }
    return area;
}

} // namespace

Result<KnownSizes> knownSizes(const Checkpoint& checkpoint, const std::vector<std::string>& sentences, const std::string& precision, RunContext& context)
{
    ExportOptions options;
    options.precision = "fp32";
    options.sparse = false;
    const Checkpoint ordered = inPackageOrder(checkpoint);
    ESPALIER_TRY(edge::PackageHeader header, makeHeader(ordered, options));
    const std::uint64_t area = placeDense(ordered.weights, header);
    const auto chosen = chooseSelfTests(sentences, options.selfTests, header.labels.size());
    ESPALIER_TRY(const Answers answers, engineAnswers(checkpoint, chosen, context));
    setSelfTests(header, chosen, answers);
    KnownSizes sizes{headerBytes(header) + area, 0};
    ESPALIER_TRY(edge::PackageHeader asked, makeHeader(ordered, {.precision = precision}));
    asked.tensors = std::move(header.tensors);
    setSelfTests(asked, chosen, answers); // in int8 others, but as many numbers of as many digits
    sizes.header = headerBytes(asked);
    return sizes;
}

} // namespace espalier
