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

/// Stable name of the score by which models of a task are compared: "accuracy", "micro_f1", "entity_f1".
std::string_view scoreName(Task task);
/// How people write it: "accuracy", "micro-F1", "entity F1". A name that is not known stays as it is.
std::string_view scoreTitle(std::string_view name);

} // namespace espalier
