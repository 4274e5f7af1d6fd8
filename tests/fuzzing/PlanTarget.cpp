// SPDX-License-Identifier: GPL-3.0-or-later
// A plan file, as it is and with what a package, processor and runtime put before it and the right checksum behind it: whatever costs it gives, matrices are laid out within their
// bounds, and products are the same.
#include "engine/edge/PlanFile.h"
#include "engine/edge/coding/Checksum.h"
#include "engine/edge/kernels/PackedMatrix.h"
#include "tests/fuzzing/FuzzTargets.h"
#include "tests/support/SparseCodes.h"

#include <charconv>

namespace espalier::fuzzing {
namespace {

using namespace edge;

const std::string head = "head of a plan\n";

std::string withChecksum(std::string text)
{
    char digits[16];
    const auto sum = xxh64(std::as_bytes(std::span(text.data(), text.size())));
    return text += "checksum " + std::string(digits, std::to_chars(digits, digits + sizeof digits, sum, 16).ptr) + "\n";
}

void checkProducts(const Kernels& kernels, const test::SparseCodes& matrix)
{
    const auto packed = PackedMatrix::pack(kernels, matrix.codes, matrix.scales, {matrix.inputs, 20});
    const auto usual = PackedMatrix::pack(chosenKernels(), matrix.codes, matrix.scales, {matrix.inputs, 20});
    require(packed.bytes() < 4 * matrix.codes.size() + 4096, "a layout takes a few times the codes' bytes at most");
    std::vector<std::int8_t> rows(3 * matrix.inputs + rowSlack, 5);
    LineVector<std::uint8_t> scratch(scratchBytes(kernels, matrix.inputs));
    const std::vector<float> scales(3, 0.5F);
    std::vector<float> one(3 * matrix.scales.size());
    std::vector<float> other = one;
    const QuantizedRows view{rows.data(), 3, scales.data(), reinterpret_cast<std::byte*>(scratch.data())};
    packed.multiply(kernels, view, one.data());
    usual.multiply(chosenKernels(), view, other.data());
    require(one == other, "products are the same under every plan");
}

} // namespace

bool runPlan(std::string_view bytes)
{
    static const std::vector<test::SparseCodes> matrices = [] {
        Random random(5);
        return std::vector{test::freeMask(random, 40, 100, 0.1), test::freeMask(random, 40, 100, 0.5), test::freeMask(random, 40, 100, 1)};
    }();
    bool counts = false;
    for (const std::string& text : {std::string(bytes), withChecksum(head + std::string(bytes))}) {
        Kernels kernels = chosenKernels();
        if (!readPlan(text, head, kernels)) {
            require(!kernels.measuredHere, "what is passed over changes nothing");
            continue;
        }
        counts = true;
        require(planText(head, kernels) == text, "a plan that counts is one that we would write");
        for (const auto& matrix : matrices)
            checkProducts(kernels, matrix);
    }
    return counts;
}

} // namespace espalier::fuzzing
