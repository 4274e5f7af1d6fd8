// SPDX-License-Identifier: Apache-2.0
// Task: what a model answers for a text. Known to every layer, from the data to the device.
#pragma once

#include "engine/core/Result.h"

#include <string_view>

namespace espalier {

enum class Task {
    SingleLabel, ///< one class a text: intents, topics, sentiment
    MultiLabel,  ///< any number of classes a text, none included
    TokenTags,   ///< one tag a word: named entities and slots, in BIO
};

/// Stable name, in files and on the wire: "single_label", "multi_label", "token_tags".
std::string_view taskName(Task task);
/// InvalidFormat for a name that this version does not know.
Result<Task> taskFromName(std::string_view name);

} // namespace espalier
