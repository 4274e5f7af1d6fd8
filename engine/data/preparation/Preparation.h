// SPDX-License-Identifier: GPL-3.0-or-later
// Preparing data before a model is trained on it: cleaning texts, taking out duplicates, choosing and merging classes, balancing them.
// Every step makes a new dataset; what it takes out is set aside with the part, the row and the reason. Rows are counted from 1 in the
// part that the step was given.
#pragma once

#include "engine/core/RunContext.h"
#include "engine/data/Dataset.h"

#include <filesystem>

namespace espalier {

struct CleanOptions {
    std::string unicodeForm = "nfc"; ///< "none", "nfc", "nfkc"
    bool stripHtml = false;          ///< tags out, entities decoded; not for token tags
    std::string urls = "keep";       ///< "keep", "remove", "replace"; not for token tags
    std::string urlToken = "<url>";  ///< what stands for a URL where they are replaced
    bool controls = true;            ///< control and zero-width characters out
    bool spaces = true;              ///< runs of white space become one space, none at the ends
    std::int64_t shortest = 1;       ///< characters; shorter rows are set aside
    std::int64_t longest = 0;        ///< characters; longer rows are set aside; 0: no limit
};
/// Token tags: words are cleaned one by one, so that each keeps its tag. Large results go to @p spillFolder.
Result<Dataset> cleanDataset(const Dataset& dataset, const CleanOptions& options, const std::filesystem::path& spillFolder, RunContext& context);
/// One text, without the limits on its length.
std::string cleanText(std::string_view text, const CleanOptions& options);

struct DeduplicateOptions {
    std::string match = "normalized"; ///< "exact": byte for byte; "normalized": see normalizedKey()
    std::string scope = "everywhere"; ///< "parts": within each part; "everywhere": also out of train what stands in validation or test
};
/// Of equal texts the first row stays. Texts are compared by 64-bit hashes.
Result<Dataset> deduplicate(const Dataset& dataset, const DeduplicateOptions& options, RunContext& context);

struct FilterOptions {
    std::string keep = {};  ///< labels, separated by commas; empty: all
    std::string drop = {};  ///< labels, separated by commas
    std::string merge = {}; ///< "a, b -> c", several separated by semicolons or line ends
    std::int64_t leastExamples = 1; ///< rows of train that a class must have
};
/// Merges first, then keeps and drops. One class a text: rows of other classes are set aside; several: the labels are taken away; token tags:
/// the words are tagged O. Errors: a label that no row has; a line that is no merge; nothing left.
Result<Dataset> filterLabels(const Dataset& dataset, const FilterOptions& options, RunContext& context);

struct BalanceOptions {
    std::string method = "down"; ///< "down": rows of larger classes are left out; "up": rows of smaller classes are repeated
    std::int64_t target = 0;     ///< rows a class; 0: as many as the smallest ("down") or largest ("up") class has
    std::uint64_t seed = 1;
};
/// The training part only; a row with several classes counts for its rarest.
Result<Splits> balance(const Splits& splits, const BalanceOptions& options, RunContext& context);

struct CheckOptions {
    bool remove = false; ///< take out of train what also stands in validation or test
};
/// Compares validation and test with train, text by text, exactly and by normalizedKey(), and puts what it found into Splits::leaks. The
/// parts stay as they are, but for train where @c remove says so. Texts are compared by 64-bit hashes.
Result<Splits> checkForLeaks(const Splits& splits, const CheckOptions& options, RunContext& context);

} // namespace espalier
