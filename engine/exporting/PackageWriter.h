// SPDX-License-Identifier: GPL-3.0-or-later
// PackageWriter: a checkpoint becomes a package (.espkg). Each tensor takes the smallest encoding of its precision (Encodings.h);
// the edge runtime then answers the given sentences as the engine does, or the export fails. The same checkpoint, sentences
// and options give the same bytes.
//
// Parity holds, in fp32, when all labels are equal and no probability differs by more than 1e-4; in a quantised package, when at least 98 % of the labels
// are equal (one may always differ; where words are tagged, 90 % of the sentences as a whole) and every sentence that the engine is sure of (its best answer leads by more than 0.3) has its label. In both,
// each op must compute what a plain reference makes of the same inputs and the checkpoint's weights, on a few of the sentences. Where some tensor has 4 bits the
// engine answers with the weights as they are in the package, since rounding to 4 bits without training is known to cost answers: a warning says how many.
#pragma once

#include "engine/reports/PackageReport.h"
#include "engine/training/Checkpoint.h"

#include <filesystem>

namespace espalier {

struct ExportOptions {
    std::string precision = "int8"; ///< as Checkpoint::schemeFor(); "fp32": labels and probabilities as the engine's
    bool sparse = true;             ///< allow encodings that leave zeros out, where that is smaller
    int selfTests = 32;             ///< sentences stored in the package for the device's own test, at most; fewer from 65 classes on
    double rejectBelow = 0;         ///< an answer less probable than this is out of scope on the device; 0: none is
    Json provenance = Json::object(); ///< stored as it is, beside what is known of the checkpoint
};

struct EncodedPackage {
    std::string bytes; ///< the file
    PackageReport report; ///< parity not yet measured
};

/// The package in memory, without its parity check: exact bytes for the slider. @p sentences feed the self-tests (SelfTests.h).
/// Errors: unknown precision or architecture, a provenance that is no object, a weight that is not finite, Cancelled.
Result<EncodedPackage> encodePackage(const Checkpoint& checkpoint, const std::vector<std::string>& sentences, const ExportOptions& options,
                                     RunContext& context);

/// Runs edge runtime and engine on @p sentences. ParityMismatch names the first sentence, both labels and the op whose output differs
/// first; or says that none does, so that the bits are too few for these weights.
Result<ParityReport> checkParity(const Checkpoint& checkpoint, const std::string& packageBytes, const std::vector<std::string>& sentences,
                                 RunContext& context);

/// Encodes, checks parity on @p sentences (all of them), writes @p path safely. Nothing is written when parity fails.
Result<PackageReport> exportPackage(const Checkpoint& checkpoint, const std::vector<std::string>& sentences, const std::filesystem::path& path,
                                    const ExportOptions& options, RunContext& context);

} // namespace espalier
