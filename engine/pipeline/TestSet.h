// SPDX-License-Identifier: GPL-3.0-or-later
// The sentences that travel with a package: those its self-test repeats, and the labelled test part as a file for a device.
#pragma once

#include "engine/data/Dataset.h"

#include <filesystem>
#include <string>
#include <vector>

namespace espalier {

/// Sentences to prove parity on: up to @p count of validation, then test, spread evenly over each part.
std::vector<std::string> paritySentences(const Splits& splits, std::size_t count);

/// Writes the test part into @p folder as `espalier-edge evaluate` reads it, and returns the file: test.tsv for one label a text (tabs and line breaks inside a text
/// become spaces), else test.jsonl.
Result<std::filesystem::path> writeTestSet(const std::filesystem::path& folder, const Splits& splits);

} // namespace espalier
