// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reports/EvaluationReport.h"

namespace espalier {
namespace {

ClassScore scoreOf(const EvaluationReport& report, std::size_t index, const std::string& label)
{
    std::int64_t predicted = 0;
    std::int64_t actual = 0;
    for (std::size_t k = 0; k < report.confusion.size(); ++k) {
        predicted += report.confusion[k][index];
        actual += report.confusion[index][k];
    }
    const auto hit = static_cast<double>(report.confusion[index][index]);
    ClassScore score{label, 0, 0, 0, actual};
    if (predicted > 0)
        score.precision = hit / static_cast<double>(predicted);
    if (actual > 0)
        score.recall = hit / static_cast<double>(actual);
    if (predicted + actual > 0)
        score.f1 = 2 * hit / static_cast<double>(predicted + actual);
    return score;
}

/// Macro-F1 as scikit-learn averages it: over the classes that occur in truth or prediction.
double macroF1(const EvaluationReport& report)
{
    double sum = 0;
    int seen = 0;
    for (const auto& score : report.classes) {
        if (score.support == 0 && score.precision == 0 && score.f1 == 0) {
            std::int64_t predicted = 0;
            for (const auto& row : report.confusion)
                predicted += row[static_cast<std::size_t>(&score - report.classes.data())];
            if (predicted == 0)
                continue;
        }
        sum += score.f1;
        ++seen;
    }
    return seen > 0 ? sum / seen : 0;
}

Result<void> readClasses(const Fields& fields, EvaluationReport& report)
{
    ESPALIER_TRY(const auto classes, fields.array("classes"));
    for (const Json* item : classes) {
        ESPALIER_TRY(const Fields c, Fields::of(*item, "evaluation.classes"));
        ClassScore score;
        ESPALIER_TRY(score.label, c.text("label"));
        ESPALIER_TRY(score.precision, c.number("precision"));
        ESPALIER_TRY(score.recall, c.number("recall"));
        ESPALIER_TRY(score.f1, c.number("f1"));
        ESPALIER_TRY(score.support, c.integer("support"));
        report.classes.push_back(std::move(score));
    }
    return {};
}

Result<void> readConfusion(const Fields& fields, EvaluationReport& report)
{
    ESPALIER_TRY(const auto rows, fields.array("confusion"));
    for (const Json* row : rows) {
        std::vector<std::int64_t> counts;
        if (!row->is_array() || row->size() != report.classes.size())
            return Error{ErrorCode::InvalidFormat, "'evaluation.confusion' must be a square table with a row a class.", {}, {}};
        for (const Json& cell : *row) {
            if (!cell.is_number_integer())
                return Error{ErrorCode::InvalidFormat, "'evaluation.confusion' must hold whole numbers.", {}, {}};
            counts.push_back(cell.get<std::int64_t>());
        }
        report.confusion.push_back(std::move(counts));
    }
    if (report.confusion.size() != report.classes.size() && !(report.taskScores && report.confusion.empty()))
        return Error{ErrorCode::InvalidFormat, "'evaluation.confusion' must be a square table with a row a class.", {}, {}};
    return {};
}

/// The members that a full evaluation adds, where they are present.
Result<void> readDetails(const Fields& fields, const Json& json, EvaluationReport& report)
{
    if (fields.has("intervals")) {
        ESPALIER_TRY(report.intervals, bootstrapIntervalsFromJson(json.at("intervals")));
    }
    if (fields.has("calibration")) {
        ESPALIER_TRY(report.calibration, calibrationReportFromJson(json.at("calibration")));
    }
    if (fields.has("slices")) {
        ESPALIER_TRY(report.slices, slicesFromJson(json.at("slices")));
    }
    if (fields.has("samples")) {
        ESPALIER_TRY(report.samples, sampleRowsFromJson(json.at("samples")));
    }
    if (fields.has("out_of_scope")) {
        ESPALIER_TRY(report.outOfScope, outOfScopeReportFromJson(json.at("out_of_scope")));
    }
    return {};
}

} // namespace

double weightedF1(const std::vector<ClassScore>& classes)
{
    double sum = 0;
    double support = 0;
    for (const ClassScore& score : classes) {
        sum += score.f1 * static_cast<double>(score.support);
        support += static_cast<double>(score.support);
    }
    return support > 0 ? sum / support : 0;
}

EvaluationReport evaluatePredictions(const std::string& split, const std::vector<std::string>& labels, const std::vector<std::int64_t>& truth,
                                     const std::vector<std::int64_t>& predicted)
{
    EvaluationReport report;
    report.split = split;
    report.examples = static_cast<std::int64_t>(truth.size());
    report.confusion.assign(labels.size(), std::vector<std::int64_t>(labels.size(), 0));
    std::int64_t hits = 0;
    for (std::size_t i = 0; i < truth.size(); ++i) {
        ++report.confusion[static_cast<std::size_t>(truth[i])][static_cast<std::size_t>(predicted[i])];
        hits += truth[i] == predicted[i] ? 1 : 0;
    }
    if (!truth.empty())
        report.accuracy = static_cast<double>(hits) / static_cast<double>(truth.size());
    for (std::size_t k = 0; k < labels.size(); ++k)
        report.classes.push_back(scoreOf(report, k, labels[k]));
    report.macroF1 = macroF1(report);
    report.microF1 = report.accuracy;
    report.weightedF1 = weightedF1(report.classes);
    return report;
}

std::string_view scoreName(const EvaluationReport& report)
{
    return scoreName(!report.taskScores ? Task::SingleLabel : report.taskScores->threshold > 0 ? Task::MultiLabel : Task::TokenTags);
}

double scoreOf(const EvaluationReport& report)
{
    return report.taskScores ? report.taskScores->f1 : report.accuracy;
}

Json toJson(const EvaluationReport& report)
{
    Json classes = Json::array();
    for (const auto& c : report.classes)
        classes.push_back({{"label", c.label}, {"precision", c.precision}, {"recall", c.recall}, {"f1", c.f1}, {"support", c.support}});
    Json json{{"split", report.split},       {"examples", report.examples}, {"accuracy", report.accuracy},
              {"macro_f1", report.macroF1},  {"micro_f1", report.microF1},  {"weighted_f1", report.weightedF1},
              {"loss", report.loss},         {"classes", classes},          {"confusion", report.confusion}};
    if (report.taskScores)
        json["task_scores"] = {{"f1", report.taskScores->f1}, {"precision", report.taskScores->precision}, {"recall", report.taskScores->recall},
                               {"threshold", report.taskScores->threshold}};
    if (report.intervals)
        json["intervals"] = toJson(*report.intervals);
    if (report.calibration)
        json["calibration"] = toJson(*report.calibration);
    if (!report.slices.empty())
        json["slices"] = toJson(report.slices);
    if (report.samples)
        json["samples"] = toJson(*report.samples);
    if (report.outOfScope)
        json["out_of_scope"] = toJson(*report.outOfScope);
    return json;
}

Result<EvaluationReport> evaluationReportFromJson(const Json& json)
{
    EvaluationReport report;
    ESPALIER_TRY(const Fields fields, Fields::of(json, "evaluation"));
    ESPALIER_TRY(report.split, fields.text("split"));
    ESPALIER_TRY(report.examples, fields.integer("examples"));
    ESPALIER_TRY(report.accuracy, fields.number("accuracy"));
    ESPALIER_TRY(report.macroF1, fields.number("macro_f1"));
    ESPALIER_TRY(report.microF1, fields.numberOr("micro_f1", report.accuracy));
    ESPALIER_TRY(report.loss, fields.number("loss"));
    ESPALIER_CHECK(readClasses(fields, report));
    ESPALIER_TRY(report.weightedF1, fields.numberOr("weighted_f1", weightedF1(report.classes)));
    if (fields.has("task_scores")) {
        ESPALIER_TRY(const Fields scores, fields.object("task_scores"));
        report.taskScores.emplace();
        ESPALIER_TRY(report.taskScores->f1, scores.number("f1"));
        ESPALIER_TRY(report.taskScores->precision, scores.number("precision"));
        ESPALIER_TRY(report.taskScores->recall, scores.number("recall"));
        ESPALIER_TRY(report.taskScores->threshold, scores.number("threshold"));
    }
    ESPALIER_CHECK(readConfusion(fields, report));
    ESPALIER_CHECK(readDetails(fields, json, report));
    return report;
}

} // namespace espalier
