// SPDX-License-Identifier: GPL-3.0-or-later
// What the fuzzer does with one input about tokenizers; the regression test does the same with the kept ones. The input: a letter that says
// what the file is (L a list of tokens, T a tokenizer.json, M a vocab.json and merges, C our own JSON), the file, and after a line
// "---" the sentence (for M, the merges stand between two such lines).
#pragma once

#include <string_view>

namespace espalier::fuzzing {

/// Whether the input made a tokenizer. Aborts when a promise is broken: an id beyond the vocabulary, an offset beyond the text, a tokenizer
/// that does not come back from its own JSON.
bool runTokenizerInput(std::string_view input);

} // namespace espalier::fuzzing
