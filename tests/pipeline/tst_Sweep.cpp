// SPDX-License-Identifier: GPL-3.0-or-later
// A checkpoint measured over sparsities and methods: once, whatever happens between.
#include "engine/core/SafeFile.h"
#include "engine/pipeline/PruneParameters.h"
#include "engine/pipeline/Sweep.h"
#include "tests/pipeline/RunBench.h"

#include <QtTest>

using namespace espalier;

class tst_Sweep : public QObject, private test::RunBench {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void measuresEveryCombinationOnce();
    void aCancelledSweepGoesOnWhereItStopped();
    void anotherCheckpointIsMeasuredAnew();
    void whatCannotBeIsSaidAndTheRestMeasured();
    void aRecordThatIsDamagedIsMeasuredAgain();
    void theUsualSweepNamesNoChance();
    void badPlansNameTheField_data();
    void badPlansNameTheField();

private:
    Result<SweepReport> sweepOver(const Json& request, const SweepEvents& events = {});
    std::filesystem::path recordsFolder() const;
};

namespace {

const Json small{{"score", {"magnitude", "lamp"}}, {"method", "global"}, {"embeddings", "own"}, {"sparsity", {0, 0.5, 0.9}}};

} // namespace

void tst_Sweep::init()
{
    begin();
    run("train");
    QCOMPARE(stateOf("train"), NodeState::Done);
}

Result<SweepReport> tst_Sweep::sweepOver(const Json& request, const SweepEvents& events)
{
    ESPALIER_TRY(const SweepPlan plan, sweepPlanFromJson(request));
    Workspace fresh; // nothing is remembered but what is in the folder
    Pipeline pipeline(fresh, m_project.graph, m_folder->path().toStdString());
    RunContext context{.stop = m_stop.get_token()};
    return sweep(pipeline, "train", plan, events, context);
}

std::filesystem::path tst_Sweep::recordsFolder() const
{
    return std::filesystem::directory_iterator(std::filesystem::path(m_folder->path().toStdString()) / ".espalier" / "measured")->path();
}

void tst_Sweep::measuresEveryCombinationOnce()
{
    std::vector<SweepPoint> arrived;
    std::vector<std::int64_t> done;
    SweepEvents events{.onPoint = [&](const SweepPoint& point) { arrived.push_back(point); },
                       .onProgress = [&](const Progress& progress, std::optional<double>) { done.push_back(progress.done); }};
    const auto report = sweepOver(small, events);
    QVERIFY2(report, report ? "" : report.error().message().c_str());
    QCOMPARE(report->asked, 5); // the dense model stands for both scores
    QCOMPARE(report->points.size(), std::size_t{5});
    QCOMPARE(arrived.size(), std::size_t{5});
    QCOMPARE(report->known, 0);
    QVERIFY(done.front() == 0 && done.back() == 5);
    QCOMPARE(report->points[0].point.sparsity, 0.0);

    Workspace fresh;
    Pipeline pipeline(fresh, m_project.graph, m_folder->path().toStdString());
    RunContext context;
    auto lab = CompressionLab::open(pipeline, "train", context);
    QVERIFY(lab);
    const SweepPoint& last = report->points.back(); // LAMP at 90 %
    QVERIFY(last.choice.at("score") == Json("lamp") && last.choice.at("sparsity") == Json(0.9));
    const auto alone = lab->measure(pruneOptions(last.choice).value(), "checkpoint", context);
    QVERIFY2(toJson(*alone) == toJson(last.point), (dumpJson(toJson(*alone)) + "\n" + dumpJson(toJson(last.point))).c_str());

    const auto again = sweepOver(small);
    QVERIFY(again);
    QCOMPARE(again->known, 5);
    QVERIFY(toJson(again->points.back()) == toJson(last));
    Json other = small;
    other["precision"] = "fp32";
    QCOMPARE(sweepOver(other)->known, 0);
    const CompressionRecords records(m_folder->path().toStdString(), lab->fingerprint(), lab->meter());
    QCOMPARE(records.points().size(), std::size_t{10}); // of both precisions
    QCOMPARE(records.points().back().point.sparsity, 0.9);
}

void tst_Sweep::aCancelledSweepGoesOnWhereItStopped()
{
    int arrived = 0;
    const auto stopped = sweepOver(small, {.onPoint = [&](const SweepPoint&) {
        if (++arrived == 2)
            m_stop.request_stop();
    }});
    QVERIFY(stopped);
    QCOMPARE(stopped->points.size(), std::size_t{2});
    QCOMPARE(stopped->asked, 5);
    m_stop = {};
    const auto rest = sweepOver(small);
    QCOMPARE(rest->points.size(), std::size_t{5});
    QCOMPARE(rest->known, 2);
}

void tst_Sweep::anotherCheckpointIsMeasuredAnew()
{
    QVERIFY(sweepOver(small));
    QVERIFY(m_project.graph.setParameter("train", "seed", 2));
    const auto stale = sweepOver(small);
    QVERIFY(!stale && stale.error().code == ErrorCode::NotFound);
    run("train");
    QCOMPARE(sweepOver(small)->known, 0);
}

void tst_Sweep::whatCannotBeIsSaidAndTheRestMeasured()
{
    std::vector<SweepFailure> failures;
    const Json request{{"score", "magnitude"}, {"method", "layerwise"}, {"sparsity", {0.5, 0.8}}, {"exclude", {"", "no.such.layer"}}};
    const auto report = sweepOver(request, {.onFailure = [&](const SweepFailure& failure) { failures.push_back(failure); }});
    QVERIFY(report);
    QCOMPARE(report->points.size(), std::size_t{2});
    QCOMPARE(failures.size(), std::size_t{2});
    QVERIFY2(failures[0].reason.find("no.such.layer") != std::string::npos, failures[0].reason.c_str());
    QCOMPARE(sweepReportFromJson(toJson(*report))->failures.size(), std::size_t{2});
    const auto nothing = sweepOver({{"exclude", "no.such.layer"}, {"sparsity", {0.5, 0.8}}});
    QVERIFY(!nothing && nothing.error().detail.find("no.such.layer") != std::string::npos);
}

void tst_Sweep::aRecordThatIsDamagedIsMeasuredAgain()
{
    QVERIFY(sweepOver(small));
    for (const auto& file : std::filesystem::directory_iterator(recordsFolder()))
        QVERIFY(writeFileSafely(file.path(), "{}"));
    const auto again = sweepOver(small);
    QCOMPARE(again->points.size(), std::size_t{5});
    QCOMPARE(again->known, 0);
}

void tst_Sweep::theUsualSweepNamesNoChance()
{
    const auto plan = sweepPlanFromJson(Json::object());
    QVERIFY(plan);
    QVERIFY(plan->choices.size() > 40);
    for (const Parameters& choice : plan->choices) {
        QVERIFY(choice.at("score") != Json("random"));
        QVERIFY(choice.at("method") != Json("layerwise") || choice.at("embeddings") != Json("pooled")); // the same as "own"
    }
    QCOMPARE(std::count_if(plan->choices.begin(), plan->choices.end(), [](const Parameters& choice) { return choice.at("sparsity") == Json(0.0); }), 1);
}

void tst_Sweep::badPlansNameTheField_data()
{
    QTest::addColumn<QString>("request");
    QTest::addColumn<QString>("says");
    QTest::newRow("nothing to measure") << R"({"sparsity": []})" << "sparsity";
    QTest::newRow("out of range") << R"({"sparsity": [0.5, 1.5]})" << "'sparsity' is 1.5";
    QTest::newRow("no such score") << R"({"score": "best"})" << "\"best\"";
    QTest::newRow("no such precision") << R"({"precision": "int7"})" << "'precision' is \"int7\"";
    QString many = R"({"random_seed": [0)";
    for (int i = 1; i < 2000; ++i)
        many += QStringLiteral(",%1").arg(i);
    QTest::newRow("too many") << many + "]}" << "10000";
}

void tst_Sweep::badPlansNameTheField()
{
    QFETCH(QString, request);
    QFETCH(QString, says);
    const auto plan = sweepPlanFromJson(parseJson(request.toStdString(), "request").value());
    QVERIFY(!plan);
    QVERIFY2(plan.error().message().find(says.toStdString()) != std::string::npos, plan.error().message().c_str());
}

QTEST_GUILESS_MAIN(tst_Sweep)
#include "tst_Sweep.moc"
