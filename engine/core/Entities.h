// SPDX-License-Identifier: Apache-2.0
// Entities: what a sequence of BIO tags means. A tag is "O", or "B-" or "I-" with a type after it.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace espalier {

struct Entity {
    std::string_view type; ///< part of a tag that was given
    std::size_t first = 0; ///< word
    std::size_t last = 0;  ///< word, included
    bool operator==(const Entity&) const = default;
};

/// The entities of a sentence, in order, as the default mode of seqeval counts them (Nakayama 2018, after conlleval): one begins at "B-x", and also at "I-x"
/// after "O" or another type; it ends where the next begins, at "O", or where the type changes. "E-" and "S-" of IOBES are understood.
std::vector<Entity> entitiesOf(const std::vector<std::string_view>& tags);

} // namespace espalier
