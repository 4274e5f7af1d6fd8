// SPDX-License-Identifier: GPL-3.0-or-later
// DataParameters: the Dataset node's parameters as options of the readers.
#pragma once

#include "engine/core/ParameterSpec.h"
#include "engine/data/Reading.h"

namespace espalier {

/// @p parameters are complete and checked.
ReaderOptions readerOptions(const Parameters& parameters);

/// The same from some of the Dataset node's parameters that say how a file is written. Errors: a parameter that the node does not
/// have, or a value that it does not take.
Result<ReaderOptions> readerOptionsFromJson(const Json& json, const std::string& path);

} // namespace espalier
