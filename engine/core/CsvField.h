// SPDX-License-Identifier: Apache-2.0
// csvField(): a text as one field of a CSV line, quoted where RFC 4180 asks for it.
#pragma once

#include <string>

namespace espalier {

inline std::string csvField(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c;
        if (c == '"')
            quoted += c;
    }
    return quoted + "\"";
}

} // namespace espalier
