// SPDX-License-Identifier: GPL-3.0-or-later
// Nodes that compress, run in a pipeline: recoveries, students, pinned sentences, and the lab behind the slider.
#include "engine/core/SafeFile.h"
#include "engine/edge/PackageReader.h"
#include "engine/graph/NodeCatalog.h"
#include "engine/pipeline/CompressionLab.h"
#include "engine/pipeline/Sensitivity.h"
#include "tests/pipeline/RunBench.h"

#include <QtTest>

#include <array>

using namespace espalier;

class tst_CompressionRuns : public QObject, private test::RunBench {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void aPackageShowsWhatCompressionChanged();
    void aPinnedSentenceThatFlipsStopsThePackage();
    void pinnedSentencesWithoutLabelsNeedAReference();
    void everyRecoveryReachesTheSparsity_data();
    void everyRecoveryReachesTheSparsity();
    void aRecoveryThatCannotBeIsRefusedBeforeItTrains();
    void pruningObeysItsParameters();
    void badPruningIsRefused();
    void movementNeedsTraining();
    void sensitivityIsOfOneLayer();
    void sensitivityIsKept();
    void sensitivityStopsWhenAsked();
    void theLabMeasuresEverySparsity();
    void theRuntimeSaysWhatAPackageCosts();
    void distilsIntoAStudentOfItsOwn();

private:
    void addStudent();
};

void tst_CompressionRuns::aPackageShowsWhatCompressionChanged()
{
    QVERIFY(m_project.graph.setParameter("prune", "recovery", "none"));
    QVERIFY(m_project.graph.setParameter("prune", "sparsity", 0.97));
    QVERIFY(m_project.graph.setParameter("prune", "allow_emptied", true));
    run("package");
    QVERIFY2(!m_outcome.firstError(), m_outcome.firstError() ? m_outcome.firstError()->message().c_str() : "");
    const std::filesystem::path folder = m_folder->path().toStdString();
    Pipeline pipeline(*m_workspace, m_project.graph, folder);
    RunContext context;
    const auto flips = std::get<PackageArtefact>(**pipeline.value("package", context)).report.flips;
    QVERIFY(flips.has_value());
    QCOMPARE(flips->split, std::string("validation"));
    QCOMPARE(flips->examples, 48);
    QVERIFY(flips->flips > 0 && flips->flips < 48);
    QCOMPARE(static_cast<std::int64_t>(flips->sentences.size()), flips->flips);
    QCOMPARE(flips->pinned, 0);
    const auto store = pipeline.store().folder(pipeline.fingerprint("package"));
    const auto written = readJsonFile(store / flipsFile);
    QVERIFY(written);
    QVERIFY(flipReportFromJson(*written).value() == *flips);
    QVERIFY(std::get<PackageArtefact>(*pipeline.store().load(pipeline.fingerprint("package"))).report.flips == flips);
    QVERIFY(m_project.graph.disconnect({"train", "checkpoint", "package", "reference"}));
    run("package");
    Pipeline alone(*m_workspace, m_project.graph, folder);
    QVERIFY(!std::get<PackageArtefact>(**alone.value("package", context)).report.flips); // nothing to compare with
}

void tst_CompressionRuns::aPinnedSentenceThatFlipsStopsThePackage()
{
    const std::filesystem::path folder = m_folder->path().toStdString();
    QVERIFY(writeFileSafely(folder / "pinned.tsv", "turn on the lamp kitchen\tlight\nplay a song in the hall\theat\n"));
    QVERIFY(m_project.graph.setParameter("package", "pinned", "pinned.tsv"));
    QVERIFY(m_project.graph.disconnect({"train", "checkpoint", "package", "reference"})); // labels suffice
    run("package");
    QCOMPARE(stateOf("package"), NodeState::Failed);
    const std::string said = m_outcome.nodes.at("package").error->message();
    for (const char* part : {"1 of 2", "'play a song in the hall'", "'heat'", "'music'", "on_flip"})
        QVERIFY2(said.find(part) != std::string::npos, said.c_str());
    Pipeline failed(*m_workspace, m_project.graph, folder);
    QVERIFY(!failed.store().contains(failed.fingerprint("package"))); // nothing that could be deployed

    QVERIFY(m_project.graph.setParameter("package", "on_flip", "warn"));
    std::string warned;
    m_events.onLog = [&](const std::string& node, LogLevel level, const std::string& text) { warned += node == "package" && level == LogLevel::Warning ? text : ""; };
    run("package");
    QCOMPARE(stateOf("package"), NodeState::Done);
    QVERIFY2(warned.find("'play a song in the hall'") != std::string::npos, warned.c_str());
    Pipeline pipeline(*m_workspace, m_project.graph, folder);
    RunContext context;
    QCOMPARE(std::get<PackageArtefact>(**pipeline.value("package", context)).report.flips->pinnedFlips, 1);

    QVERIFY(writeFileSafely(folder / "pinned.tsv", "turn on the lamp kitchen\tlight\nplay a song in the hall\tmusic\n"));
    QVERIFY(m_project.graph.setParameter("package", "on_flip", "fail"));
    run("package");
    QCOMPARE(stateOf("package"), NodeState::Done);
}

void tst_CompressionRuns::pinnedSentencesWithoutLabelsNeedAReference()
{
    const std::filesystem::path folder = m_folder->path().toStdString();
    QVERIFY(writeFileSafely(folder / "pinned.txt", "turn on the lamp kitchen\nplay a song in the hall\n"));
    QVERIFY(m_project.graph.setParameter("package", "pinned", "pinned.txt"));
    run("package");
    QCOMPARE(stateOf("package"), NodeState::Done);
    QVERIFY(m_project.graph.disconnect({"train", "checkpoint", "package", "reference"}));
    run("package");
    QCOMPARE(stateOf("package"), NodeState::Failed);
    const std::string said = m_outcome.nodes.at("package").error->message();
    QVERIFY2(said.find("'turn on the lamp kitchen'") != std::string::npos && said.find("Reference") != std::string::npos, said.c_str());
    QVERIFY(writeFileSafely(folder / "pinned.txt", "\n"));
    run("package");
    QVERIFY(m_outcome.nodes.at("package").error->message().find("pinned.txt") != std::string::npos);
}

void tst_CompressionRuns::everyRecoveryReachesTheSparsity_data()
{
    QTest::addColumn<QString>("recovery");
    for (const ParameterChoice& choice : nodeCatalog().find("prune")->parameter("recovery")->choices)
        QTest::newRow(choice.value.c_str()) << QString::fromStdString(choice.value);
}

void tst_CompressionRuns::everyRecoveryReachesTheSparsity()
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

void tst_CompressionRuns::aRecoveryThatCannotBeIsRefusedBeforeItTrains()
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

void tst_CompressionRuns::pruningObeysItsParameters()
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
void tst_CompressionRuns::badPruningIsRefused()
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

void tst_CompressionRuns::movementNeedsTraining()
{
    QVERIFY(m_project.graph.setParameter("prune", "score", "movement"));
    for (const char* recovery : {"none", "fine_tune", "distill"}) {
        QVERIFY(m_project.graph.setParameter("prune", "recovery", recovery));
        run("prune");
        const auto error = m_outcome.firstError();
        QVERIFY2(error && error->detail.find("'movement'") != std::string::npos && error->remedy.find("'recovery' to gradual") != std::string::npos, recovery);
    }
    QVERIFY(m_project.graph.setParameter("prune", "recovery", "gradual"));
    QVERIFY(m_project.graph.setParameter("prune", "pruning_epochs", 2));
    run("prune");
    QVERIFY2(!m_outcome.firstError(), m_outcome.firstError() ? m_outcome.firstError()->message().c_str() : "");
    Pipeline pipeline(*m_workspace, m_project.graph, m_folder->path().toStdString());
    RunContext context;
    const auto& made = std::get<CheckpointArtefact>(**pipeline.value("prune", context));
    QVERIFY2(std::abs(made.checkpoint.sparsity() - 0.5) < 0.01, qPrintable(QString::number(made.checkpoint.sparsity())));
    QVERIFY2(made.point->accuracy > 0.9, qPrintable(QString::number(made.point->accuracy)));
}

/// As pruning that layer and evaluating the checkpoint gives it.
void tst_CompressionRuns::sensitivityIsOfOneLayer()
{
    run("train");
    Pipeline pipeline(*m_workspace, m_project.graph, m_folder->path().toStdString());
    RunContext context;
    std::vector<std::int64_t> done;
    context.onProgress = [&](const Progress& progress) { done.push_back(progress.done); };
    const auto report = measureSensitivity(pipeline, "train", {.pattern = "block_1x4"}, context);
    QVERIFY2(report, report ? "" : report.error().message().c_str());
    const Checkpoint dense = std::get<CheckpointArtefact>(**pipeline.value("train", context)).checkpoint;
    const ArtefactPtr splits = *pipeline.value("split", context);
    const auto& validation = std::get<Splits>(*splits).validation;
    QCOMPARE(report->examples, 48);
    QCOMPARE(report->accuracy, evaluate(dense, validation, "validation", context)->accuracy);
    std::vector<std::string> names;
    for (const LayerSensitivity& layer : report->layers)
        names.push_back(layer.layer);
    QVERIFY(names.size() > 2 && done.size() >= 5 * names.size() && std::is_sorted(done.begin(), done.begin() + static_cast<std::ptrdiff_t>(5 * names.size())));
    for (const LayerSensitivity& layer : report->layers) {
        QCOMPARE(layer.points.size(), sensitivitySparsities.size());
        PruneOptions options{.sparsity = 0.9, .pattern = "block_1x4", .exclude = names, .allowEmptied = true};
        std::erase(options.exclude, layer.layer);
        const auto pruned = prune(dense, options);
        QVERIFY2(pruned, pruned ? "" : pruned.error().message().c_str());
        const auto evaluated = evaluate(*pruned, validation, "validation", context);
        QCOMPARE(layer.points[3].sparsity, 0.9);
        QCOMPARE(layer.points[3].accuracy, evaluated->accuracy);
        QVERIFY(std::fabs(layer.points[3].loss - evaluated->loss) < 1e-6);
    }
}

/// With the checkpoint, for its score and pattern; for whoever opens the project tomorrow.
void tst_CompressionRuns::sensitivityIsKept()
{
    run("train");
    const std::filesystem::path folder = m_folder->path().toStdString();
    RunContext context;
    Pipeline pipeline(*m_workspace, m_project.graph, folder);
    QVERIFY(!keptSensitivity(pipeline, "train", {.score = "lamp"}));
    const auto report = measureSensitivity(pipeline, "train", {.score = "lamp"}, context);
    QVERIFY(report);
    Workspace another;
    Pipeline reopened(another, m_project.graph, folder);
    QVERIFY(keptSensitivity(reopened, "train", {.method = "global", .sparsity = 0.3, .score = "lamp"}) == *report);
    QVERIFY(!keptSensitivity(reopened, "train", {.score = "random"}));
    QVERIFY(!keptSensitivity(reopened, "train", {.score = "lamp", .pattern = "n_of_4"}));
    QVERIFY(m_project.graph.setParameter("train", "seed", 7)); // another checkpoint
    run("train");
    QVERIFY(!keptSensitivity(Pipeline(another, m_project.graph, folder), "train", {.score = "lamp"}));
}

void tst_CompressionRuns::sensitivityStopsWhenAsked()
{
    run("train");
    Pipeline pipeline(*m_workspace, m_project.graph, m_folder->path().toStdString());
    std::stop_source stop;
    RunContext context{.stop = stop.get_token()};
    context.onProgress = [&](const Progress& progress) {
        if (progress.done == 3)
            stop.request_stop();
    };
    QCOMPARE(measureSensitivity(pipeline, "train", {}, context).error().code, ErrorCode::Cancelled);
    QVERIFY(!keptSensitivity(pipeline, "train", {}));
    RunContext fresh;
    QVERIFY(measureSensitivity(pipeline, "train", {.score = "movement"}, fresh).error().detail.find("'movement'") != std::string::npos);
    QCOMPARE(measureSensitivity(pipeline, "prune", {}, fresh).error().code, ErrorCode::NotFound);
}

void tst_CompressionRuns::theLabMeasuresEverySparsity()
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
    QVERIFY(dense->accuracyLow <= dense->accuracy && dense->accuracy <= dense->accuracyHigh && dense->accuracyHigh > 0);
    QVERIFY(sparse->accuracyLow <= sparse->accuracy && sparse->accuracy <= sparse->accuracyHigh);
    const auto answer = lab->predict("it is dark in the cellar", context);
    QVERIFY(answer);
    QCOMPARE(answer->label, std::string("light"));
    QCOMPARE(CompressionLab::open(pipeline, "prune", context).error().code, ErrorCode::NotFound);
}

/// Latency and memory come from the runtime itself: of a position measured just now, of one that was not, and with the Prune node's result.
void tst_CompressionRuns::theRuntimeSaysWhatAPackageCosts()
{
    qputenv("ESPALIER_RUNTIME_DIR", ESPALIER_BINARY_DIR "/engine/edge"); // of this tree
    run("prune");
    Pipeline pipeline(*m_workspace, m_project.graph, m_folder->path().toStdString());
    RunContext context;
    auto lab = CompressionLab::open(pipeline, "train", context);
    QVERIFY(lab && lab->measure({.sparsity = 0.9}, "int8", context));
    const auto sparse = lab->cost({.sparsity = 0.9}, "int8", context);
    QVERIFY2(sparse, sparse ? "" : sparse.error().message().c_str());
    const auto dense = lab->cost({.sparsity = 0}, "fp32", context);
    QVERIFY(dense);
    for (const auto& cost : {sparse, dense})
        QVERIFY(cost->milliseconds > 0 && cost->milliseconds < 1000 && cost->memoryBytes > 100'000 && cost->memoryBytes < 500'000'000);
    const auto artefact = pipeline.value("prune", context);
    const SparsityPoint& point = *std::get<CheckpointArtefact>(**artefact).point;
    QVERIFY(point.milliseconds > 0 && point.memoryBytes > 0 && point.accuracyHigh > 0);

    const auto stop = std::make_unique<std::stop_source>();
    stop->request_stop();
    RunContext stopped;
    stopped.stop = stop->get_token();
    QCOMPARE(lab->cost({.sparsity = 0.9}, "int8", stopped).error().code, ErrorCode::Cancelled);
}

/// Of characters, behind the words of the project's own model.
void tst_CompressionRuns::addStudent()
{
    QVERIFY(m_project.graph.addNode({.id = "characters", .type = "tokenizer", .x = 0, .y = 0, .parameters = {{"kind", "character"}}}));
    QVERIFY(m_project.graph.addNode({.id = "small", .type = "model", .x = 0, .y = 0, .parameters = {{"embedding_dim", 16}, {"filters", 8}}}));
    QVERIFY(m_project.graph.addNode({.id = "distil", .type = "distill", .x = 0, .y = 0,
                                     .parameters = {{"epochs", 3}, {"learning_rate", 0.01}, {"batch_size", 16}, {"unlabelled", "more.txt"}}}));
    for (const Edge& edge : {Edge{"split", "splits", "characters", "splits"}, Edge{"characters", "tokenizer", "small", "tokenizer"}, Edge{"split", "splits", "distil", "splits"},
                             Edge{"small", "model", "distil", "model"}, Edge{"train", "checkpoint", "distil", "checkpoint"}})
        QVERIFY(m_project.graph.connect(edge));
}

void tst_CompressionRuns::distilsIntoAStudentOfItsOwn()
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
    const auto& point = std::get<CheckpointArtefact>(**artefact).point; // so that the student stands among the others
    QVERIFY(point && point->sparsity == 0 && point->packageBytes > 0 && point->accuracyHigh >= point->accuracy);
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

QTEST_GUILESS_MAIN(tst_CompressionRuns)
#include "tst_CompressionRuns.moc"
