// SPDX-License-Identifier: Apache-2.0
// Answers as JSON: what `classify` prints a line of and `serve` sends.
#pragma once

#include "engine/core/Json.h"
#include "engine/edge/Session.h"

namespace espalier::edge {

struct AnswerOptions {
    bool all = false;     ///< every label's probability; TokenTags: every word's tag
    bool text = false;    ///< the sentence, too
    bool rejects = false; ///< the package says from which probability on an answer counts
};

/// @p answer, the session's to @p text. SingleLabel: {"label", "score"}; MultiLabel: {"labels": [...]}, the likeliest first; TokenTags: {"entities": [...]}, with bytes of the
/// text. Scores have six decimals.
Json answerJson(const Session& session, std::string_view text, const Classification& answer, const AnswerOptions& options);
/// Answers @p text.
inline Json answerJson(Session& session, std::string_view text, const AnswerOptions& options) { return answerJson(session, text, session.classify(text), options); }

} // namespace espalier::edge
