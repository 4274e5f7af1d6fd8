// SPDX-License-Identifier: GPL-3.0-or-later
// What compression changed, sentence by sentence: which answers of a package are others than those of the model before compression, in which classes and at which
// lengths; and which of the pinned sentences, whose answers must stay, changed.
#pragma once

#include "engine/core/Json.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace espalier {

/// A sentence that the package answers otherwise than expected. Several labels stand with commas between, tags of words with spaces.
struct FlippedSentence {
    std::string text;
    std::string truth;    ///< its labels in the data; empty for a pinned sentence
    std::string expected; ///< what the reference answers, or the label it is pinned with
    std::string got;      ///< what the package answers
    /// Probability that the reference gives the expected answer, 0 to 1; none without a reference. Of an answer in parts (labels, words): of the part that lost most.
    std::optional<double> before = {};
    double after = 0; ///< the package's probability of the same
    bool pinned = false;
    std::vector<std::string> classes = {}; ///< whose slices it stands in; none for a pinned sentence
    std::int64_t characters = 0;           ///< its length, as slices count it; 0 for a pinned sentence

    /// What the expected answer lost. Without a reference it counts as certain before.
    [[nodiscard]] double loss() const { return before.value_or(1) - after; }
    bool operator==(const FlippedSentence&) const = default;
};

/// Sentences with something in common, and how many of them flip.
struct FlipSlice {
    std::string kind;       ///< "length" or "class"
    std::string label = {}; ///< of "class": among the sentence's true labels; where words are tagged, the type of an entity in it
    std::int64_t low = 0;   ///< of "length": characters, inclusive
    std::int64_t high = 0;
    std::int64_t examples = 0;
    std::int64_t flips = 0;

    [[nodiscard]] bool holds(const FlippedSentence& sentence) const;
    bool operator==(const FlipSlice&) const = default;
};

struct FlipReport {
    std::string split;         ///< "validation" or "test": the part that was compared; empty without a reference
    std::int64_t examples = 0; ///< sentences of it that were compared
    std::int64_t flips = 0;    ///< of these
    std::int64_t broken = 0;   ///< flips of answers that were right
    std::int64_t mended = 0;   ///< flips to answers that are right
    std::vector<FlipSlice> slices;          ///< by length, shortest first; then by class, most flips first
    std::vector<FlippedSentence> sentences; ///< of the part, the greatest loss first, at most maxFlipsKept
    std::int64_t pinned = 0;      ///< pinned sentences
    std::int64_t pinnedFlips = 0; ///< of these
    std::vector<FlippedSentence> pinnedSentences; ///< those that flip, the greatest loss first, at most maxFlipsKept

    /// flips / examples; 0 where nothing was compared.
    [[nodiscard]] double share() const { return examples == 0 ? 0 : static_cast<double>(flips) / static_cast<double>(examples); }
    bool operator==(const FlipReport&) const = default;
};

inline constexpr std::size_t maxFlipsKept = 200;
/// Its name in the folder of a package's artefact.
inline constexpr auto flipsFile = "flips.json";

Json toJson(const FlipReport& report);
Result<FlipReport> flipReportFromJson(const Json& json);

} // namespace espalier
