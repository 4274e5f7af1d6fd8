// SPDX-License-Identifier: GPL-3.0-or-later
// safetensors: what is read has the sizes that it claims, and comes back from the file that is written of it.
#include "engine/models/Weights.h"
#include "tests/fuzzing/FuzzTargets.h"

#include "engine/core/SafeFile.h"

#include <algorithm>

namespace espalier::fuzzing {
namespace {

void checkSizes(const Weights& weights, const Masks& masks)
{
    for (const auto& [name, tensor] : weights) {
        std::size_t count = 1;
        for (const std::int64_t dimension : tensor.shape)
            count *= static_cast<std::size_t>(dimension);
        require(tensor.values.size() == count, "a tensor has the elements that its shape says");
    }
    for (const auto& [name, mask] : masks)
        require(std::all_of(mask.begin(), mask.end(), [](std::uint8_t kept) { return kept <= 1; }), "a mask holds 0 and 1");
}

void checkRoundTrip(const Weights& weights, const Masks& masks)
{
    const std::string path = inputPath(".again");
    Weights masked = weights;
    const bool fits = applyMasks(masked, masks).ok();
    require(writeSafetensors(path, weights, masks).ok() == fits, "what fits together is written");
    if (!fits)
        return;
    const std::string written = readFile(path).value();
    Weights again;
    Masks masksAgain;
    require(readSafetensors(path, again, masksAgain).ok() && masksAgain == masks, "what is written is read");
    // Bytes are compared, since a number that is none is not equal to itself.
    require(writeSafetensors(path, again, masksAgain).ok() && readFile(path).value() == written, "the file is the same the second time");
}

} // namespace

bool runSafetensors(std::string_view input)
{
    const std::string path = writeInput(input);
    Weights weights;
    Masks masks;
    if (const auto read = readSafetensors(path, weights, masks); !read) {
        require(read.error().detail.find(path) != std::string::npos && !read.error().remedy.empty(), "an error names the file and the remedy");
        require(weights.empty() && masks.empty(), "a bad file gives nothing");
        return false;
    }
    checkSizes(weights, masks);
    checkRoundTrip(weights, masks);
    return true;
}

} // namespace espalier::fuzzing
