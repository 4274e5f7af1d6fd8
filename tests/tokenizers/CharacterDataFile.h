// SPDX-License-Identifier: GPL-3.0-or-later
// Makes engine/tokenizers/unicode/CharacterData.inc from what the installed utf8proc says of each code point.
#pragma once

#include <string>

namespace espalier {

/// The Unicode version that the tables hold. Another one changes what texts become, and with that the ids that models were trained with.
constexpr const char* tablesUnicode = "15.0.0";

/// The text of the file.
std::string characterDataFile();

} // namespace espalier
