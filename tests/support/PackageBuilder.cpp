// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/PackageBuilder.h"

#include "engine/core/Fingerprint.h"
#include "engine/core/Random.h"
#include "engine/edge/coding/Checksum.h"
#include "engine/exporting/EntropyEncoder.h"
#include "engine/exporting/HeaderPacker.h"
#include "engine/exporting/TextPacker.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace espalier::test {
namespace {

template <typename T>
void append(std::string& bytes, const T& value)
{
    char raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    bytes.append(raw, sizeof value);
}

void pad(std::string& bytes)
{
    bytes.resize((bytes.size() + edge::packageAlignment - 1) / edge::packageAlignment * edge::packageAlignment, '\0');
}

std::vector<float> randomValues(Random& random, std::int64_t count, double spread, double sparsity = 0)
{
    std::vector<float> values(static_cast<std::size_t>(count));
    for (float& value : values)
        value = random.uniform() < sparsity ? 0.0F : static_cast<float>((random.uniform() * 2 - 1) * spread);
    return values;
}

/// All @p stored; or the mask of the @p values that are not zero, and what is stored for those.
template <typename T>
std::string elements(const std::vector<T>& stored, const std::vector<float>& values, bool sparse)
{
    std::string mask(sparse ? (values.size() + 7) / 8 : 0, '\0');
    std::string kept;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (sparse && values[i] == 0)
            continue;
        if (sparse)
            mask[i / 8] = static_cast<char>(mask[i / 8] | (1 << (i % 8)));
        append(kept, stored[i]);
    }
    return mask + kept;
}

float scaleOf(const float* values, std::size_t count, float top, bool rounded)
{
    float largest = 0;
    for (std::size_t i = 0; i < count; ++i)
        largest = std::max(largest, std::fabs(values[i]));
    const float scale = largest > 0 ? largest / top : 1;
    constexpr std::uint32_t below = (1u << edge::coding::scaleShift) - 1;
    return rounded ? std::bit_cast<float>((std::bit_cast<std::uint32_t>(scale) + below) & ~below) : scale;
}

/// "i8_sparse:16": an encoding and the size of its groups.
std::pair<std::string, std::uint64_t> partsOf(const std::string& encoding)
{
    const std::size_t colon = encoding.find(':');
    return {encoding.substr(0, colon), colon == std::string::npos ? 0 : std::stoull(encoding.substr(colon + 1))};
}

std::string nibbles(const std::vector<std::int8_t>& codes)
{
    std::string bytes((codes.size() + 1) / 2, '\0');
    for (std::size_t i = 0; i < codes.size(); ++i)
        bytes[i / 2] = static_cast<char>(bytes[i / 2] | (codes[i] & 0xf) << i % 2 * 4);
    return bytes;
}

std::string encodeCodes(const std::vector<std::int64_t>& shape, const std::vector<float>& values, const std::string& encoding, std::uint64_t group)
{
    const auto groups = edge::scaleGroups(shape, encoding, group).value();
    const bool coded = encoding.ends_with("_rans");
    const std::size_t columns = values.size() / groups.rows;
    std::vector<float> scales;
    std::vector<std::int8_t> codes;
    for (std::size_t row = 0; row < groups.rows; ++row)
        for (std::size_t begin = 0; begin < columns; begin += groups.elements) {
            const float* value = values.data() + row * columns + begin;
            const std::size_t count = std::min<std::size_t>(groups.elements, columns - begin);
            scales.push_back(scaleOf(value, count, encoding.starts_with("i4") ? 7 : 127, coded || groups.scaleBytes == 2));
            for (std::size_t i = 0; i < count; ++i)
                codes.push_back(static_cast<std::int8_t>(std::lround(value[i] / scales.back())));
        }
    if (coded)
        return entropyCoded(scales, codes).value_or("");
    std::string bytes;
    for (const float scale : scales) {
        const auto bits = std::bit_cast<std::uint32_t>(scale);
        groups.scaleBytes == 2 ? append(bytes, static_cast<std::uint16_t>(bits >> 16)) : append(bytes, bits);
    }
    return bytes + (encoding == "i4" ? nibbles(codes) : elements(codes, values, encoding == "i8_sparse"));
}

} // namespace

std::string encodeTensor(const std::vector<std::int64_t>& shape, const std::vector<float>& values, const std::string& encoding)
{
    const auto [name, group] = partsOf(encoding);
    return name.starts_with("i") ? encodeCodes(shape, values, name, group) : elements(values, values, name == "f32_sparse");
}

std::string assemblePackage(const std::string& headerJson, const std::string& area, std::uint32_t version)
{
    const auto json = parseJson(headerJson, "header");
    std::string header = version < edge::packedHeaderVersion ? headerJson : packText(headerJson, 0);
    if (version >= edge::partedHeaderVersion)
        header = packHeader(json ? *json : Json());
    else if (version >= edge::packedHeaderVersion)
        header.erase(8, 8); // where later versions say how long the front part is
    std::string bytes(edge::packageMagic);
    append(bytes, version);
    append(bytes, static_cast<std::uint32_t>(header.size()));
    bytes += header;
    pad(bytes);
    return bytes + area;
}

std::string_view storedHeader(std::string_view package)
{
    std::uint32_t size = 0;
    std::memcpy(&size, package.data() + 12, sizeof size);
    return package.substr(16, size);
}

std::size_t areaStart(std::string_view package)
{
    const std::size_t end = 16 + storedHeader(package).size();
    return (end + edge::packageAlignment - 1) / edge::packageAlignment * edge::packageAlignment;
}

void PackageBuilder::setVocabulary(const std::vector<std::string>& words, int maxLength)
{
    std::vector<std::string> vocabulary{"<pad>", "<unk>"};
    vocabulary.insert(vocabulary.end(), words.begin(), words.end());
    TokenizerSpec spec;
    spec.maxLength = maxLength;
    header.tokenizer = Tokenizer::create(spec, vocabulary)->toJson();
}

void PackageBuilder::addTensor(const std::string& name, const std::vector<std::int64_t>& shape, const std::vector<float>& values,
                               const std::string& encoding)
{
    addRawTensor(name, shape, partsOf(encoding).first, encodeTensor(shape, values, encoding));
    header.tensors.back().group = partsOf(encoding).second;
}

void PackageBuilder::addRawTensor(const std::string& name, const std::vector<std::int64_t>& shape, const std::string& encoding,
                                  const std::string& bytes)
{
    pad(m_area);
    header.tensors.push_back({name, shape, encoding, m_area.size(), bytes.size()});
    m_area += bytes;
}

std::string PackageBuilder::build(std::uint32_t version) const
{
    edge::PackageHeader complete = header;
    if (complete.tensorSha256.empty() && version < edge::partedHeaderVersion)
        complete.tensorSha256 = sha256(m_area);
    for (edge::TensorRecord& record : complete.tensors)
        if (const bool inside = record.offset <= m_area.size() && record.bytes <= m_area.size() - record.offset; // a test may say otherwise on purpose
            version >= edge::partedHeaderVersion && !record.check && inside)
            record.check = edge::checksumOf(std::as_bytes(std::span(m_area)).subspan(record.offset, record.bytes));
    return assemblePackage(dumpJson(toJson(complete)), m_area, version);
}

PackageBuilder textCnnPackage(const TextCnnOptions& options)
{
    Random random(options.seed);
    PackageBuilder builder;
    std::vector<std::string> words;
    for (int i = 2; i < 60; ++i)
        words.push_back("w" + std::to_string(i));
    builder.setVocabulary(words);
    builder.header.labels = {"alpha", "beta", "gamma", "delta"};
    builder.header.precision = options.encoding.starts_with("i") ? "int8" : "fp32";
    builder.header.provenance = {{"made_by", "test"}};
    builder.addTensor("embedding", {60, options.embedding}, randomValues(random, 60 * options.embedding, 1), options.encoding);
    auto& ops = builder.header.program.ops;
    ops.push_back({"embedding", {"ids"}, "e", {{"weight", "embedding"}}, {}});
    edge::Op concat{"concat", {}, "features", {}, {}};
    for (const std::int64_t width : options.widths) {
        const std::string name = "c" + std::to_string(width);
        builder.addTensor(name + ".weight", {options.filters, options.embedding, width},
                          randomValues(random, options.filters * options.embedding * width, 0.3, options.sparsity), options.encoding);
        builder.addTensor(name + ".bias", {options.filters}, randomValues(random, options.filters, 0.1));
        ops.push_back({"conv1d_max", {"e"}, name, {{"weight", name + ".weight"}, {"bias", name + ".bias"}}, {{"activation", "relu"}}});
        concat.inputs.push_back(name);
    }
    ops.push_back(concat);
    const auto features = options.filters * static_cast<std::int64_t>(options.widths.size());
    builder.addTensor("out.weight", {4, features}, randomValues(random, 4 * features, 0.5, options.sparsity), options.encoding);
    builder.addTensor("out.bias", {4}, randomValues(random, 4, 0.1));
    ops.push_back({"linear", {"features"}, "logits", {{"weight", "out.weight"}, {"bias", "out.bias"}}, {{"activation", "none"}}});
    ops.push_back({"softmax", {"logits"}, "probabilities", {}, {}});
    return builder;
}

PackageBuilder encoderPackage(const std::string& encoding)
{
    constexpr std::int64_t hidden = 24;
    Random random(9);
    PackageBuilder builder = textCnnPackage(); // for its vocabulary and labels
    builder.header.program.ops.clear();
    auto& ops = builder.header.program.ops;
    const auto table = [&](const std::string& name, std::int64_t rows, std::int64_t columns) {
        builder.addTensor(name, {rows, columns}, randomValues(random, rows * columns, 0.5), encoding);
        return name;
    };
    const auto vector = [&](const std::string& name, std::int64_t count) {
        builder.addTensor(name, {count}, randomValues(random, count, 0.5));
        return name;
    };
    const auto linear = [&](const std::string& input, const std::string& output, std::int64_t rows, std::int64_t columns, const std::string& activation) {
        ops.push_back({"linear", {input}, output, {{"weight", table(output + ".weight", rows, columns)}, {"bias", vector(output + ".bias", rows)}}, {{"activation", activation}}});
    };
    ops.push_back({"embedding", {"ids"}, "words", {{"weight", table("words.weight", 60, hidden)}}, {}});
    ops.push_back({"add_positions", {"words"}, "x", {{"position", table("position", 256, hidden)}, {"segment", table("segment", 2, hidden)}}, {}});
    for (const char* part : {"q", "k", "v"})
        linear("x", part, hidden, hidden, "none");
    ops.push_back({"self_attention", {"q", "k", "v"}, "mixed", {}, {{"heads", "3"}}});
    ops.push_back({"layer_norm", {"mixed", "x"}, "normed", {{"weight", vector("scale", hidden)}, {"bias", vector("shift", hidden)}}, {{"epsilon", "1e-12"}}});
    linear("normed", "inner", 2 * hidden, hidden, "gelu");
    linear("inner", "fed", hidden, 2 * hidden, "none");
    ops.push_back({"add", {"fed", "normed"}, "sum", {}, {}});
    ops.push_back({"first_row", {"sum"}, "first", {}, {}});
    linear("first", "logits", 4, hidden, "none");
    ops.push_back({"softmax", {"logits"}, "probabilities", {}, {}});
    return builder;
}

std::string randomSentence(std::uint64_t seed)
{
    Random random(seed);
    std::string sentence;
    for (std::uint64_t left = random.below(41); left > 0; --left)
        sentence += "w" + std::to_string(random.below(64)) + " ";
    return sentence;
}

} // namespace espalier::test
