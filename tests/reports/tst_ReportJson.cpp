// SPDX-License-Identifier: GPL-3.0-or-later
// Every report survives the way over the wire and through a file, and refuses what is not one.
#include "engine/reports/CompressionReport.h"
#include "engine/reports/DataFileReport.h"
#include "engine/reports/DatasetSummary.h"
#include "engine/reports/EvaluationReport.h"
#include "engine/reports/PackageReport.h"
#include "engine/reports/Receipt.h"
#include "engine/reports/TrainingHistory.h"
#include "engine/reports/VocabularyReport.h"

#include <QTest>

#include <functional>

using namespace espalier;

namespace {

TrainingHistory history()
{
    return {{{1, 1.5, 0.25, 1.25, 0.5, 3.5}, {2, 0.1, 0.9, 0.7, 0.8, 3.25}}, 2, true};
}

EvaluationReport evaluation()
{
    EvaluationReport report = evaluatePredictions("test", {"light_on", "灯"}, {0, 1, 1}, {0, 1, 0});
    report.loss = 0.375;
    return report;
}

SparsityPoint point()
{
    return {0.8, 0.91, 0.89, 0.93, 0.9, 784, 0.25, 5'000'000, 77, 123456, "int8", true, {{"embedding.weight", {100, 8}, 800, 160, true, 90}, {"out.bias", {28}, 28, 28, false}}, {"conv2 is nearly empty"}};
}

SparsityProfile profile()
{
    return {point().layers, {{{800, 28}, 4000, {700, 112}}, {{792, 28}, 3990, {690, 112}}}, {0, -1}, {{}, {{28, 28}, {112, 110}}}, 9000};
}

PackageReport package()
{
    return {"ab12", 4096, "int8", {{"embedding.weight", {100, 8}, "i8_sparse", 300, 0.8}}, {392, 391, 0.004}};
}

FlipReport flips()
{
    return {"validation", 784, 2, 1, 1, {{"length", {}, 3, 20, 400, 2}, {"class", "灯", 0, 0, 30, 1}},
            {{"开灯", "灯", "灯", "音乐", 0.75, 0.25, true}, {"play", "music", "heat", "music", 0.5, 0.375, false, {"music"}, 4}}, 3, 1, {{"stop", "", "off", "on", {}, 0.125, true}}};
}

DeviceProfile device()
{
    return {"aarch64", "aarch64", "Linux 6.1.0", {"asimddp"}, 4, 1024, 512, 1 << 30, {{"disk", true, "1 GiB free", ""}, {"shell_tools", false, "no sha256sum", "Install coreutils."}}};
}

Receipt receipt()
{
    const LatencyReport latency{32, 0.125, 0.25, 2048};
    return {"kitchen", "f00d", "beef", "ab12", 4096, "0.1.0", "2024-05-01T10:00:00Z", 0.5, 8192, true, latency, DeviceEvaluation{392, 0.86, 0.85, latency}, device()};
}

DataFileReport dataFile()
{
    DataFileReport report{.file = "/data/train.jsonl.gz", .bytes = 1234, .format = "jsonl", .compression = "gzip", .encoding = "utf8", .dialect = "one object a line",
                          .header = false, .confidence = 0.75, .task = Task::TokenTags, .columns = {{"tokens", "text"}, {"id", ""}}, .rowCount = -1};
    report.rows = {{3, {"[\"a\"]", "7"}, "a b", {"O", "B-x"}, {{0, 1}, {2, 3}}, ""}, {4, {"?"}, "", {}, {}, "its text is empty"}};
    report.problems = {{"/data/train.jsonl.gz", 4, "its text is empty"}};
    report.remarks = {"The file is not in UTF-8."};
    report.parameters = {{"format", "jsonl"}, {"text_column", "tokens"}};
    return report;
}

DatasetSummary datasetSummary()
{
    const LengthSummary lengths{3.5, 3, 7, 9, 2, {1, 2, 3}};
    return {Task::MultiLabel, {{"train", 6, 1, 2, 0, lengths, lengths}}, {{"灯", 4, 2, 1}}, {{"Han", 5, 60}}, 2, 1, {{"a.csv", 7, "its label is empty"}}};
}

RowsPage rowsPage()
{
    return {100, 12, 10, {{57, "开灯", {"B-x", "O"}, {{0, 3}, {3, 6}}, "user 1"}}};
}

VocabularyCut vocabularyCut()
{
    return {8, 6, 9000, 7000, 0.125, 0.25, {"word", 8, 2, {{2, 1.0, 0.75}, {8, 0.0, 0.125}}, {{"灯", 1}, {"zebra", 2}}}};
}

/// One report kind: an example as JSON, and reading it back to JSON.
struct Kind {
    const char* name;
    Json example;
    std::function<Result<Json>(const Json&)> again;
};

template <typename Reader>
std::function<Result<Json>(const Json&)> through(Reader read)
{
    return [read](const Json& json) -> Result<Json> {
        ESPALIER_TRY(const auto report, read(json));
        return toJson(report);
    };
}

std::vector<Kind> kinds()
{
    return {{"history", toJson(history()), through(trainingHistoryFromJson)}, {"evaluation", toJson(evaluation()), through(evaluationReportFromJson)},
            {"point", toJson(point()), through(sparsityPointFromJson)},       {"profile", toJson(profile()), through(sparsityProfileFromJson)},
            {"package", toJson(package()), through(packageReportFromJson)},   {"device", toJson(device()), through(deviceProfileFromJson)},
            {"receipt", toJson(receipt()), through(receiptFromJson)},
            {"flips", toJson(flips()), through(flipReportFromJson)},
            {"data file", toJson(dataFile()), through(dataFileReportFromJson)}, {"dataset", toJson(datasetSummary()), through(datasetSummaryFromJson)},
            {"rows", toJson(rowsPage()), through(rowsPageFromJson)}, {"vocabulary", toJson(vocabularyCut()), through(vocabularyCutFromJson)}};
}

} // namespace

class tst_ReportJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theTimeOfAnotherRuntimeIsForgotten();
    void survivesARoundTrip();
    void refusesMissingFields();
    void refusesWrongTypes();
    void refusesTablesThatDoNotFit();
    void aReceiptWithoutEvaluationHasNone();
    void aPackageKeepsItsFlips();
    void aDeviceIsUsableWhenEveryCheckPassed();
};

void tst_ReportJson::theTimeOfAnotherRuntimeIsForgotten()
{
    SparsityPoint mine = point();
    forgetCostOfOthers(mine, mine.runtime);
    QCOMPARE(mine.milliseconds, 0.25);
    forgetCostOfOthers(mine, mine.runtime + 1);
    QVERIFY(mine.milliseconds == 0 && mine.memoryBytes == 0 && mine.runtime == 0);
    QCOMPARE(mine.packageBytes, point().packageBytes);
}

void tst_ReportJson::survivesARoundTrip()
{
    for (const Kind& kind : kinds()) {
        const Json sent = parseJson(dumpJson(kind.example), kind.name).value();
        const auto again = kind.again(sent);
        QVERIFY2(again.ok(), kind.name);
        QVERIFY2(*again == kind.example, kind.name);
    }
}

void tst_ReportJson::refusesMissingFields()
{
    for (const Kind& kind : kinds()) {
        for (const auto& [field, value] : kind.example.items()) {
            if (field == "evaluation" || field == "finished_on_request" || field == "score" || field == "micro_f1" || field == "weighted_f1" ||
                (kind.name == QByteArray("point") && (field == "accuracy_low" || field == "accuracy_high" || field == "milliseconds" || field == "runtime" || field == "memory_bytes")))
                continue; // a receipt may lack the first, files of version 0.1 lack the others
            Json cut = kind.example;
            cut.erase(field);
            const auto again = kind.again(cut);
            QVERIFY2(!again.ok() && again.error().code == ErrorCode::InvalidFormat, (kind.name + ("." + field)).c_str());
            QVERIFY2(again.error().detail.find(field) != std::string::npos, again.error().detail.c_str());
        }
    }
}

void tst_ReportJson::refusesWrongTypes()
{
    for (const Kind& kind : kinds()) {
        QVERIFY2(!kind.again(Json::array()).ok() && !kind.again(Json(nullptr)).ok(), kind.name);
        for (const auto& [field, value] : kind.example.items())
            for (const Json& wrong : {Json(nullptr), Json{{"x", 1}}, Json::array({Json::array({nullptr})})}) {
                if (field == "parameters" && wrong.is_object())
                    continue; // any object is right
                Json broken = kind.example;
                broken[field] = wrong;
                QVERIFY2(!kind.again(broken).ok(), (kind.name + ("." + field) + " = " + dumpJson(wrong)).c_str());
            }
    }
}

void tst_ReportJson::refusesTablesThatDoNotFit()
{
    Json ragged = toJson(evaluation());
    ragged["confusion"][1].push_back(4);
    QVERIFY(!evaluationReportFromJson(ragged).ok());
    Json flat = toJson(evaluation());
    flat["confusion"].erase(1);
    QVERIFY(!evaluationReportFromJson(flat).ok());
    Json step = toJson(profile());
    step["steps"][0]["kept"].push_back(1);
    QVERIFY(!sparsityProfileFromJson(step).ok());
    Json bytes = toJson(profile());
    bytes["steps"][1]["bytes"] = Json::array();
    QVERIFY(!sparsityProfileFromJson(bytes).ok());
    Json shape = toJson(package());
    shape["tensors"][0]["shape"] = {1e300};
    QVERIFY(!packageReportFromJson(shape).ok());
}

void tst_ReportJson::aReceiptWithoutEvaluationHasNone()
{
    Receipt plain = receipt();
    plain.evaluation.reset();
    QVERIFY(!toJson(plain).contains("evaluation"));
    QVERIFY(!receiptFromJson(toJson(plain))->evaluation.has_value());
}

void tst_ReportJson::aPackageKeepsItsFlips()
{
    QVERIFY(!toJson(package()).contains("flips"));
    QVERIFY(!packageReportFromJson(toJson(package()))->flips.has_value());
    PackageReport compared = package();
    compared.flips = flips();
    const auto again = packageReportFromJson(toJson(compared));
    QVERIFY(again && again->flips == flips());
    QVERIFY(!again->flips->pinnedSentences.front().before.has_value());
}

void tst_ReportJson::aDeviceIsUsableWhenEveryCheckPassed()
{
    DeviceProfile checked = device();
    QVERIFY(!checked.usable());
    checked.checks.pop_back();
    QVERIFY(checked.usable());
    checked.checks.clear();
    QVERIFY(!checked.usable()); // nothing was asked yet
}

QTEST_GUILESS_MAIN(tst_ReportJson)
#include "tst_ReportJson.moc"
