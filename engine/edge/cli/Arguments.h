// SPDX-License-Identifier: Apache-2.0
// The command line of espalier-edge, parsed by hand: the executable carries no library for it.
#pragma once

#include "engine/core/Result.h"

#include <optional>
#include <string>

namespace espalier::edge {

struct Arguments {
    std::string command;
    std::string package;
    std::optional<std::string> input; ///< --input FILE
    double seconds = 2;               ///< --seconds S
    bool all = false;                 ///< --all
    bool text = false;                ///< --text
    bool predictions = false;         ///< --predictions
    bool plan = false;                ///< --plan
    bool calibrate = false;           ///< --calibrate
    std::string listen = "127.0.0.1:8080"; ///< --listen ADDRESS
    std::string tokenFile;            ///< --token-file FILE
    std::optional<std::size_t> threads; ///< --threads N
    std::size_t queue = 256;          ///< --queue N
    double timeout = 10;              ///< --timeout S
};

/// InvalidArgument names what is wrong; "--help" and "--version" come back as commands.
Result<Arguments> parseArguments(int count, const char* const* values);

/// What `espalier-edge --help` prints.
const char* usageText();

} // namespace espalier::edge
