// SPDX-License-Identifier: GPL-3.0-or-later
// How a choice of weights reads in one line: "LAMP, all layers together, with the other layers".
#pragma once

#include "widgets/compression/CompressionSettings.h"

#include <string>

namespace espalier {

/// The label of a choice parameter's value of a node type, in the user's language; the value itself where there is none.
QString choiceLabel(const char* nodeType, const char* parameter, const std::string& value);
/// Score and method; pattern, embeddings and layers of their own where they are not the usual ones.
QString choiceText(const CompressionSettings& settings);

} // namespace espalier
