// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/PredictionTable.h"

#include "engine/core/CsvField.h"
#include "engine/core/Random.h"
#include "engine/core/SafeFile.h"
#include "engine/data/DelimitedText.h"
#include "engine/evaluation/Slices.h"

#include <algorithm>
#include <charconv>

namespace espalier {
namespace {

/// The shortest text that reads back as the same number; probabilities are single precision.
std::string number(float value)
{
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    return {text, end};
}

Result<PredictionRow> rowOf(const DelimitedRow& row, const std::string& file, std::int64_t line)
{
    PredictionRow made;
    const auto place = [&] { return "'" + file + "', line " + std::to_string(line); };
    if (!row.problem.empty() || row.fields.size() < 4)
        return Error{ErrorCode::InvalidFormat, place() + ", is no row of predictions.", "Run the Evaluate node again.", {}};
    const std::string probability(row.fields[3]);
    float value = 0;
    const auto [end, status] = std::from_chars(probability.data(), probability.data() + probability.size(), value);
    if (status != std::errc{} || end != probability.data() + probability.size())
        return Error{ErrorCode::InvalidFormat, place() + ", has the probability '" + probability + "'.", "Run the Evaluate node again.", {}};
    made.probability = static_cast<double>(value);
    made.text = row.fields[0];
    made.truth = row.fields[1];
    made.prediction = row.fields[2];
    return made;
}

bool fits(const PredictionRow& row, const PredictionQuery& query)
{
    return (!query.truth || row.truth == *query.truth) && (!query.prediction || row.prediction == *query.prediction) &&
           (!query.slice || inSlice(row, *query.slice));
}

Result<void> sortRows(std::vector<const PredictionRow*>& rows, const PredictionQuery& query)
{
    if (query.order == "worst")
        std::stable_sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) { return a->merit() < b->merit(); });
    else if (query.order == "best")
        std::stable_sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) { return a->merit() > b->merit(); });
    else if (query.order == "random")
        Random(query.seed).shuffle(rows);
    else
        return Error{ErrorCode::InvalidArgument, "Rows cannot be ordered by '" + query.order + "'.", "Ask for best, worst or random.", {}};
    return {};
}

} // namespace

std::string predictionsToCsv(const std::vector<PredictionRow>& rows, const std::optional<ClassScores>& scores)
{
    std::string csv = "text,truth,prediction,probability";
    if (scores)
        for (const std::string& label : scores->labels)
            csv += "," + csvField(label);
    csv += "\r\n";
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const PredictionRow& row = rows[i];
        csv += csvField(row.text) + "," + csvField(row.truth) + "," + csvField(row.prediction) + "," + number(static_cast<float>(row.probability));
        if (scores)
            for (const float p : scores->probabilities.subspan(i * scores->labels.size(), scores->labels.size()))
                csv += "," + number(p);
        csv += "\r\n";
    }
    return csv;
}

Result<std::vector<PredictionRow>> readPredictions(const std::filesystem::path& file)
{
    ESPALIER_TRY(const std::string bytes, readFile(file));
    const DelimitedText csv(',', true);
    std::vector<PredictionRow> rows;
    std::int64_t line = 1;
    for (std::string_view text = bytes; !text.empty();) {
        DelimitedRow row;
        csv.parse(text, row);
        if (line > 1) { // after the header
            ESPALIER_TRY(PredictionRow made, rowOf(row, file.string(), line));
            rows.push_back(std::move(made));
        }
        text.remove_prefix(row.bytes);
        line += row.lines;
    }
    return rows;
}

Result<PredictionPage> selectRows(const std::vector<PredictionRow>& rows, const PredictionQuery& query)
{
    std::vector<const PredictionRow*> chosen;
    for (const PredictionRow& row : rows)
        if (fits(row, query))
            chosen.push_back(&row);
    ESPALIER_CHECK(sortRows(chosen, query));
    PredictionPage page;
    page.total = chosen.size();
    const std::size_t begin = std::min(query.offset, chosen.size());
    const std::size_t count = std::min(query.limit, chosen.size() - begin);
    for (std::size_t i = begin; i < begin + count; ++i)
        page.rows.push_back(*chosen[i]);
    return page;
}

SampleRows sampleRows(const std::vector<PredictionRow>& rows, std::size_t count, std::uint64_t seed)
{
    const auto take = [&](const char* order) {
        return std::move(selectRows(rows, {.order = order, .limit = count, .seed = seed}).value().rows);
    };
    return {take("best"), take("worst"), take("random")};
}

} // namespace espalier
