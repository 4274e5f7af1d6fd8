// SPDX-License-Identifier: GPL-3.0-or-later
// FileLayouts: finds out how a data file is written, from its beginning and the user's options.
#pragma once

#include "engine/data/formats/DataFormat.h"

namespace espalier {

/// How many bytes of a file's text are looked at.
inline constexpr std::size_t sampleBytes = std::size_t{16} << 20;

/// The beginning of @p path. Errors: it cannot be read; an unknown compression or encoding.
Result<DataSample> takeSample(const std::filesystem::path& path, const ReaderOptions& options, std::size_t limit = sampleBytes);

/// What @p options leave to "auto" is found out. Errors: an unknown value; no format fits; an option that does not fit the file.
Result<FileLayout> findFileLayout(const DataSample& sample, const ReaderOptions& options);

} // namespace espalier
