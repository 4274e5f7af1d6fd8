// SPDX-License-Identifier: Apache-2.0
// Where a text may be cut without taking apart what readers see as one character: the borders of extended grapheme clusters
// (UAX 29, Unicode 15.0).
#pragma once

#include "engine/tokenizers/unicode/CharacterData.h"

namespace espalier::unicode {

/// Asked about each two neighbours of a text in turn, since flags and joined pictographs depend on what came before.
class GraphemeBreaks {
public:
    bool between(std::int32_t previous, std::int32_t next);

private:
    GraphemeClass m_state = GraphemeClass::Other; ///< of all that came before, once there was something
    bool m_started = false;
};

} // namespace espalier::unicode
