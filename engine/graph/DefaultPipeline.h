// SPDX-License-Identifier: GPL-3.0-or-later
// The pipeline that a dropped file gets: every stage from the file to a device, ready to run.
#pragma once

#include "engine/graph/ProjectFile.h"

#include <filesystem>

namespace espalier {

/// A project for @p dataFile. Files beside it that are plainly its parts (train, val/valid/validation/validate/dev, test with the
/// same ending) are taken too. Paths are written relative to @p projectFolder where they lie below it. @p dataset, where not empty, is what
/// the Dataset node holds instead; tokenizer and model suit its task.
Project defaultPipeline(const std::filesystem::path& dataFile, const std::filesystem::path& projectFolder, const Parameters& dataset = {});

} // namespace espalier
