// SPDX-License-Identifier: GPL-3.0-or-later
// What the vocabulary view's wishes become: a request to the engine, and one edit of the pipeline.
#include "app/VocabularyController.h"

#include "app/EngineClient.h"
#include "app/ProjectDocument.h"
#include "app/Settings.h"
#include "tests/app/RecordingEngine.h"
#include "widgets/compression/CompressionPanel.h"
#include "widgets/compression/VocabularyView.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace espalier;

class tst_VocabularyController : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void asksForTheChosenCheckpoint();
    void cutsBetweenTheCheckpointAndWhatTakesIt();

private:
    [[nodiscard]] Graph graph() const { return m_document->model()->graph(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<ProjectDocument> m_document;
    std::unique_ptr<EngineClient> m_engine;
    std::unique_ptr<CompressionPanel> m_panel;
    std::unique_ptr<VocabularyController> m_controller;
};

/// An engine that writes down what it is asked.
void tst_VocabularyController::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("ESPALIER_CONFIG_DIR", m_folder->path().toUtf8());
    const QString engine = test::recordingEngine(*m_folder);
    QVERIFY(!engine.isEmpty());
    m_settings = std::make_unique<Settings>();
    m_document = std::make_unique<ProjectDocument>(m_settings.get());
    m_document->openEmpty();
    for (const char* type : {"train", "prune", "package"})
        m_document->model()->addNode(type, {0, 0});
    QVERIFY(m_document->model()->connectPorts({"train", "checkpoint", "prune", "checkpoint"}));
    QVERIFY(m_document->model()->connectPorts({"train", "checkpoint", "package", "reference"}));
    m_engine = std::make_unique<EngineClient>(engine);
    m_panel = std::make_unique<CompressionPanel>();
    m_controller = std::make_unique<VocabularyController>(VocabularyController::Parts{m_document.get(), m_engine.get(), m_panel.get()});
    m_panel->setSources({{QStringLiteral("train"), QStringLiteral("Train")}});
}

void tst_VocabularyController::cleanup()
{
    m_engine->stop();
    m_controller.reset();
    m_panel.reset();
    m_engine.reset();
    m_document.reset();
}

void tst_VocabularyController::asksForTheChosenCheckpoint()
{
    Q_EMIT m_panel->vocabulary()->profileWanted();
    const auto asked = [this] {
        QFile file(m_folder->filePath("asked"));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QTRY_VERIFY(asked().contains("compression/vocabulary"));
    QVERIFY(asked().contains("\"node\":\"train\""));
}

void tst_VocabularyController::cutsBetweenTheCheckpointAndWhatTakesIt()
{
    QSignalSpy applied(m_controller.get(), &VocabularyController::applied);
    Q_EMIT m_panel->vocabulary()->applyRequested(7);
    QVERIFY(graph().node("vocabulary"));
    QCOMPARE(graph().edgeInto("vocabulary", "checkpoint")->fromNode, std::string("train"));
    QCOMPARE(graph().edgeInto("prune", "checkpoint")->fromNode, std::string("vocabulary"));
    QCOMPARE(graph().edgeInto("package", "reference")->fromNode, std::string("train")); // the whole model is what is compared with
    QVERIFY(effectiveParameters(*graph().node("vocabulary"))->at("min_frequency") == Json(7));
    Q_EMIT m_panel->vocabulary()->applyRequested(3);
    QCOMPARE(graph().nodes().size(), std::size_t{4});
    QVERIFY(effectiveParameters(*graph().node("vocabulary"))->at("min_frequency") == Json(3));
    QCOMPARE(applied.size(), 2);
    Q_EMIT m_panel->vocabulary()->profileWanted(); // which starts from where the node stands
    QCOMPARE(m_panel->vocabulary()->minFrequency(), 3);
    m_document->model()->undoStack()->undo();
    m_document->model()->undoStack()->undo();
    QVERIFY(!graph().node("vocabulary"));
    QCOMPARE(graph().edgeInto("prune", "checkpoint")->fromNode, std::string("train"));
}

QTEST_MAIN(tst_VocabularyController)
#include "tst_VocabularyController.moc"
