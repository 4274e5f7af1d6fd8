// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/PackageSize.h"

#include "engine/exporting/PackageBuilder.h"
#include "engine/exporting/SelfTests.h"

namespace espalier {

void PackageSize::add(std::uint64_t tensor)
{
    m_area = alignedSize(m_area) + tensor;
}

Result<DenseSize> denseFp32Size(const Checkpoint& checkpoint, const std::vector<std::string>& sentences, RunContext& context)
{
    ExportOptions options;
    options.precision = "fp32";
    options.sparse = false;
    ESPALIER_TRY(edge::PackageHeader header, makeHeader(checkpoint, options));
    std::uint64_t area = 0;
    for (const auto& [name, tensor] : checkpoint.weights) {
        ESPALIER_TRY(const EncodingChoice choice, smallestEncoding(tensor.shape, {}, options.precision, options.sparse));
        area = alignedSize(area);
        header.tensors.push_back({name, tensor.shape, choice.encoding, area, choice.bytes});
        area += choice.bytes;
    }
    const auto chosen = chooseSelfTests(sentences, options.selfTests, header.labels.size());
    ESPALIER_TRY(const Answers answers, engineAnswers(checkpoint, chosen, context));
    setSelfTests(header, chosen, answers);
    const std::uint64_t before = headerBytes(header);
    return DenseSize{before, before + area};
}

} // namespace espalier
