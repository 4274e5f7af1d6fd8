// SPDX-License-Identifier: GPL-3.0-or-later
// Builds packages in memory for tests: tensors are given as numbers and stored in any encoding; every field of the header can be
// made wrong on purpose. What ships is written by the engine's package writer; only its entropy coder is the same.
#pragma once

#include "engine/edge/PackageFormat.h"
#include "engine/tokenizers/Tokenizer.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace espalier::test {

class PackageBuilder {
public:
    edge::PackageHeader header;

    /// A tokenizer of kind "word" with "<pad>", "<unk>" and @p words.
    void setVocabulary(const std::vector<std::string>& words, int maxLength = 32);
    /// Quantised encodings get scale = largest magnitude of the row or group / 127 (or 7), or, where scales are short, the next one above. Groups stand behind a
    /// colon: "i4:8".
    void addTensor(const std::string& name, const std::vector<std::int64_t>& shape, const std::vector<float>& values, const std::string& encoding = "f32");
    /// The bytes of a tensor as they stand in the file already.
    void addRawTensor(const std::string& name, const std::vector<std::int64_t>& shape, const std::string& encoding, const std::string& bytes);
    /// Checksums, or in older versions the hash, are computed unless the header has them already.
    [[nodiscard]] std::string build(std::uint32_t version = edge::packageVersion) const;

private:
    std::string m_area;
};

/// The bytes @p values take in @p encoding.
std::string encodeTensor(const std::vector<std::int64_t>& shape, const std::vector<float>& values, const std::string& encoding);
/// The file with this header JSON, packed where @p version asks for it, and tensor area, whatever they hold.
std::string assemblePackage(const std::string& headerJson, const std::string& area, std::uint32_t version = edge::packageVersion);

struct TextCnnOptions {
    std::string encoding = "f32"; ///< of every weight
    std::int64_t embedding = 20;
    std::int64_t filters = 9;
    std::vector<std::int64_t> widths{2, 3, 5};
    double sparsity = 0; ///< share of convolution and linear weights that is zero
    std::uint64_t seed = 7;
};

/// What is stored as the header of a package file, and where its tensor area begins.
std::string_view storedHeader(std::string_view package);
std::size_t areaStart(std::string_view package);

/// A TextCNN with random weights over the words "w2" to "w59" and the labels "alpha" to "delta", with self-tests left empty.
PackageBuilder textCnnPackage(const TextCnnOptions& options = {});
/// A Transformer of one layer with random weights over the same words and labels.
PackageBuilder encoderPackage(const std::string& encoding = "f32");
/// A random sentence of 0 to 40 of its words, some unknown.
std::string randomSentence(std::uint64_t seed);

} // namespace espalier::test
