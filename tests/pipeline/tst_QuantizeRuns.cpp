// SPDX-License-Identifier: GPL-3.0-or-later
// A pipeline that quantises: what is stored is what was measured.
#include "engine/edge/PackageReader.h"
#include "engine/pipeline/CompressionLab.h"
#include "tests/pipeline/RunBench.h"

#include <QtTest>

using namespace espalier;

class tst_QuantizeRuns : public QObject, private test::RunBench {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void quantizesAsThePackageThenStores_data();
    void quantizesAsThePackageThenStores();
    void calibratesActivations();

private:
    void addQuantize(const Parameters& parameters);
};

/// Between Train and Package.
void tst_QuantizeRuns::addQuantize(const Parameters& parameters)
{
    QVERIFY(m_project.graph.addNode({.id = "quantize", .type = "quantize", .x = 0, .y = 0, .parameters = parameters}));
    QVERIFY(m_project.graph.disconnect({"prune", "checkpoint", "package", "checkpoint"}));
    for (const Edge& edge : {Edge{"train", "checkpoint", "quantize", "checkpoint"}, Edge{"split", "splits", "quantize", "splits"},
                             Edge{"quantize", "checkpoint", "package", "checkpoint"}})
        QVERIFY(m_project.graph.connect(edge));
}

void tst_QuantizeRuns::calibratesActivations()
{
    const std::filesystem::path folder = m_folder->path().toStdString();
    addQuantize({{"recovery", "none"}, {"activations", "calibrated"}, {"calibration_examples", 5000}});
    run("package");
    QCOMPARE(stateOf("quantize"), NodeState::Failed);
    const QString said = QString::fromStdString(m_outcome.firstError()->message());
    QVERIFY2(said.contains("'calibration_examples' is 5000") && said.contains("sentences"), qPrintable(said));

    QVERIFY(m_project.graph.setParameter("quantize", "calibration_examples", 90));
    run("package");
    QVERIFY2(!m_outcome.firstError(), m_outcome.firstError() ? m_outcome.firstError()->message().c_str() : "");
    Pipeline pipeline(*m_workspace, m_project.graph, folder);
    RunContext context;
    const auto artefact = pipeline.value("quantize", context);
    const Checkpoint& made = std::get<CheckpointArtefact>(**artefact).checkpoint;
    const auto& ranges = made.quantization->activations;
    QVERIFY(ranges.contains("logits") && ranges.contains("features.0"));
    float largest = 0; // of an embedding: that is what the convolutions read
    for (const float value : made.weights.at("embedding.weight").values)
        largest = std::max(largest, std::fabs(value));
    QVERIFY(ranges.at("features.0").at("input_range") > 0.2 * static_cast<double>(largest));
    QVERIFY(ranges.at("features.0").at("input_range") <= static_cast<double>(largest));
    const auto package = pipeline.value("package", context);
    const auto reader = edge::PackageReader::open(std::get<PackageArtefact>(**package).file);
    QVERIFY(reader);
    for (const edge::Op& op : reader->header().program.ops)
        QCOMPARE(op.attributes.contains("input_range"), op.kind == "conv1d_max" || op.kind == "linear");

    QVERIFY(m_project.graph.setParameter("quantize", "activation_percentile", 90.0));
    run("package");
    Pipeline cut(*m_workspace, m_project.graph, folder);
    const auto narrower = cut.value("quantize", context);
    const auto& cutRanges = std::get<CheckpointArtefact>(**narrower).checkpoint.quantization->activations;
    QVERIFY(cutRanges.at("logits").at("input_range") < ranges.at("logits").at("input_range"));
}

void tst_QuantizeRuns::quantizesAsThePackageThenStores_data()
{
    QTest::addColumn<QString>("recovery");
    for (const char* recovery : {"none", "fine_tune", "distill"})
        QTest::newRow(recovery) << recovery;
}

void tst_QuantizeRuns::quantizesAsThePackageThenStores()
{
    QFETCH(QString, recovery);
    const std::filesystem::path folder = m_folder->path().toStdString();
    addQuantize({{"weights", "int4"}, {"embeddings", "int8"}, {"group_size", 8}, {"recovery", recovery.toStdString()}, {"epochs", 2}, {"threads", 1}});
    run("package");
    QVERIFY2(!m_outcome.firstError(), m_outcome.firstError() ? m_outcome.firstError()->message().c_str() : "");
    Pipeline pipeline(*m_workspace, m_project.graph, folder);
    RunContext context;
    const auto artefact = pipeline.value("quantize", context);
    const auto& made = std::get<CheckpointArtefact>(**artefact);
    QVERIFY(made.checkpoint.quantization);
    QCOMPARE(made.checkpoint.quantization->trained, recovery != "none");
    QCOMPARE(textOf(made.checkpoint.quantization->scheme), std::string("int4:8+int8"));
    QCOMPARE(made.point->fineTuned, recovery != "none");
    const auto package = pipeline.value("package", context);
    const PackageReport& report = std::get<PackageArtefact>(**package).report;
    QCOMPARE(report.precision, std::string("int4:8+int8")); // Package follows it without being told
    auto lab = CompressionLab::open(pipeline, "quantize", context);
    QVERIFY(lab);
    const auto same = lab->measure({.sparsity = 0}, "checkpoint", context);
    QVERIFY(same);
    QCOMPARE(same->accuracy, made.point->accuracy);
    QCOMPARE(same->packageBytes, made.point->packageBytes);
    QVERIFY(m_project.graph.setParameter("package", "precision", "fp32")); // and is obeyed where it is told
    run("package");
    Pipeline whole(*m_workspace, m_project.graph, folder);
    QCOMPARE(std::get<PackageArtefact>(**whole.value("package", context)).report.precision, std::string("fp32"));
}

QTEST_GUILESS_MAIN(tst_QuantizeRuns)
#include "tst_QuantizeRuns.moc"
