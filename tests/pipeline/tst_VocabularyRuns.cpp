// SPDX-License-Identifier: GPL-3.0-or-later
// A pipeline that cuts its vocabulary.
#include "engine/pipeline/CompressionLab.h"
#include "tests/pipeline/RunBench.h"

#include <QtTest>

using namespace espalier;

class tst_VocabularyRuns : public QObject, private test::RunBench {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cutsTheVocabularyAndPrunesOn();
    void aCutThatLeavesNothingIsRefused();

private:
    void addCut(int minFrequency);
};

/// Between Train and Prune.
void tst_VocabularyRuns::addCut(int minFrequency)
{
    auto& graph = m_project.graph;
    QVERIFY(graph.addNode({.id = "cut", .type = "vocabulary"}));
    QVERIFY(graph.disconnect({"train", "checkpoint", "prune", "checkpoint"}));
    QVERIFY(graph.connect({"train", "checkpoint", "cut", "checkpoint"}));
    QVERIFY(graph.connect({"split", "splits", "cut", "splits"}));
    QVERIFY(graph.connect({"cut", "checkpoint", "prune", "checkpoint"}));
    QVERIFY(graph.setParameter("cut", "min_frequency", minFrequency));
    QVERIFY(graph.setParameter("cut", "epochs", 2));
}

void tst_VocabularyRuns::cutsTheVocabularyAndPrunesOn()
{
    addCut(9);
    run("package");
    QVERIFY2(!m_outcome.firstError(), m_outcome.firstError() ? m_outcome.firstError()->message().c_str() : "");
    Pipeline pipeline(*m_workspace, m_project.graph, m_folder->path().toStdString());
    RunContext context;
    const auto dense = std::get<CheckpointArtefact>(**pipeline.value("train", context)).checkpoint;
    const auto stored = *pipeline.store().load(pipeline.fingerprint("cut"));
    const auto& made = std::get<CheckpointArtefact>(stored);
    QVERIFY(made.vocabulary && made.point);
    const VocabularyCut& cut = *made.vocabulary;
    QCOMPARE(cut.before, dense.model.vocabularySize);
    QCOMPARE(cut.after, made.checkpoint.model.vocabularySize);
    QVERIFY(cut.after < cut.before && cut.after > 2);
    QVERIFY(cut.bytesAfter < cut.bytesBefore);
    QCOMPARE(cut.bytesAfter, made.point->packageBytes);
    QVERIFY(cut.unknownAfter > cut.unknownBefore);
    QVERIFY2(made.point->accuracy > 1.0 / 3, qPrintable(QString::number(made.point->accuracy))); // guessing among three
    // The preview of the checkpoint before is what the cut says afterwards.
    auto lab = CompressionLab::open(pipeline, "train", context);
    QVERIFY(lab.ok());
    const auto preview = lab->vocabulary(context);
    QVERIFY(preview.ok());
    QCOMPARE(dumpJson(toJson(*preview)), dumpJson(toJson(cut.profile)));
    const auto& pruned = std::get<CheckpointArtefact>(**pipeline.value("prune", context)).checkpoint;
    QCOMPARE(pruned.model.vocabularySize, cut.after);
}

void tst_VocabularyRuns::aCutThatLeavesNothingIsRefused()
{
    addCut(1000);
    run("cut");
    const auto error = m_outcome.firstError();
    QVERIFY(error && error->message().find("No token would be left") != std::string::npos);
}

QTEST_GUILESS_MAIN(tst_VocabularyRuns)
#include "tst_VocabularyRuns.moc"
