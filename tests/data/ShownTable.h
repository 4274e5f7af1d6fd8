// SPDX-License-Identifier: GPL-3.0-or-later
// A table of examples as text, for tests to compare.
#pragma once

#include "engine/data/ExampleTable.h"

#include <string>

namespace espalier::test {

/// "[text|label label][text|label]", in the table's order.
inline std::string shown(const ExampleTable& table)
{
    std::string text;
    for (const Example& example : table) {
        text += "[" + example.text + "|";
        for (const std::string& label : example.labels)
            text += (text.back() == '|' ? "" : " ") + label;
        text += "]";
    }
    return text;
}

} // namespace espalier::test
