// SPDX-License-Identifier: GPL-3.0-or-later
// Markup and addresses inside texts: taking HTML and URLs out.
#pragma once

#include <string>
#include <string_view>

namespace espalier {

/// @p text without tags, comments, scripts and styles, and with character references decoded. A '<' that opens no tag stays.
std::string withoutHtml(std::string_view text);

/// @p text with @p replacement in place of every address that begins with http://, https:// or www. and goes on to a blank, a quote or a
/// bracket; punctuation at its end is not part of it.
std::string withoutUrls(std::string_view text, std::string_view replacement);

} // namespace espalier
