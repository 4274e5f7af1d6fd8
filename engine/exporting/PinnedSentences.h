// SPDX-License-Identifier: GPL-3.0-or-later
// Pinned sentences: those whose answers must not change, whatever is done to a model to make it smaller. They are the user's contract with a package.
#pragma once

#include "engine/core/RunContext.h"
#include "engine/training/Checkpoint.h"

#include <filesystem>
#include <optional>

namespace espalier {

struct PinnedSentence {
    std::string text;
    /// The whole answer, as Answers::decision(): the class, the labels in ascending order, or the tag of each word. None: what the reference answers.
    std::optional<std::vector<std::size_t>> expected = {};
};

/// A `.txt` file holds a sentence a line, without labels. Every other file is read as data of the checkpoint's task (several labels of a field stand with commas
/// between), and its labels are what must be answered. Unlike in training data no row is set aside: errors name the file with the first line that cannot be
/// used, the first label that the model does not know, or the sentence whose words are tagged otherwise than a device divides it.
Result<std::vector<PinnedSentence>> readPinnedSentences(const std::filesystem::path& file, const Checkpoint& checkpoint, RunContext& context);

} // namespace espalier
