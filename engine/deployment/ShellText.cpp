// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/deployment/ShellText.h"

namespace espalier {

std::string shellQuoted(std::string_view text)
{
    std::string quoted = "'";
    for (const char c : text) {
        if (c == '\'')
            quoted += "'\"'\"'";
        else
            quoted += c;
    }
    return quoted + "'";
}

std::vector<std::string> shellArguments(const Command& command)
{
    // Messages are recognised by their words, and figures by their form: no other language.
    std::vector<std::string> arguments{"/bin/sh", "-c", "LC_ALL=C; export LC_ALL; " + command.script, "espalier"};
    arguments.insert(arguments.end(), command.arguments.begin(), command.arguments.end());
    return arguments;
}

std::string shellLine(const Command& command)
{
    std::string line = "exec";
    for (const std::string& argument : shellArguments(command))
        line += " " + shellQuoted(argument);
    return line;
}

} // namespace espalier
