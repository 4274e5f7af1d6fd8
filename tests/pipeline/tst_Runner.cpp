// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/SafeFile.h"
#include "engine/edge/PackageReader.h"
#include "engine/edge/Session.h"
#include "tests/pipeline/RunBench.h"

#include <QtTest>

using namespace espalier;

class tst_Runner : public QObject, private test::RunBench {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void makesAPackageTheEdgeCanRead();
    void aReportCarriesItsThresholdToTheDevice();
    void runsNothingTwice();
    void changingThePruningDoesNotRetrain();
    void finishedWorkIsFoundByAnotherProcess();
    void runToHereRunsOnlyWhatIsNeeded();
    void aFailedNodeStopsOnlyItsDependents();
    void cancelStopsTraining();
    void staleIsToldFromNeverRun();
};

void tst_Runner::makesAPackageTheEdgeCanRead()
{
    run("package");
    const auto error = m_outcome.firstError();
    QVERIFY2(!error, error ? error->message().c_str() : "");
    Pipeline pipeline(*m_workspace, m_project.graph, m_folder->path().toStdString());
    RunContext context;
    const auto artefact = pipeline.value("package", context);
    QVERIFY(artefact);
    const auto& package = std::get<PackageArtefact>(**artefact);
    const auto reader = edge::PackageReader::open(package.file);
    QVERIFY(reader);
    QCOMPARE(reader->header().labels, (std::vector<std::string>{"heat", "light", "music"}));
    QCOMPARE(static_cast<std::int64_t>(reader->fileBytes()), package.report.bytes);
    QVERIFY(package.report.parity.sentences > 0);
}

void tst_Runner::aReportCarriesItsThresholdToTheDevice()
{
    const std::filesystem::path folder = m_folder->path().toStdString();
    QVERIFY(writeFileSafely(folder / "oos.txt", "what is the capital of france\nwho won the match\ntell me a joke\n"));
    QVERIFY(m_project.graph.setParameter("evaluate", "oos_test", "oos.txt"));
    QVERIFY(m_project.graph.setParameter("evaluate", "oos_validation", "oos.txt"));
    QVERIFY(m_project.graph.setParameter("evaluate", "calibrate", true));
    QVERIFY(m_project.graph.connect({"evaluate", "report", "package", "report"}));
    run("package");
    const auto error = m_outcome.firstError();
    QVERIFY2(!error, error ? error->message().c_str() : "");
    Pipeline pipeline(*m_workspace, m_project.graph, folder);
    RunContext context;
    const auto made = pipeline.value("evaluate", context);
    const auto& report = std::get<EvaluationReport>(**made);
    const auto package = pipeline.value("package", context);
    const auto reader = edge::PackageReader::open(std::get<PackageArtefact>(**package).file);
    QVERIFY(reader);
    QCOMPARE(reader->header().rejectBelow, report.outOfScope->find("max_probability")->threshold);
    QCOMPARE(reader->header().provenance.at("temperature").get<double>(), report.calibration->temperature);
    auto session = edge::Session::create(*reader);
    QVERIFY(session);
    const auto answer = session->classify("turn on the lamp kitchen");
    QCOMPARE(answer.inScope, static_cast<double>(answer.probabilities[answer.label]) >= reader->header().rejectBelow);
    QVERIFY(std::filesystem::exists(pipeline.store().folder(pipeline.fingerprint("evaluate")) / "predictions.csv"));
}

void tst_Runner::runsNothingTwice()
{
    run("evaluate");
    QVERIFY(!cached("train"));
    run("evaluate");
    for (const auto& [node, outcome] : m_outcome.nodes)
        QVERIFY2(outcome.cached && outcome.state == NodeState::Done, node.c_str());
}

void tst_Runner::changingThePruningDoesNotRetrain()
{
    run("evaluate");
    QVERIFY(m_project.graph.setParameter("prune", "sparsity", 0.6));
    run("evaluate");
    QVERIFY(cached("train"));
    QVERIFY(!cached("prune"));
    QCOMPARE(stateOf("evaluate"), NodeState::Done);
}

void tst_Runner::finishedWorkIsFoundByAnotherProcess()
{
    run("train");
    m_workspace = std::make_unique<Workspace>(); // nothing in memory, as after a restart
    run("evaluate");
    QVERIFY(cached("train"));
    QVERIFY(!m_outcome.firstError());
}

void tst_Runner::runToHereRunsOnlyWhatIsNeeded()
{
    run("tokenizer");
    QCOMPARE(m_outcome.order, (std::vector<std::string>{"dataset", "split", "tokenizer"}));
}

void tst_Runner::aFailedNodeStopsOnlyItsDependents()
{
    QVERIFY(m_project.graph.addNode({.id = "bad", .type = "deploy", .x = 0, .y = 0, .parameters = {{"device", "no-such-device"}}}));
    QVERIFY(m_project.graph.removeNode("deploy"));
    QVERIFY(m_project.graph.connect({"package", "package", "bad", "package"}));
    run({});
    QCOMPARE(stateOf("bad"), NodeState::Failed);
    QCOMPARE(stateOf("evaluate"), NodeState::Done);
    QVERIFY(m_outcome.firstError()->message().find("no-such-device") != std::string::npos);
}

void tst_Runner::cancelStopsTraining()
{
    QVERIFY(m_project.graph.setParameter("train", "epochs", 10000));
    QVERIFY(m_project.graph.setParameter("train", "patience", 0));
    m_events.onMetric = [this](const std::string&, const MetricPoint&) { m_stop.request_stop(); };
    run("evaluate");
    QCOMPARE(stateOf("train"), NodeState::Cancelled);
    QCOMPARE(stateOf("evaluate"), NodeState::Cancelled);
    QCOMPARE(m_outcome.firstError()->code, ErrorCode::Cancelled);
}

void tst_Runner::staleIsToldFromNeverRun()
{
    run("train");
    QVERIFY(m_project.graph.setParameter("train", "epochs", 7));
    Pipeline pipeline(*m_workspace, m_project.graph, m_folder->path().toStdString());
    QCOMPARE(pipeline.state("tokenizer"), ResultState::Done);
    QCOMPARE(pipeline.state("train"), ResultState::Stale);
    QCOMPARE(pipeline.state("prune"), ResultState::Idle);
}

QTEST_GUILESS_MAIN(tst_Runner)
#include "tst_Runner.moc"
