// SPDX-License-Identifier: GPL-3.0-or-later
// What a run leaves: a record of each node that trained or evaluated, and a store that can be cleaned without losing what counts.
#include "engine/core/SafeFile.h"
#include "engine/pipeline/RunClaim.h"
#include "engine/pipeline/RunLog.h"
#include "engine/pipeline/Runner.h"
#include "engine/pipeline/StoreCleanup.h"
#include "tests/support/ToyProject.h"

#include <QTemporaryDir>
#include <QtTest>

#include <numeric>

using namespace espalier;

class tst_RunLog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyTrainingAndEvaluationIsRecorded();
    void whatIsFoundAgainIsNotRecordedTwice();
    void recordsCanBeNamedRemovedAndPutBack();
    void aDamagedRecordIsSaidAndHurtsNoOther();
    void cleaningKeepsWhatProjectsName();
    void aPinnedRunKeepsItsArtefact();
    void aRunUnderWayKeepsItsArtefacts();
    void theLimitTakesTheLeastRecentlyUsed();
    void aProjectThatCannotBeReadStopsTheCleaning();

private:
    void run(const std::string& target);
    void setSparsity(double sparsity) { QVERIFY(m_project.graph.setParameter("prune", "sparsity", sparsity)); }
    void save() const { QVERIFY(saveProject(path() / "toy.espalier", m_project)); }
    std::set<std::string> named() { return namedFingerprints(path(), nullptr, m_workspace.files).value(); }
    std::filesystem::path path() const { return m_folder->path().toStdString(); }
    std::string print(const std::string& node) { return Pipeline(m_workspace, m_project.graph, path()).fingerprint(node); }
    bool stored(const std::string& fingerprint) const { return ArtefactStore(path()).contains(fingerprint); }

    std::unique_ptr<QTemporaryDir> m_folder;
    Workspace m_workspace;
    Project m_project;
};

void tst_RunLog::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_project = test::writeToyProject(path());
    QVERIFY(m_project.graph.setParameter("prune", "recovery", "none"));
    QVERIFY(m_project.graph.setParameter("train", "epochs", 2));
    save();
}

void tst_RunLog::run(const std::string& target)
{
    Pipeline pipeline(m_workspace, m_project.graph, path());
    const auto error = runPipeline(pipeline, target, {}, {}).firstError();
    QVERIFY2(!error, error ? error->message().c_str() : "");
}

void tst_RunLog::everyTrainingAndEvaluationIsRecorded()
{
    run("evaluate");
    const auto runs = RunLog(path()).list();
    std::set<std::string> nodes;
    for (const RunRecord& record : runs)
        nodes.insert(record.node);
    QVERIFY(nodes == (std::set<std::string>{"train", "prune", "evaluate"}));
    for (const RunRecord& record : runs) {
        QVERIFY(record.parameters.contains("train.epochs") && record.parameters.contains("dataset.train"));
        QVERIFY(!record.parameters.contains("prune.epochs")); // one-shot: the form does not show it
        QCOMPARE(record.parameters.contains("prune.sparsity"), record.node != "train");
        QCOMPARE(record.fingerprint, print(record.node));
        QCOMPARE(record.history.has_value(), record.node != "evaluate");
    }
    const auto evaluation = std::find_if(runs.begin(), runs.end(), [](const RunRecord& record) { return record.node == "evaluate"; });
    const auto report = ArtefactStore(path()).describe(print("evaluate"));
    QVERIFY(report);
    QCOMPARE(Json(evaluation->results.at("accuracy")), report->at("summary").at("accuracy"));
    QVERIFY(evaluation->results.contains("calibration.temperature") && evaluation->results.contains("intervals.accuracy.low"));
}

void tst_RunLog::whatIsFoundAgainIsNotRecordedTwice()
{
    run("train");
    run("train");
    QCOMPARE(RunLog(path()).list().size(), std::size_t{1});
}

void tst_RunLog::recordsCanBeNamedRemovedAndPutBack()
{
    run("train");
    const RunLog log(path());
    RunRecord record = log.list().front();
    record.name = "wide";
    QVERIFY(log.put(record));
    QCOMPARE(log.get(record.id)->name, std::string("wide"));
    QVERIFY(log.remove(record.id));
    QVERIFY(log.list().empty());
    QVERIFY(!log.remove(record.id));
    QVERIFY(log.put(record));
    QCOMPARE(log.list().front().name, std::string("wide"));
    record.id = "../../escape";
    QVERIFY(!log.put(record) && !log.get("../last"));
}

void tst_RunLog::aDamagedRecordIsSaidAndHurtsNoOther()
{
    run("train");
    QVERIFY(writeFileSafely(path() / ".espalier" / "runs" / "broken.json", "{\"id\": 3}"));
    std::vector<Error> damaged;
    QCOMPARE(RunLog(path()).list(&damaged).size(), std::size_t{1});
    QCOMPARE(damaged.size(), std::size_t{1});
    QVERIFY(damaged[0].message().find("broken.json") != std::string::npos);
}

void tst_RunLog::cleaningKeepsWhatProjectsName()
{
    run("prune");
    const std::string old = print("prune");
    setSparsity(0.7);
    run("prune");
    save();
    const auto preview = cleanStore(path(), named(), 0, true);
    QCOMPARE(preview->size(), std::size_t{1});
    QCOMPARE(preview->front().name, old);
    QVERIFY(stored(old)); // only looked at
    QVERIFY(cleanStore(path(), named(), 0, false));
    QVERIFY(!stored(old));
    const Pipeline pipeline(m_workspace, m_project.graph, path());
    for (const auto& [node, fingerprint] : pipeline.fingerprints())
        if (node == "train" || node == "prune")
            QVERIFY2(stored(fingerprint), node.c_str());
    // Another project of the same folder names it too.
    setSparsity(0.5);
    run("prune");
    QVERIFY(saveProject(path() / "other.espalier", m_project));
    QVERIFY(cleanStore(path(), named(), 0, true)->empty());
}

void tst_RunLog::aPinnedRunKeepsItsArtefact()
{
    run("prune");
    const std::string old = print("prune");
    const RunLog log(path());
    for (RunRecord record : log.list())
        if (record.node == "prune") {
            record.pinned = true;
            QVERIFY(log.put(record));
        }
    setSparsity(0.7);
    save();
    QVERIFY(cleanStore(path(), named(), 0, false)->empty());
    QVERIFY(stored(old));
}

void tst_RunLog::aRunUnderWayKeepsItsArtefacts()
{
    run("prune");
    const std::string old = print("prune");
    setSparsity(0.7);
    save();
    {
        const RunClaim claim(path(), {old});
        QVERIFY(cleanStore(path(), named(), 0, false)->empty());
    }
    // A claim whose process is gone does not count.
    QVERIFY(writeFileSafely(path() / ".espalier" / "running" / "999999999-1.json", dumpJson(Json::array({old}))));
    QCOMPARE(cleanStore(path(), named(), 0, false)->size(), std::size_t{1});
    QVERIFY(!stored(old));
}

void tst_RunLog::theLimitTakesTheLeastRecentlyUsed()
{
    run("prune");
    const std::string first = print("prune");
    setSparsity(0.7);
    run("prune");
    const std::string second = print("prune");
    setSparsity(0.6);
    save();
    ArtefactStore store(path());
    std::filesystem::last_write_time(store.folder(second) / "artefact.json", std::filesystem::file_time_type::clock::now() - std::chrono::hours(2));
    store.touch(first);
    const StoreInfo info = inspectStore(path(), named());
    QCOMPARE(info.removable(), std::accumulate(info.entries.begin(), info.entries.end(), std::uint64_t{0}, [](std::uint64_t sum, const StoreEntry& entry) {
                 return sum + (entry.kept.empty() ? entry.bytes : 0);
             }));
    const auto gone = cleanStore(path(), named(), info.bytes() - 1, false);
    QCOMPARE(gone->size(), std::size_t{1});
    QCOMPARE(gone->front().name, second);
    QVERIFY(stored(first));
    QCOMPARE(storeLimit(path()), defaultStoreLimit);
    QVERIFY(setStoreLimit(path(), 5'000'000));
    QCOMPARE(storeLimit(path()), std::uint64_t{5'000'000});
    QVERIFY(!setStoreLimit(path(), 3));
}

void tst_RunLog::aProjectThatCannotBeReadStopsTheCleaning()
{
    QVERIFY(writeFileSafely(path() / "other.espalier", "{"));
    QVERIFY(!namedFingerprints(path(), nullptr, m_workspace.files));
}

QTEST_GUILESS_MAIN(tst_RunLog)
#include "tst_RunLog.moc"
