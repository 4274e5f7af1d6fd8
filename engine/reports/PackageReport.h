// SPDX-License-Identifier: GPL-3.0-or-later
// What exporting made: the package's size and fingerprint, how each tensor was stored, how closely the edge
// runtime agrees with the engine on the self-test sentences, and which answers compression changed.
#pragma once

#include "engine/reports/FlipReport.h"

#include <cstdint>
#include <string>
#include <vector>

namespace espalier {

struct PackagedTensor {
    std::string name;
    std::vector<std::int64_t> shape;
    std::string encoding; ///< stable id of the stored form: "f32", "i8", "i8_rans"...
    std::int64_t bytes = 0; ///< in the file
    double sparsity = 0;  ///< share of zeros, 0 to 1
};

struct ParityReport {
    std::int64_t sentences = 0;
    std::int64_t labelsEqual = 0;
    double maxAbsDifference = 0; ///< of a probability
};

struct PackageReport {
    std::string sha256; ///< of the file
    std::int64_t bytes = 0;
    std::string precision; ///< "fp32", or a scheme of quantisation: "int8", "int4:32+int8"
    std::vector<PackagedTensor> tensors;
    ParityReport parity;
    std::optional<FlipReport> flips = {}; ///< none: there was nothing to compare the answers with
};

Json toJson(const PackageReport& report);
Result<PackageReport> packageReportFromJson(const Json& json);

} // namespace espalier
