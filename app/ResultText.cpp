// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ResultText.h"

#include "engine/core/Architectures.h"
#include "engine/reports/CompressionReport.h"
#include "engine/reports/EvaluationReport.h"
#include "engine/reports/LeakReport.h"
#include "engine/reports/PackageReport.h"
#include "engine/reports/Receipt.h"
#include "engine/reports/TrainingHistory.h"
#include "engine/reports/VocabularyReport.h"
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

/// What Check found takes the place of the number of rows.
void showLeaks(const LeakReport& leaks, NodeResult& result)
{
    result.summary = leaks.total() == 0 ? Text::tr("No leaks") : Text::tr("%1 leaked sentences").arg(formatCount(leaks.total()));
    for (const PartLeaks& part : leaks.parts) {
        if (part.rows == 0)
            continue;
        const QString label = part.part == "test" ? Text::tr("Test sentences in training") : Text::tr("Validation sentences in training");
        result.figures.emplace_back(label, formatCount(part.normalized));
        if (part.normalized > 0) {
            result.figures.emplace_back(Text::tr("byte for byte"), formatCount(part.exact));
            result.figures.emplace_back(Text::tr("with other labels"), formatCount(part.disagreeing));
        }
    }
    if (leaks.removed > 0)
        result.figures.emplace_back(Text::tr("Training rows taken out"), formatCount(leaks.removed));
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
    if (summary.contains("leaks"))
        if (const auto leaks = leakReportFromJson(summary.at("leaks")))
            showLeaks(*leaks, result);
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
    if (!summary.contains("architecture") || !summary.at("architecture").is_string())
        return {};
    const auto id = summary.at("architecture").get<std::string>();
    const Architecture* known = architectures().find(id);
    return {known ? catalogText(known->label) : QString::fromStdString(id), {}};
}

NodeResult checkpointResult(const Json& summary)
{
    const QString accuracy = formatPercent(share(summary, "validation_accuracy"));
    const std::string score = summary.contains("score") && summary.at("score").is_string() ? summary.at("score").get<std::string>() : "accuracy";
    const double sparsity = share(summary, "sparsity");
    const double pruned = summary.contains("point") ? share(summary.at("point"), "sparsity") : 0; // not the zeros of rows that no sentence has
    NodeResult result{pruned >= 0.005 ? Text::tr("%1, %2 pruned").arg(accuracy, formatPercent(pruned, 0)) : Text::tr("%1 validation").arg(accuracy),
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
    if (summary.contains("vocabulary"))
        if (const auto cut = vocabularyCutFromJson(summary.at("vocabulary"))) {
            result.figures.emplace_back(Text::tr("Vocabulary"), formatCount(cut->before) + QStringLiteral(" → ") + formatCount(cut->after));
            result.figures.emplace_back(Text::tr("Unknown tokens"), formatPercent(cut->unknownBefore, 2) + QStringLiteral(" → ") + formatPercent(cut->unknownAfter, 2));
        }
    return result;
}

NodeResult reportResult(const Json& summary)
{
    const auto report = evaluationReportFromJson(summary);
    if (!report)
        return {};
    if (report->taskScores) // several labels, or tags: accuracy says little there
        return {Text::tr("%1: %2", "a score and its value").arg(scoreText(scoreName(*report)), formatPercent(scoreOf(*report))),
                {{scoreText(scoreName(*report)), formatPercent(scoreOf(*report))},
                 {Text::tr("Macro-F1"), formatPercent(report->macroF1)},
                 {Text::tr("Sentences"), formatCount(report->examples)}}};
    return {Text::tr("%1 accuracy").arg(formatPercent(report->accuracy)),
            {{Text::tr("Accuracy"), formatPercent(report->accuracy)},
             {Text::tr("Macro-F1"), formatPercent(report->macroF1)},
             {Text::tr("Sentences"), formatCount(report->examples)}}};
}

NodeResult packageResult(const Json& summary)
{
    const auto report = packageReportFromJson(summary);
    if (!report)
        return {};
    NodeResult result{formatBytes(report->bytes),
                      {{Text::tr("Package size"), formatBytes(report->bytes)},
                       {Text::tr("Precision"), QString::fromStdString(report->precision)},
                       {Text::tr("Labels as the engine's"), Text::tr("%1 of %2").arg(formatCount(report->parity.labelsEqual), formatCount(report->parity.sentences))},
                       {Text::tr("SHA-256"), QString::fromStdString(report->sha256).left(16)}}};
    if (report->flips && !report->flips->split.empty())
        result.figures.emplace_back(Text::tr("Answers that flipped"), Text::tr("%1 of %2").arg(formatCount(report->flips->flips), formatCount(report->flips->examples)));
    if (report->flips && report->flips->pinned > 0)
        result.figures.emplace_back(Text::tr("Pinned sentences that flipped"),
                                    Text::tr("%1 of %2").arg(formatCount(report->flips->pinnedFlips), formatCount(report->flips->pinned)));
    return result;
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
        result.figures.emplace_back(Text::tr("%1 there").arg(scoreText(receipt->evaluation->scoreName)), formatPercent(receipt->evaluation->score));
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
