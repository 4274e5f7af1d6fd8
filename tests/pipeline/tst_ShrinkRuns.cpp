// SPDX-License-Identifier: GPL-3.0-or-later
// The Shrink node in a pipeline: what it makes trains on, is pruned, measured and packaged, and what cannot be is refused before any work.
#include "engine/graph/NodeCatalog.h"
#include "engine/pipeline/CompressionLab.h"
#include "tests/pipeline/RunBench.h"

#include <QtTest>

#include <array>

using namespace espalier;

class tst_ShrinkRuns : public QObject, private test::RunBench {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyRecoveryKeepsTheSizes_data();
    void everyRecoveryKeepsTheSizes();
    void shrinksBeforeAndAfterPruning();
    void positionsFitTheTrainingPart();
    void theLastLayersLearnFromTheTeachersLast();
    void refusesBeforeAnyWork_data();
    void refusesBeforeAnyWork();

private:
    void addShrink(const std::string& source, const std::string& target);
    void quicken();
    void set(const Parameters& parameters);
    const CheckpointArtefact& made(const std::string& node);
    void useTransformer();

    ArtefactPtr m_made;
};

void tst_ShrinkRuns::init()
{
    begin();
    addShrink("train", "prune");
    quicken();
}

/// Toys are too small for a second thread.
void tst_ShrinkRuns::quicken()
{
    QVERIFY(m_project.graph.setParameter("train", "baseline", false));
    for (const char* node : {"train", "shrink", "prune"})
        QVERIFY(m_project.graph.setParameter(node, "threads", 1));
}

/// Between two nodes, in place of their wire.
void tst_ShrinkRuns::addShrink(const std::string& source, const std::string& target)
{
    QVERIFY(m_project.graph.addNode({.id = "shrink", .type = "shrink", .x = 0, .y = 0,
                                     .parameters = {{"filters", "50%"}, {"epochs", 2}, {"learning_rate", 0.01}, {"batch_size", 16}}}));
    QVERIFY(m_project.graph.disconnect({source, "checkpoint", target, "checkpoint"}));
    for (const Edge& edge : {Edge{source, "checkpoint", "shrink", "checkpoint"}, Edge{"split", "splits", "shrink", "splits"}, Edge{"shrink", "checkpoint", target, "checkpoint"}})
        QVERIFY(m_project.graph.connect(edge));
}

void tst_ShrinkRuns::set(const Parameters& parameters)
{
    for (const auto& [id, value] : parameters)
        QVERIFY2(m_project.graph.setParameter("shrink", id, value), id.c_str());
}

const CheckpointArtefact& tst_ShrinkRuns::made(const std::string& node)
{
    Pipeline pipeline(*m_workspace, m_project.graph, m_folder->path().toStdString());
    RunContext context;
    m_made = pipeline.value(node, context).value();
    return std::get<CheckpointArtefact>(*m_made);
}

void tst_ShrinkRuns::useTransformer()
{
    for (const auto& [id, value] : Parameters{{"architecture", "transformer"}, {"layers", 3}, {"hidden_size", 16}, {"heads", 4}, {"ffn_size", 32}, {"max_positions", 64}})
        QVERIFY(m_project.graph.setParameter("model", id, value));
    QVERIFY(m_project.graph.setParameter("tokenizer", "max_length", 64));
    set({{"filters", "all"}});
}

void tst_ShrinkRuns::everyRecoveryKeepsTheSizes_data()
{
    QTest::addColumn<QString>("recovery");
    for (const char* recovery : {"distill", "fine_tune", "none"})
        QTest::newRow(recovery) << recovery;
}

void tst_ShrinkRuns::everyRecoveryKeepsTheSizes()
{
    QFETCH(QString, recovery);
    set({{"recovery", recovery.toStdString()}});
    int epochs = 0;
    m_events.onMetric = [&](const std::string& node, const MetricPoint& point) { epochs += node == "shrink" && point.series == "validation_loss"; };
    run("shrink");
    QVERIFY2(!m_outcome.firstError(), m_outcome.firstError() ? m_outcome.firstError()->message().c_str() : "");
    QCOMPARE(epochs, recovery == "none" ? 0 : 2);
    const CheckpointArtefact& artefact = made("shrink");
    QCOMPARE(artefact.checkpoint.model.parameters.at("filters"), Json(8));
    QCOMPARE(artefact.checkpoint.model.parameters.at("dropout").get<double>(), 0.5); // what it was trained with is not what it is
    QCOMPARE(artefact.checkpoint.weights.at("convolutions.2.weight").shape, (std::vector<std::int64_t>{8, 32, 3}));
    QCOMPARE(artefact.point->fineTuned, recovery != "none");
    QVERIFY(artefact.point->packageBytes > 0);
    QVERIFY2(artefact.point->accuracy > 0.9, qPrintable(QString::number(artefact.point->accuracy)));
    Pipeline pipeline(*m_workspace, m_project.graph, m_folder->path().toStdString());
    RunContext context;
    QVERIFY(CompressionLab::open(pipeline, "shrink", context));
}

/// Either way round, down to a package that proves itself.
void tst_ShrinkRuns::shrinksBeforeAndAfterPruning()
{
    run("package");
    QVERIFY2(!m_outcome.firstError(), m_outcome.firstError() ? m_outcome.firstError()->message().c_str() : "");
    QVERIFY(std::abs(made("prune").checkpoint.sparsity() - 0.5) < 0.02);
    QCOMPARE(made("prune").checkpoint.model.parameters.at("filters"), Json(8));

    begin();
    addShrink("prune", "package");
    quicken();
    run("package");
    QVERIFY2(!m_outcome.firstError(), m_outcome.firstError() ? m_outcome.firstError()->message().c_str() : "");
    const Checkpoint& shrunk = made("shrink").checkpoint;
    QCOMPARE(shrunk.model.parameters.at("filters"), Json(8));
    QVERIFY(shrunk.sparsity() > 0.3);
    for (const auto& [name, mask] : shrunk.masks)
        for (std::size_t i = 0; i < mask.size(); ++i)
            QVERIFY2(mask[i] != 0 || shrunk.weights.at(name).values[i] == 0.0F, name.c_str()); // through the training that followed
}

void tst_ShrinkRuns::positionsFitTheTrainingPart()
{
    useTransformer();
    set({{"max_positions", "fit"}, {"recovery", "none"}});
    std::string said;
    m_events.onLog = [&](const std::string& node, LogLevel, const std::string& text) { said += node == "shrink" ? text + "\n" : ""; };
    run("shrink");
    QVERIFY2(!m_outcome.firstError(), m_outcome.firstError() ? m_outcome.firstError()->message().c_str() : "");
    const Checkpoint& shrunk = made("shrink").checkpoint;
    QCOMPARE(shrunk.model.parameters.at("max_positions"), Json(8)); // "i want to hear jazz in the kitchen"
    QCOMPARE(shrunk.tokenizer.spec().maxLength, 8);
    QVERIFY2(said.find("max_positions 64 to 8") != std::string::npos && said.find("are cut") == std::string::npos, said.c_str());
    set({{"max_positions", "5"}});
    run("shrink");
    QVERIFY2(said.find("validation sentences are longer than 5 tokens") != std::string::npos, said.c_str());
}

void tst_ShrinkRuns::theLastLayersLearnFromTheTeachersLast()
{
    useTransformer();
    set({{"score", "taylor"}, {"layers", "1"}, {"heads", "2"}, {"ffn_size", "25%"}, {"hidden_weight", 1.0}});
    run("shrink");
    QVERIFY2(!m_outcome.firstError(), m_outcome.firstError() ? m_outcome.firstError()->message().c_str() : "");
    const Checkpoint& shrunk = made("shrink").checkpoint;
    QCOMPARE(shrunk.weights.at("encoder.layer.0.attention.self.key.weight").shape, (std::vector<std::int64_t>{8, 16}));
    QCOMPARE(shrunk.weights.at("encoder.layer.0.intermediate.dense.weight").shape, (std::vector<std::int64_t>{8, 16}));
    QVERIFY(!shrunk.weights.contains("encoder.layer.1.output.dense.weight"));
}

void tst_ShrinkRuns::refusesBeforeAnyWork_data()
{
    QTest::addColumn<QString>("parameter");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("said");
    QTest::newRow("another architecture's") << "heads" << "2" << "'heads'|TextCNN|filters";
    QTest::newRow("none left") << "filters" << "0" << "'filters' is 0|from 1 to 16";
    QTest::newRow("more than there are") << "filters" << "17" << "'filters' is 17|from 1 to 16";
    QTest::newRow("no amount") << "filters" << "some" << "'filters' is 'some'|50%";
    QTest::newRow("nothing goes") << "filters" << "all" << "Nothing|filters";
    QTest::newRow("hidden states of a TextCNN") << "hidden_weight" << "1" << "'hidden_weight'";
    QTest::newRow("too few sentences to measure") << "calibration_examples" << "2" << "2 calibration sentences";
}

void tst_ShrinkRuns::refusesBeforeAnyWork()
{
    QFETCH(QString, parameter);
    QFETCH(QString, value);
    QFETCH(QString, said);
    const ParameterSpec& spec = *nodeCatalog().find("shrink")->parameter(parameter.toStdString());
    set({{"score", "taylor"}, {spec.id, *parseParameter(spec, value.toStdString())}});
    int metrics = 0;
    m_events.onMetric = [&](const std::string& node, const MetricPoint&) { metrics += node == "shrink"; };
    run("shrink");
    QCOMPARE(stateOf("shrink"), NodeState::Failed);
    QCOMPARE(metrics, 0);
    for (const QString& part : said.split('|'))
        QVERIFY2(QString::fromStdString(m_outcome.firstError()->message()).contains(part), m_outcome.firstError()->message().c_str());
}

QTEST_GUILESS_MAIN(tst_ShrinkRuns)
#include "tst_ShrinkRuns.moc"
