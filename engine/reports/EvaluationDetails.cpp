// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reports/EvaluationDetails.h"

namespace espalier {
namespace {

Json intervalToJson(const Interval& interval)
{
    return {{"low", interval.low}, {"high", interval.high}};
}

Result<Interval> intervalFrom(const Fields& fields)
{
    Interval interval;
    ESPALIER_TRY(interval.low, fields.number("low"));
    ESPALIER_TRY(interval.high, fields.number("high"));
    return interval;
}

Json reliabilityToJson(const Reliability& reliability)
{
    Json bins = Json::array();
    for (const ReliabilityBin& bin : reliability.bins)
        bins.push_back({{"count", bin.count}, {"confidence", bin.confidence}, {"accuracy", bin.accuracy}});
    return {{"ece", reliability.ece}, {"loss", reliability.loss}, {"bins", bins}};
}

Result<Reliability> reliabilityFrom(const Fields& fields)
{
    Reliability reliability;
    ESPALIER_TRY(reliability.ece, fields.number("ece"));
    ESPALIER_TRY(reliability.loss, fields.number("loss"));
    ESPALIER_TRY(const auto bins, fields.array("bins"));
    for (const Json* item : bins) {
        ESPALIER_TRY(const Fields b, Fields::of(*item, fields.path() + ".bins"));
        ReliabilityBin bin;
        ESPALIER_TRY(bin.count, b.integer("count"));
        ESPALIER_TRY(bin.confidence, b.number("confidence"));
        ESPALIER_TRY(bin.accuracy, b.number("accuracy"));
        reliability.bins.push_back(bin);
    }
    return reliability;
}

Json rowsToJson(const std::vector<PredictionRow>& rows)
{
    Json list = Json::array();
    for (const PredictionRow& row : rows)
        list.push_back(toJson(row));
    return list;
}

Json scoreToJson(const RejectionScore& score)
{
    Json roc = Json::array();
    for (const RocPoint& point : score.roc)
        roc.push_back({point.rejectedInScope, point.recall});
    return {{"score", score.score},   {"threshold", score.threshold},          {"validation_recall", score.validationRecall},
            {"recall", score.recall}, {"accuracy_after", score.accuracyAfter}, {"auroc", score.auroc},
            {"roc", roc}};
}

Result<RejectionScore> scoreFrom(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "out_of_scope.scores"));
    RejectionScore score;
    ESPALIER_TRY(score.score, fields.text("score"));
    ESPALIER_TRY(score.threshold, fields.number("threshold"));
    ESPALIER_TRY(score.validationRecall, fields.number("validation_recall"));
    ESPALIER_TRY(score.recall, fields.number("recall"));
    ESPALIER_TRY(score.accuracyAfter, fields.number("accuracy_after"));
    ESPALIER_TRY(score.auroc, fields.number("auroc"));
    ESPALIER_TRY(const auto points, fields.array("roc"));
    for (const Json* point : points) {
        if (!point->is_array() || point->size() != 2 || !(*point)[0].is_number() || !(*point)[1].is_number())
            return Error{ErrorCode::InvalidFormat, "'out_of_scope.scores.roc' must hold pairs of numbers.", {}, {}};
        score.roc.push_back({(*point)[0].get<double>(), (*point)[1].get<double>()});
    }
    return score;
}

} // namespace

const RejectionScore* OutOfScopeReport::find(std::string_view score) const
{
    for (const RejectionScore& candidate : scores)
        if (candidate.score == score)
            return &candidate;
    return nullptr;
}

Json toJson(const BootstrapIntervals& intervals)
{
    return {{"level", intervals.level},
            {"resamples", intervals.resamples},
            {"accuracy", intervalToJson(intervals.accuracy)},
            {"macro_f1", intervalToJson(intervals.macroF1)}};
}

Result<BootstrapIntervals> bootstrapIntervalsFromJson(const Json& json)
{
    BootstrapIntervals intervals;
    ESPALIER_TRY(const Fields fields, Fields::of(json, "intervals"));
    ESPALIER_TRY(intervals.level, fields.number("level"));
    ESPALIER_TRY(const auto resamples, fields.integer("resamples"));
    intervals.resamples = static_cast<int>(resamples);
    ESPALIER_TRY(const Fields accuracy, fields.object("accuracy"));
    ESPALIER_TRY(intervals.accuracy, intervalFrom(accuracy));
    ESPALIER_TRY(const Fields macroF1, fields.object("macro_f1"));
    ESPALIER_TRY(intervals.macroF1, intervalFrom(macroF1));
    return intervals;
}

Json toJson(const CalibrationReport& calibration)
{
    return {{"temperature", calibration.temperature},
            {"applied", calibration.applied},
            {"before", reliabilityToJson(calibration.before)},
            {"after", reliabilityToJson(calibration.after)}};
}

Result<CalibrationReport> calibrationReportFromJson(const Json& json)
{
    CalibrationReport calibration;
    ESPALIER_TRY(const Fields fields, Fields::of(json, "calibration"));
    ESPALIER_TRY(calibration.temperature, fields.number("temperature"));
    ESPALIER_TRY(calibration.applied, fields.boolean("applied"));
    ESPALIER_TRY(const Fields before, fields.object("before"));
    ESPALIER_TRY(calibration.before, reliabilityFrom(before));
    ESPALIER_TRY(const Fields after, fields.object("after"));
    ESPALIER_TRY(calibration.after, reliabilityFrom(after));
    return calibration;
}

Json toJson(const std::vector<Slice>& slices)
{
    Json list = Json::array();
    for (const Slice& s : slices) {
        Json item{{"kind", s.kind}, {"examples", s.examples}, {"accuracy", s.accuracy}, {"confidence", s.confidence}};
        if (s.kind == "class")
            item["label"] = s.label;
        else
            item.update({{"low", s.low}, {"high", s.high}});
        list.push_back(item);
    }
    return list;
}

Result<std::vector<Slice>> slicesFromJson(const Json& json)
{
    if (!json.is_array())
        return Error{ErrorCode::InvalidFormat, "'evaluation.slices' must be a list.", {}, {}};
    std::vector<Slice> slices;
    for (const Json& item : json) {
        ESPALIER_TRY(const Fields fields, Fields::of(item, "slices"));
        Slice slice;
        ESPALIER_TRY(slice.kind, fields.text("kind"));
        ESPALIER_TRY(slice.label, fields.textOr("label", ""));
        ESPALIER_TRY(slice.low, fields.integerOr("low", 0));
        ESPALIER_TRY(slice.high, fields.integerOr("high", 0));
        ESPALIER_TRY(slice.examples, fields.integer("examples"));
        ESPALIER_TRY(slice.accuracy, fields.number("accuracy"));
        ESPALIER_TRY(slice.confidence, fields.number("confidence"));
        slices.push_back(std::move(slice));
    }
    return slices;
}

Json toJson(const PredictionRow& row)
{
    return {{"text", row.text}, {"truth", row.truth}, {"prediction", row.prediction}, {"probability", row.probability}};
}

Result<PredictionRow> predictionRowFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "rows"));
    PredictionRow row;
    ESPALIER_TRY(row.text, fields.text("text"));
    ESPALIER_TRY(row.truth, fields.text("truth"));
    ESPALIER_TRY(row.prediction, fields.text("prediction"));
    ESPALIER_TRY(row.probability, fields.number("probability"));
    return row;
}

Json toJson(const SampleRows& samples)
{
    return {{"best", rowsToJson(samples.best)}, {"worst", rowsToJson(samples.worst)}, {"random", rowsToJson(samples.random)}};
}

Result<SampleRows> sampleRowsFromJson(const Json& json)
{
    SampleRows samples;
    ESPALIER_TRY(const Fields fields, Fields::of(json, "samples"));
    ESPALIER_TRY(samples.best, fields.list("best", predictionRowFromJson));
    ESPALIER_TRY(samples.worst, fields.list("worst", predictionRowFromJson));
    ESPALIER_TRY(samples.random, fields.list("random", predictionRowFromJson));
    return samples;
}

Json toJson(const OutOfScopeReport& report)
{
    Json scores = Json::array();
    for (const RejectionScore& score : report.scores)
        scores.push_back(scoreToJson(score));
    return {{"examples", report.examples},
            {"validation_examples", report.validationExamples},
            {"allowed_cost", report.allowedCost},
            {"accuracy_before", report.accuracyBefore},
            {"chosen", report.chosen},
            {"scores", scores}};
}

Result<OutOfScopeReport> outOfScopeReportFromJson(const Json& json)
{
    OutOfScopeReport report;
    ESPALIER_TRY(const Fields fields, Fields::of(json, "out_of_scope"));
    ESPALIER_TRY(report.examples, fields.integer("examples"));
    ESPALIER_TRY(report.validationExamples, fields.integer("validation_examples"));
    ESPALIER_TRY(report.allowedCost, fields.number("allowed_cost"));
    ESPALIER_TRY(report.accuracyBefore, fields.number("accuracy_before"));
    ESPALIER_TRY(report.chosen, fields.text("chosen"));
    ESPALIER_TRY(report.scores, fields.list("scores", scoreFrom));
    if (!report.find(report.chosen))
        return Error{ErrorCode::InvalidFormat, "'out_of_scope.chosen' must name one of the scores.", {}, {}};
    return report;
}

} // namespace espalier
