// SPDX-License-Identifier: GPL-3.0-or-later
// The fuzz targets, a line each in FuzzTargets.cpp. A target does with one input what the program does with such a file, and aborts where a
// promise is broken that holds for all of them. Its kept inputs stand in corpus/NAME.
#pragma once

#include <string_view>
#include <vector>

namespace espalier::fuzzing {

struct FuzzTarget {
    const char* name;
    /// Whether the input was good enough to be used, as every seed must be.
    bool (*run)(std::string_view input);
};

const std::vector<FuzzTarget>& fuzzTargets();

/// Aborts, saying so, unless @p holds.
void require(bool holds, const char* promise);

/// What stands before the next line "---", which is taken off.
std::string_view nextPart(std::string_view& rest);

/// A path of this process for a file with @p extension (".csv" or nothing); all are removed when the process ends.
std::string writeInput(std::string_view bytes, std::string_view extension = {});
/// Where the same would stand, with nothing written.
std::string inputPath(std::string_view extension);

// The input: a letter that says what the file is (L a list of tokens, T a tokenizer.json, M a vocab.json and merges, C our own JSON), the
// file, and after a line "---" the sentence (for M, the merges stand between two such lines).
bool runTokenizer(std::string_view input);
bool runWordList(std::string_view input);

// The input: a line of reader options ("header=present text=2 ext=csv", or an empty line), and the file.
bool runCsv(std::string_view input);
bool runJsonLines(std::string_view input);
bool runConll(std::string_view input);
bool runFastText(std::string_view input);

// The input: a digit, the place of the encoding in textEncodings(), and a file, compressed or not.
bool runStreams(std::string_view input);

// The input: the numbers of rows and of codes ("3 15"), and after the line's end a tensor in "i8_rans".
bool runEntropy(std::string_view input);

// The input: P and a packed text, or T and a text.
bool runPackedText(std::string_view input);

// The input: the costs that a plan file gives, without what comes before and behind them.
bool runPlan(std::string_view input);

// The input: what a client sends over one connection.
bool runHttp(std::string_view input);

// The input: the file.
bool runJson(std::string_view input);
bool runSafetensors(std::string_view input);

// The input: R and a package, or P, its header, and after a line "---" bytes from which its tensors are made, so that a program can change
// without breaking hash and offsets.
bool runPackage(std::string_view input);

} // namespace espalier::fuzzing
