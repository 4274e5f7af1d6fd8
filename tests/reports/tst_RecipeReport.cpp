// SPDX-License-Identifier: GPL-3.0-or-later
// Budgets: what meets them, what is recommended, and what cannot be had.
#include "engine/reports/RecipeReport.h"

#include <QTest>

using namespace espalier;

namespace {

RecipeCandidate candidate(double accuracy, std::int64_t bytes, double noise = 0)
{
    RecipeCandidate made;
    made.steps = {{"prune", {{"sparsity", 0.9}}}, {"package", {}}};
    made.point.accuracy = accuracy;
    made.point.packageBytes = bytes;
    made.noise = noise;
    return made;
}

RecipeReport reportOf(const Budgets& budgets, std::vector<RecipeCandidate> candidates)
{
    RecipeReport report;
    report.node = "train";
    report.budgets = budgets;
    report.dense = candidates.front().point;
    report.candidates = std::move(candidates);
    for (RecipeCandidate& one : report.candidates)
        one.checks = checkBudgets(one, budgets, report.dense);
    recommend(report);
    return report;
}

} // namespace

class tst_RecipeReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theMostAccurateWithinTheSize()
    {
        const auto report = reportOf({{"max_bytes", 1000}, {"max_points_lost", 2}}, {candidate(0.9, 5000), candidate(0.885, 1000), candidate(0.89, 900), candidate(0.895, 1001)});
        QCOMPARE(report.recommended, 2);
        QVERIFY(report.why == RecipeReport::Why::MostAccurate);
        QVERIFY(report.impossible.empty());
        QVERIFY(report.candidates[2].meetsAllClearly());
    }

    void theSmallestWhereOnlyAccuracyIsLimited()
    {
        const auto report = reportOf({{"max_points_lost", 1}}, {candidate(0.9, 5000), candidate(0.89, 700), candidate(0.895, 900), candidate(0.8, 300)});
        QCOMPARE(report.recommended, 1); // exactly one point
        QVERIFY(report.why == RecipeReport::Why::Smallest);
    }

    void noiseIsSaid()
    {
        const auto report = reportOf({{"max_points_lost", 1}}, {candidate(0.9, 5000), candidate(0.894, 700, 0.5), candidate(0.888, 600, 0.5), candidate(0.87, 500, 0.5)});
        QVERIFY(report.candidates[1].checks[0].state == BudgetState::MetWithinNoise);
        QVERIFY(report.candidates[2].checks[0].state == BudgetState::MissedWithinNoise);
        QVERIFY(report.candidates[3].checks[0].state == BudgetState::Missed);
        QVERIFY(report.candidates[1].meetsAll() && !report.candidates[1].meetsAllClearly());
        QCOMPARE(report.recommended, 1);
    }

    void theNearestAndWhatIsImpossible()
    {
        auto failed = candidate(0.9, 100);
        failed.state = RecipeCandidate::State::Failed;
        const auto report = reportOf({{"max_bytes", 400}, {"max_points_lost", 1}}, {candidate(0.9, 5000), candidate(0.85, 500), candidate(0.896, 900), failed});
        QVERIFY(report.why == RecipeReport::Why::Nearest);
        QCOMPARE(report.recommended, 2); // 1.25 of the size too many, rather than 4 points and 0.25
        QCOMPARE(report.impossible, std::vector<std::string>{"max_bytes"});
    }

    void whatIsNotMeasuredIsNotMet()
    {
        const auto unknown = reportOf({{"max_milliseconds", 2}, {"max_points_lost", 1}}, {candidate(0.9, 5000), candidate(0.895, 900)});
        QVERIFY(unknown.why == RecipeReport::Why::NotMeasured);
        QVERIFY(!unknown.candidates[0].meetsAll());
        auto slow = candidate(0.9, 5000);
        slow.point.milliseconds = 3;
        auto fast = candidate(0.895, 900);
        fast.point.milliseconds = 1.5;
        const auto known = reportOf({{"max_milliseconds", 2}, {"max_points_lost", 1}}, {slow, fast});
        QCOMPARE(known.recommended, 1);
        QVERIFY(known.why == RecipeReport::Why::MostAccurate);
    }

    void theFrontierHoldsWhatNothingBeats()
    {
        auto failed = candidate(1, 10);
        failed.state = RecipeCandidate::State::Failed;
        const auto report = reportOf({{"max_bytes", 1000}}, {candidate(0.9, 5000), candidate(0.85, 900), candidate(0.86, 900), candidate(0.7, 1000), candidate(0.9, 5000), failed});
        QCOMPARE(frontier(report), (std::vector<bool>{true, false, true, false, true, false}));
    }

    void aPredictionIsNotRecommended()
    {
        auto predicted = candidate(0, 900);
        predicted.state = RecipeCandidate::State::Predicted;
        const auto report = reportOf({{"max_bytes", 1000}}, {candidate(0.9, 5000), predicted});
        QVERIFY(report.recommended == 0 && report.why == RecipeReport::Why::Nearest);
    }

    void survivesTheWayOverTheWire()
    {
        auto report = reportOf({{"max_bytes", 1000}, {"max_points_lost", 0}}, {candidate(0.9, 5000), candidate(0.885, 1000, 0.25)});
        report.fingerprint = "f00d";
        report.time = "2026-11-27T00:00:00Z";
        report.precision = "int8";
        report.complete = true;
        const auto back = recipeReportFromJson(toJson(report));
        QVERIFY2(back, back ? "" : back.error().message().c_str());
        QVERIFY(toJson(*back) == toJson(report));
        Json wrong = toJson(report);
        wrong["why"] = "luck";
        QVERIFY(recipeReportFromJson(wrong).error().detail.find("luck") != std::string::npos);
        wrong = toJson(report);
        wrong["recommended"] = 7;
        QVERIFY(!recipeReportFromJson(wrong));
    }

    void badBudgetsNameTheField_data()
    {
        QTest::addColumn<QString>("request");
        QTest::addColumn<QString>("says");
        QTest::newRow("none") << "{}" << "max_bytes, max_points_lost, max_milliseconds, max_memory_bytes";
        QTest::newRow("negative") << R"({"max_bytes": -3})" << "'max_bytes' is -3";
        QTest::newRow("zero bytes") << R"({"max_bytes": 0})" << "'max_bytes' is 0";
        QTest::newRow("negative loss") << R"({"max_points_lost": -0.5})" << "'max_points_lost' is -0.5";
        QTest::newRow("no number") << R"({"max_milliseconds": "fast"})" << "'max_milliseconds' is \"fast\"";
    }

    void badBudgetsNameTheField()
    {
        QFETCH(QString, request);
        QFETCH(QString, says);
        const auto budgets = budgetsFromJson(parseJson(request.toStdString(), "request").value());
        QVERIFY(!budgets);
        QVERIFY2(budgets.error().message().find(says.toStdString()) != std::string::npos, budgets.error().message().c_str());
        QVERIFY(budgetsFromJson({{"max_points_lost", 0}}));
    }
};

QTEST_GUILESS_MAIN(tst_RecipeReport)
#include "tst_RecipeReport.moc"
