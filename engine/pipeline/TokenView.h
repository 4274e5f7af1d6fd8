// SPDX-License-Identifier: GPL-3.0-or-later
// TokenView: what a node's tokenizer makes of a text, for the window and the command line.
#pragma once

#include "engine/pipeline/Pipeline.h"

namespace espalier {

/// The tokenizer that @p node makes or holds: a tokenizer node, or one whose output is a model or a checkpoint. What is not at hand is
/// computed. Errors: no such node, it cannot run yet, or it has no tokenizer.
Result<Tokenizer> tokenizerOf(Pipeline& pipeline, const std::string& node, RunContext& context);

/// [{id, token, begin, end}]: the vocabulary's entry for each token and its bytes of @p text; begin == end for a special token that is not
/// in the text. Of a tokenizer from a file also file_id, the id there.
Json tokensToJson(const Tokenizer& tokenizer, const std::string& text);

} // namespace espalier
