// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/PackageSize.h"

#include "engine/core/Fingerprint.h"
#include "engine/exporting/PackageBuilder.h"
#include "engine/exporting/PackageOrder.h"
#include "engine/exporting/SelfTests.h"

namespace espalier {

void PackageSize::add(std::uint64_t tensor)
{
    m_area = alignedSize(m_area) + tensor;
}

namespace {

/// Places the tensors as they are, and hashes them, on which the length of the packed header depends. Returns their bytes.
std::uint64_t placeDense(const Weights& weights, edge::PackageHeader& header)
{
    Sha256 hash;
    std::uint64_t area = 0;
    for (const auto& [name, tensor] : weights) {
        hash.update(std::string(alignedSize(area) - area, '\0'));
        const std::uint64_t bytes = tensor.values.size() * sizeof(float);
        header.tensors.push_back({name, tensor.shape, "f32", alignedSize(area), bytes});
        hash.update({reinterpret_cast<const char*>(tensor.values.data()), bytes});
        area = alignedSize(area) + bytes;
    }
    header.tensorSha256 = hash.hexDigest();
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
    asked.tensorSha256 = header.tensorSha256;
    setSelfTests(asked, chosen, answers); // in int8 others, but as many numbers of as many digits
    sizes.header = headerBytes(asked);
    return sizes;
}

} // namespace espalier
