// SPDX-License-Identifier: GPL-3.0-or-later
// A small project that trains in about a second: three intents in plain sentences, in a folder of its own.
#pragma once

#include "engine/graph/ProjectFile.h"

#include <filesystem>

namespace espalier::test {

/// Writes train.tsv, val.tsv, test.tsv and toy.espalier into @p folder and returns the project.
Project writeToyProject(const std::filesystem::path& folder);

} // namespace espalier::test
