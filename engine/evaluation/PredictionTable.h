// SPDX-License-Identifier: GPL-3.0-or-later
// PredictionTable: the exact answers of an evaluation, sentence by sentence, as CSV (RFC 4180) that a spreadsheet or script can
// read, and queries over it: which sentences of this class were taken for that one, worst first.
#pragma once

#include "engine/reports/EvaluationDetails.h"

#include <filesystem>
#include <optional>
#include <span>
#include <vector>

namespace espalier {

/// Probabilities of all classes, for those who want more than the answer.
struct ClassScores {
    const std::vector<std::string>& labels;
    std::span<const float> probabilities; ///< [rows x labels]
};

/// Its name in the folder of an evaluation's artefact.
inline constexpr auto predictionsFile = "predictions.csv";

/// Columns text, truth, prediction, probability, and with @p scores one a class, called by its label.
std::string predictionsToCsv(const std::vector<PredictionRow>& rows, const std::optional<ClassScores>& scores = std::nullopt);
/// Errors name the file and line.
Result<std::vector<PredictionRow>> readPredictions(const std::filesystem::path& file);

struct PredictionQuery {
    std::optional<std::string> truth = {};
    std::optional<std::string> prediction = {};
    std::optional<Slice> slice = {};
    std::string order = "worst"; ///< "best", "worst", "random"
    std::size_t offset = 0;
    std::size_t limit = 100;
    std::uint64_t seed = 1; ///< of the random order
};

struct PredictionPage {
    std::size_t total = 0; ///< rows that fit the query
    std::vector<PredictionRow> rows;
};

/// Worst: wrong and sure first, right and sure last; best the other way round. Equal rows keep their order. InvalidArgument for
/// another order.
Result<PredictionPage> selectRows(const std::vector<PredictionRow>& rows, const PredictionQuery& query);

/// The @p count best, worst and random rows.
SampleRows sampleRows(const std::vector<PredictionRow>& rows, std::size_t count, std::uint64_t seed);

} // namespace espalier
