// SPDX-License-Identifier: GPL-3.0-or-later
// HeaderPacker: a package's header as it stands in the file (edge/PackageFormat.h).
#pragma once

#include "engine/core/Json.h"

#include <string>

namespace espalier {

/// @p header: as edge::toJson() writes it, or any other value, which a reader will refuse.
std::string packHeader(const Json& header);

} // namespace espalier
