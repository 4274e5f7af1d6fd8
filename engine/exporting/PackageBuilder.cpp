// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/PackageBuilder.h"

#include "engine/edge/coding/Checksum.h"
#include "engine/exporting/HeaderPacker.h"
#include "engine/exporting/PackageOrder.h"

namespace espalier {

namespace {

/// What is known of the model's making, over which the caller's own fields stand.
Result<Json> provenance(const Checkpoint& checkpoint, const Json& given)
{
    if (!given.is_object())
        return Error{ErrorCode::InvalidArgument, "The provenance of a package is not an object.", "Give named fields."};
    Json all = {{"espalier_version", ESPALIER_VERSION},
                {"architecture", checkpoint.model.architecture},
                {"parameters", checkpoint.model.parameters},
                {"seed", checkpoint.seed},
                {"sparsity", checkpoint.sparsity()}};
    for (const auto& epoch : checkpoint.history.epochs)
        if (epoch.epoch == checkpoint.history.bestEpoch)
            all["validation_accuracy"] = epoch.validationAccuracy;
    all.update(given);
    return all;
}

void setRanges(const ActivationRanges& ranges, edge::Program& program)
{
    for (edge::Op& op : program.ops)
        if (const auto found = ranges.find(op.output); found != ranges.end())
            for (const auto& [attribute, range] : found->second)
                op.attributes[attribute] = Json(static_cast<float>(range)).dump();
}

void appendNumber(std::string& bytes, std::uint32_t value)
{
    for (int shift = 0; shift < 32; shift += 8)
        bytes.push_back(static_cast<char>(value >> shift & 0xff));
}

constexpr std::size_t fixedBytes = 16; ///< magic, version and header length

} // namespace

std::uint64_t alignedSize(std::uint64_t bytes)
{
    return (bytes + edge::packageAlignment - 1) / edge::packageAlignment * edge::packageAlignment;
}

std::uint64_t headerBytes(const edge::PackageHeader& header)
{
    return alignedSize(fixedBytes + packHeader(toJson(header)).size());
}

Result<edge::PackageHeader> makeHeader(const Checkpoint& checkpoint, const ExportOptions& options)
{
    ESPALIER_TRY(const ModelType* type, modelCatalog().get(checkpoint.model.architecture));
    edge::PackageHeader header;
    header.program = type->lower(checkpoint.model);
    if (options.precision == "checkpoint" && checkpoint.quantization)
        setRanges(checkpoint.quantization->activations, header.program);
    header.tokenizer = checkpoint.tokenizer.toJson();
    header.labels = checkpoint.labels.labels();
    header.task = checkpoint.model.task;
    header.threshold = checkpoint.threshold;
    ESPALIER_TRY(const QuantizationScheme scheme, checkpoint.schemeFor(options.precision));
    header.precision = textOf(scheme);
    header.rejectBelow = options.rejectBelow;
    ESPALIER_TRY(header.provenance, provenance(checkpoint, options.provenance));
    return header;
}

Result<PackageBuilder> PackageBuilder::create(const Checkpoint& checkpoint, const ExportOptions& options, RunContext& context)
{
    PackageBuilder builder;
    const Checkpoint ordered = inPackageOrder(checkpoint);
    ESPALIER_TRY(builder.m_header, makeHeader(ordered, options));
    ESPALIER_TRY(const QuantizationScheme scheme, checkpoint.schemeFor(options.precision));
    const TensorPrecisions precisions(scheme, checkpoint.model);
    for (const auto& [name, tensor] : ordered.weights) {
        if (context.cancelled())
            return cancelledError();
        ESPALIER_TRY(EncodedTensor encoded, encodeTensor(name, tensor, textOf(precisions.of(name)), options.sparse));
        builder.add(name, tensor, std::move(encoded));
    }
    return builder;
}

void PackageBuilder::add(const std::string& name, const Tensor& tensor, EncodedTensor encoded)
{
    m_area.resize(alignedSize(m_area.size()), '\0');
    const std::string& encoding = encoded.choice.encoding;
    m_header.tensors.push_back({name, tensor.shape, encoding, m_area.size(), encoded.bytes.size(), encoded.choice.group, edge::checksumOf(std::as_bytes(std::span(encoded.bytes)))});
    m_area += encoded.bytes;

    const auto stored = encoding.starts_with("i") ? encoded.counts.codes : encoded.counts.values;
    const auto total = tensor.values.size();
    const double sparsity = total == 0 ? 0 : 1 - static_cast<double>(stored) / static_cast<double>(total);
    m_tensors.push_back({name, tensor.shape, encoding, static_cast<std::int64_t>(encoded.bytes.size()), sparsity});
}

std::string PackageBuilder::bytes() const
{
    const std::string header = packHeader(toJson(m_header));
    std::string file(edge::packageMagic);
    file.reserve(alignedSize(fixedBytes + header.size()) + m_area.size());
    appendNumber(file, edge::packageVersion);
    appendNumber(file, static_cast<std::uint32_t>(header.size()));
    file += header;
    file.resize(alignedSize(file.size()), '\0');
    return file += m_area;
}

} // namespace espalier
