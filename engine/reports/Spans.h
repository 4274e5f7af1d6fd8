// SPDX-License-Identifier: GPL-3.0-or-later
// Stretches of a text on the wire: [[begin, end], ...] in bytes of its UTF-8.
#pragma once

#include "engine/core/Json.h"

#include <cstdint>
#include <utility>

namespace espalier {

using ByteSpans = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

Json spansToJson(const ByteSpans& spans);
/// The field @p name of @p fields. Errors: not a list of pairs, or a pair that ends before it begins.
Result<ByteSpans> spansFromJson(const Fields& fields, std::string_view name);

} // namespace espalier
