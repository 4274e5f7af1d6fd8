// SPDX-License-Identifier: GPL-3.0-or-later
// Texts of the engine's catalogues (labels, help, categories, choices, units) in the user's language. The engine is
// English only; its texts are listed for translators under the context "catalog".
#pragma once

#include <QString>

#include <string>

namespace espalier {

/// @p english translated in the context "catalog"; itself where there is no translation.
QString catalogText(const std::string& english);

} // namespace espalier
