// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ResultText.h"

#include "engine/reports/CompressionReport.h"
#include "engine/reports/EvaluationReport.h"
#include "engine/reports/PackageReport.h"
#include "engine/reports/Receipt.h"
#include "engine/reports/TrainingHistory.h"
#include "widgets/style/CatalogText.h"
#include "widgets/style/Theme.h"

#include <QCoreApplication>

namespace espalier {
namespace {

class Text {
    Q_DECLARE_TR_FUNCTIONS(ResultText)
};

std::int64_t count(const Json& summary, const char* field)
{
    const auto it = summary.find(field);
    return it != summary.end() && it->is_number() ? it->get<std::int64_t>() : 0;
}

double share(const Json& summary, const char* field)
{
    const auto it = summary.find(field);
    return it != summary.end() && it->is_number() ? it->get<double>() : 0;
}

NodeResult rowsResult(const Json& summary)
{
    const std::int64_t rejected = count(summary, "rejected_count");
    const std::int64_t rows = count(summary, "train") + count(summary, "validation") + count(summary, "test");
    NodeResult result{Text::tr("%1 sentences").arg(formatCount(rows)),
                      {{Text::tr("Training sentences"), formatCount(count(summary, "train"))},
                       {Text::tr("Validation sentences"), formatCount(count(summary, "validation"))},
                       {Text::tr("Test sentences"), formatCount(count(summary, "test"))}}};
    if (summary.contains("labels") && summary.at("labels").is_array())
        result.figures.emplace_back(Text::tr("Labels"), formatCount(static_cast<std::int64_t>(summary.at("labels").size())));
    if (rejected > 0)
        result.figures.emplace_back(Text::tr("Rows set aside"), formatCount(rejected));
    return result;
}

NodeResult tokenizerResult(const Json& summary)
{
    const QString size = formatCount(count(summary, "vocabulary"));
    const QString source = summary.contains("source") && summary.at("source").is_string() ? QString::fromStdString(summary.at("source").get<std::string>()) : QString();
    return {Text::tr("%1 tokens").arg(size), {{Text::tr("Vocabulary"), size}, {Text::tr("From"), source.isEmpty() ? Text::tr("The training part") : source}}};
}

NodeResult modelResult(const Json& summary)
{
    return {summary.contains("architecture") && summary.at("architecture").is_string() ? QString::fromStdString(summary.at("architecture").get<std::string>()) : QString(), {}};
}

NodeResult checkpointResult(const Json& summary)
{
    const QString accuracy = formatPercent(share(summary, "validation_accuracy"));
    const std::string score = summary.contains("score") && summary.at("score").is_string() ? summary.at("score").get<std::string>() : "accuracy";
    const double sparsity = share(summary, "sparsity");
    const bool pruned = sparsity >= 0.005; // a dense model's padding row is zero, too
    NodeResult result{pruned ? Text::tr("%1, %2 pruned").arg(accuracy, formatPercent(sparsity, 0)) : Text::tr("%1 validation").arg(accuracy),
                      {{validationScoreText(score), accuracy},
                       {Text::tr("Weights"), formatCount(count(summary, "weights"))},
                       {Text::tr("Sparsity"), formatPercent(sparsity)}}};
    if (summary.contains("history"))
        if (const auto history = trainingHistoryFromJson(summary.at("history"))) {
            result.figures.emplace_back(Text::tr("Epochs"), formatCount(static_cast<std::int64_t>(history->epochs.size())));
            result.figures.emplace_back(Text::tr("Best epoch"), formatCount(history->bestEpoch));
        }
    if (summary.contains("point"))
        if (const auto point = sparsityPointFromJson(summary.at("point")))
            result.figures.emplace_back(Text::tr("Package size"), formatBytes(point->packageBytes));
    return result;
}

NodeResult reportResult(const Json& summary)
{
    const auto report = evaluationReportFromJson(summary);
    if (!report)
        return {};
    const QString score = scoreText(scoreName(*report));
    NodeResult result{Text::tr("%1: %2", "a score and its value").arg(score, formatPercent(scoreOf(*report))), {}};
    if (report->taskScores)
        result.figures.emplace_back(score, formatPercent(scoreOf(*report)));
    result.figures.emplace_back(Text::tr("Accuracy"), formatPercent(report->accuracy));
    result.figures.emplace_back(Text::tr("Macro-F1"), formatPercent(report->macroF1));
    result.figures.emplace_back(Text::tr("Sentences"), formatCount(report->examples));
    return result;
}

NodeResult packageResult(const Json& summary)
{
    const auto report = packageReportFromJson(summary);
    if (!report)
        return {};
    return {formatBytes(report->bytes),
            {{Text::tr("Package size"), formatBytes(report->bytes)},
             {Text::tr("Precision"), QString::fromStdString(report->precision)},
             {Text::tr("Labels as the engine's"), Text::tr("%1 of %2").arg(formatCount(report->parity.labelsEqual), formatCount(report->parity.sentences))},
             {Text::tr("SHA-256"), QString::fromStdString(report->sha256).left(16)}}};
}

NodeResult receiptResult(const Json& summary)
{
    const auto receipt = receiptFromJson(summary);
    if (!receipt)
        return {};
    const QString latency = formatDuration(receipt->latency.p50Milliseconds / 1000);
    NodeResult result{Text::tr("%1 a sentence").arg(latency),
                      {{Text::tr("Device"), QString::fromStdString(receipt->device)},
                       {Text::tr("Release"), QString::fromStdString(receipt->release).left(12)},
                       {Text::tr("Latency, median"), latency},
                       {Text::tr("Peak memory"), formatBytes(receipt->latency.peakMemoryBytes)}}};
    if (receipt->evaluation)
        result.figures.emplace_back(Text::tr("Accuracy there"), formatPercent(receipt->evaluation->accuracy));
    return result;
}

} // namespace

NodeResult resultText(const std::string& type, const Json& summary)
{
    if (!summary.is_object())
        return {};
    static const std::pair<const char*, NodeResult (*)(const Json&)> types[] = {
        {"dataset", rowsResult}, {"splits", rowsResult}, {"tokenizer", tokenizerResult}, {"model", modelResult},
        {"checkpoint", checkpointResult}, {"report", reportResult}, {"package", packageResult}, {"receipt", receiptResult}};
    for (const auto& [known, show] : types)
        if (type == known)
            return show(summary);
    return {};
}

} // namespace espalier
