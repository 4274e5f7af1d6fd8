// SPDX-License-Identifier: GPL-3.0-or-later
// Flips: which sentences a package answers otherwise than the model before compression, and whether pinned sentences keep their answers. What answers for the
// package is the edge runtime on the packaged tensors, so pruning, rounding and temperature all count.
#pragma once

#include "engine/data/ExampleTable.h"
#include "engine/exporting/PinnedSentences.h"
#include "engine/reports/FlipReport.h"

namespace espalier {

/// What a package's answers are held against.
struct FlipRequest {
    const Checkpoint* reference = nullptr; ///< the model before compression, which answers in fp32; null: only pinned sentences with labels can be compared
    std::string split = {};                ///< names the part that the examples are of
    ExampleTable examples = {};            ///< compared where there is a reference: at most maxFlipExamples, spread evenly
    std::vector<PinnedSentence> pinned = {};
};

inline constexpr std::size_t maxFlipExamples = 10000; ///< so that a large part costs seconds

/// Whether @p request can be answered for @p packaged: InvalidArgument for a pinned sentence without a label where there is no reference, and for a reference of
/// another task or other labels. Cheap, for saying so before a package is made.
Result<void> checkFlipRequest(const FlipRequest& request, const Checkpoint& packaged);

/// Answers are compared whole: the class; the set of labels; the tags of all words. An answer that the device would reject as out of scope breaks a pinned
/// sentence. Errors: as checkFlipRequest(); those of either side's answers; Cancelled.
Result<FlipReport> findFlips(const Checkpoint& packaged, const std::string& packageBytes, const FlipRequest& request, RunContext& context);

/// What to say of pinned sentences that flip: it names the first few, and the remedy.
Error pinnedFlipError(const FlipReport& report);

} // namespace espalier
