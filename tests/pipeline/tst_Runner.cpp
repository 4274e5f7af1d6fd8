// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/SafeFile.h"
#include "engine/edge/PackageReader.h"
#include "engine/edge/Session.h"
#include "engine/graph/NodeCatalog.h"
#include "engine/pipeline/CompressionLab.h"
#include "engine/pipeline/Runner.h"
#include "tests/support/ToyProject.h"

#include <QTemporaryDir>
#include <QtTest>

#include <array>

using namespace espalier;

class tst_Runner : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void makesAPackageTheEdgeCanRead();
    void aReportCarriesItsThresholdToTheDevice();
    void runsNothingTwice();
    void changingThePruningDoesNotRetrain();
    void everyRecoveryReachesTheSparsity_data();
    void everyRecoveryReachesTheSparsity();
    void aRecoveryThatCannotBeIsRefusedBeforeItTrains();
    void finishedWorkIsFoundByAnotherProcess();
    void runToHereRunsOnlyWhatIsNeeded();
    void aFailedNodeStopsOnlyItsDependents();
    void cancelStopsTraining();
    void staleIsToldFromNeverRun();
    void pruningObeysItsParameters();
    void badPruningIsRefused();
    void theLabMeasuresEverySparsity();
    void distilsIntoAStudentOfItsOwn();

private:
    void addStudent();
    RunOutcome run(const std::string& target);
    NodeState stateOf(const std::string& node) const { return m_outcome.nodes.at(node).state; }
    bool cached(const std::string& node) const { return m_outcome.nodes.at(node).cached; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Workspace> m_workspace;
    Project m_project;
    RunEvents m_events;
    std::stop_source m_stop;
    RunOutcome m_outcome;
};

void tst_Runner::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_workspace = std::make_unique<Workspace>();
    m_project = test::writeToyProject(m_folder->path().toStdString());
    m_events = {};
    m_stop = {};
}

RunOutcome tst_Runner::run(const std::string& target)
{
    Pipeline pipeline(*m_workspace, m_project.graph, m_folder->path().toStdString());
    m_outcome = runPipeline(pipeline, target, m_events, m_stop.get_token());
    return m_outcome;
}

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

void tst_Runner::everyRecoveryReachesTheSparsity_data()
{
    QTest::addColumn<QString>("recovery");
    for (const ParameterChoice& choice : nodeCatalog().find("prune")->parameter("recovery")->choices)
        QTest::newRow(choice.value.c_str()) << QString::fromStdString(choice.value);
}

void tst_Runner::everyRecoveryReachesTheSparsity()
{
    QFETCH(QString, recovery);
    QVERIFY(m_project.graph.setParameter("prune", "recovery", recovery.toStdString()));
    QVERIFY(m_project.graph.setParameter("prune", "pruning_epochs", 2));
    int epochs = 0;
    m_events.onMetric = [&](const std::string& node, const MetricPoint& point) { epochs += node == "prune" && point.series == "validation_loss"; };
    run("prune");
    QVERIFY2(!m_outcome.firstError(), m_outcome.firstError() ? m_outcome.firstError()->message().c_str() : "");
    QCOMPARE(epochs, recovery == "none" ? 0 : recovery == "gradual" ? 2 + 3 : 3);
    Pipeline pipeline(*m_workspace, m_project.graph, m_folder->path().toStdString());
    RunContext context;
    const auto artefact = pipeline.value("prune", context);
    QVERIFY(artefact);
    const auto& made = std::get<CheckpointArtefact>(**artefact);
    QVERIFY2(std::abs(made.checkpoint.sparsity() - 0.5) < 0.01, qPrintable(QString::number(made.checkpoint.sparsity())));
    QCOMPARE(made.point->fineTuned, recovery != "none");
    QCOMPARE(made.checkpoint.model.parameters.at("dropout").get<double>(), 0.5); // what it was trained with is not what it is
    QVERIFY2(made.point->accuracy > 0.9, qPrintable(QString::number(made.point->accuracy)));
}

void tst_Runner::aRecoveryThatCannotBeIsRefusedBeforeItTrains()
{
    QVERIFY(m_project.graph.setParameter("prune", "recovery", "gradual"));
    QVERIFY(m_project.graph.setParameter("prune", "hidden_weight", 1.0));
    int metrics = 0;
    m_events.onMetric = [&](const std::string& node, const MetricPoint&) { metrics += node == "prune"; };
    run("prune");
    QCOMPARE(stateOf("prune"), NodeState::Failed);
    QVERIFY(m_outcome.firstError()->message().find("'hidden_weight'") != std::string::npos);
    const Edge toPrune = *m_project.graph.edgeInto("prune", "checkpoint");
    QVERIFY(m_project.graph.setParameter("prune", "hidden_weight", 0.0));
    QVERIFY(m_project.graph.addNode({.id = "before", .type = "prune", .x = 0, .y = 0, .parameters = {{"sparsity", 0.9}, {"recovery", "none"}}}));
    QVERIFY(m_project.graph.connect({toPrune.fromNode, toPrune.fromPort, "before", "checkpoint"}));
    QVERIFY(m_project.graph.connect({"split", "splits", "before", "splits"}));
    QVERIFY(m_project.graph.disconnect(toPrune));
    QVERIFY(m_project.graph.connect({"before", "checkpoint", "prune", "checkpoint"}));
    run("prune");
    QVERIFY2(m_outcome.firstError()->message().find("'sparsity' is 0.5, and 0.9 of the weights") != std::string::npos, m_outcome.firstError()->message().c_str());
    QCOMPARE(metrics, 0);
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

void tst_Runner::pruningObeysItsParameters()
{
    for (const auto& [id, value] : Parameters{{"score", "lamp"}, {"method", "global"}, {"pattern", "block_1x4"}, {"exclude", "output.weight"},
                                              {"layer_sparsities", "embedding.weight=0.75"}, {"recovery", "none"}})
        QVERIFY(m_project.graph.setParameter("prune", id, value));
    run("prune");
    QVERIFY(!m_outcome.firstError());
    Pipeline pipeline(*m_workspace, m_project.graph, m_folder->path().toStdString());
    RunContext context;
    const auto artefact = pipeline.value("prune", context);
    QVERIFY(artefact);
    const SparsityPoint& point = *std::get<CheckpointArtefact>(**artefact).point;
    QCOMPARE(point.layers.front().name, std::string("embedding.weight"));
    QVERIFY(std::abs(static_cast<double>(point.layers.front().kept) / static_cast<double>(point.layers.front().weights) - 0.25) < 0.01);
    QCOMPARE(point.layers.back().name, std::string("output.weight"));
    QCOMPARE(point.layers.back().kept, point.layers.back().weights);
}

/// Before it fine-tunes.
void tst_Runner::badPruningIsRefused()
{
    const std::array<std::array<const char*, 3>, 3> cases{{{"exclude", "output.wieght", "The closest is 'output.weight'"},
                                                           {"layer_sparsities", "output.weight", "output.weight=0.5"},
                                                           {"layer_sparsities", "output.weight=1", "empties layer 'output.weight'"}}};
    for (const auto& [parameter, value, named] : cases) {
        QVERIFY(m_project.graph.setParameter("prune", parameter, value));
        run("prune");
        const auto error = m_outcome.firstError();
        QVERIFY2(error && QString::fromStdString(error->message()).contains(named), value);
        QVERIFY(m_project.graph.setParameter("prune", parameter, ""));
    }
}

void tst_Runner::theLabMeasuresEverySparsity()
{
    run("train");
    Pipeline pipeline(*m_workspace, m_project.graph, m_folder->path().toStdString());
    RunContext context;
    auto lab = CompressionLab::open(pipeline, "train", context);
    QVERIFY(lab);
    const auto dense = lab->measure({.sparsity = 0}, "int8", context);
    const auto sparse = lab->measure({.sparsity = 0.9}, "int8", context);
    const auto again = lab->measure({.sparsity = 0}, "int8", context);
    QVERIFY(dense && sparse && again);
    QVERIFY(sparse->packageBytes < dense->packageBytes);
    QCOMPARE(again->accuracy, dense->accuracy); // the sparse weights did not stay behind
    QCOMPARE(dense->examples, 48);
    const auto answer = lab->predict("it is dark in the cellar", context);
    QVERIFY(answer);
    QCOMPARE(answer->label, std::string("light"));
    QCOMPARE(CompressionLab::open(pipeline, "prune", context).error().code, ErrorCode::NotFound);
}

/// Of characters, behind the words of the project's own model.
void tst_Runner::addStudent()
{
    QVERIFY(m_project.graph.addNode({.id = "characters", .type = "tokenizer", .x = 0, .y = 0, .parameters = {{"kind", "character"}}}));
    QVERIFY(m_project.graph.addNode({.id = "small", .type = "model", .x = 0, .y = 0, .parameters = {{"embedding_dim", 16}, {"filters", 8}}}));
    QVERIFY(m_project.graph.addNode({.id = "distil", .type = "distill", .x = 0, .y = 0,
                                     .parameters = {{"epochs", 3}, {"learning_rate", 0.01}, {"batch_size", 16}, {"unlabelled", "more.txt"}}}));
    for (const Edge& edge : {Edge{"split", "splits", "characters", "splits"}, Edge{"characters", "tokenizer", "small", "tokenizer"}, Edge{"split", "splits", "distil", "splits"},
                             Edge{"small", "model", "distil", "model"}, Edge{"train", "checkpoint", "distil", "checkpoint"}})
        QVERIFY(m_project.graph.connect(edge));
}

void tst_Runner::distilsIntoAStudentOfItsOwn()
{
    const std::filesystem::path folder = m_folder->path().toStdString();
    addStudent();
    QVERIFY(writeFileSafely(folder / "more.txt", "\n  \n"));
    run("distil");
    QCOMPARE(stateOf("distil"), NodeState::Failed);
    QVERIFY2(QString::fromStdString(m_outcome.firstError()->message()).contains("holds no sentence"), m_outcome.firstError()->message().c_str());

    QVERIFY(writeFileSafely(folder / "more.txt", "please turn on the lamp\nwarm up the attic\n\nplay jazz\n"));
    int epochs = 0;
    m_events.onMetric = [&](const std::string& node, const MetricPoint& point) { epochs += node == "distil" && point.series == "validation_loss"; };
    run("distil");
    QVERIFY2(!m_outcome.firstError(), m_outcome.firstError() ? m_outcome.firstError()->message().c_str() : "");
    QCOMPARE(epochs, 3);
    QVERIFY(cached("train"));
    Pipeline pipeline(*m_workspace, m_project.graph, folder);
    RunContext context;
    const auto artefact = pipeline.value("distil", context);
    const Checkpoint& made = std::get<CheckpointArtefact>(**artefact).checkpoint;
    QCOMPARE(made.tokenizer.spec().kind, std::string("character"));
    QCOMPARE(made.model.parameters.at("filters"), Json(8));
    QVERIFY(std::filesystem::exists(pipeline.store().folder(pipeline.fingerprint("distil")) / "last" / "checkpoint.json"));
    QVERIFY(CompressionLab::open(pipeline, "distil", context));

    run("distil");
    QVERIFY(cached("distil"));
    QVERIFY(writeFileSafely(folder / "more.txt", "please turn on the lamp\n"));
    run("distil");
    QVERIFY(!cached("distil"));
    QVERIFY(m_project.graph.setParameter("train", "seed", 2)); // another teacher
    run("distil");
    QVERIFY(!cached("distil"));
}

QTEST_GUILESS_MAIN(tst_Runner)
#include "tst_Runner.moc"
