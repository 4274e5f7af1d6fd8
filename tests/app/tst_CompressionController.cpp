// SPDX-License-Identifier: GPL-3.0-or-later
// What the compression panel's choices become: requests to the engine, and one edit of the pipeline.
#include "app/CompressionController.h"

#include "app/ProjectDocument.h"
#include "app/Settings.h"
#include "widgets/compression/CompressionPanel.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace espalier;

class tst_CompressionController : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void applyMakesAPruneNodeOfTheChoices();
    void applyChangesThePruneNode();
    void asksWithTheNodesOwnLayers();

private:
    [[nodiscard]] Parameters parametersOf(const std::string& node) const { return *effectiveParameters(*m_document->model()->graph().node(node)); }
    /// The requests of @p method that reached the engine so far.
    [[nodiscard]] std::vector<Json> requests(const std::string& method) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<ProjectDocument> m_document;
    std::unique_ptr<EngineClient> m_engine;
    std::unique_ptr<ResultStore> m_results;
    std::unique_ptr<CompressionPanel> m_panel;
    std::unique_ptr<CompressionController> m_controller;
};

namespace {

CompressionSettings choices()
{
    return {.node = "train", .score = "lamp", .method = "global", .pattern = "n_of_4", .embeddings = "none", .precision = "fp32"};
}

} // namespace

/// An engine that writes down what it is asked.
void tst_CompressionController::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("ESPALIER_CONFIG_DIR", m_folder->path().toUtf8());
    QFile engine(m_folder->filePath("engine"));
    QVERIFY(engine.open(QIODevice::WriteOnly));
    engine.write("#!/bin/sh\nexec cat > '" + m_folder->filePath("asked").toUtf8() + "'\n");
    engine.setPermissions(engine.permissions() | QFileDevice::ExeOwner);
    engine.close();
    m_settings = std::make_unique<Settings>();
    m_document = std::make_unique<ProjectDocument>(m_settings.get());
    m_document->openEmpty();
    m_document->model()->addNode("train", {0, 0});
    m_engine = std::make_unique<EngineClient>(m_folder->filePath("engine"));
    m_results = std::make_unique<ResultStore>(m_document.get(), m_engine.get());
    m_panel = std::make_unique<CompressionPanel>();
    m_controller = std::make_unique<CompressionController>(CompressionController::Parts{m_document.get(), m_engine.get(), m_results.get(), m_panel.get()});
}

void tst_CompressionController::cleanup()
{
    m_engine->stop();
    m_controller.reset();
    m_panel.reset();
    m_results.reset();
    m_engine.reset();
    m_document.reset();
}

std::vector<Json> tst_CompressionController::requests(const std::string& method) const
{
    std::vector<Json> found;
    QFile asked(m_folder->filePath("asked"));
    if (!asked.open(QIODevice::ReadOnly))
        return found;
    for (const QByteArray& line : asked.readAll().split('\n'))
        if (const auto message = parseJson(line.toStdString(), "request"); message && message->at("method") == Json(method))
            found.push_back(message->at("params"));
    return found;
}

void tst_CompressionController::applyMakesAPruneNodeOfTheChoices()
{
    m_document->model()->addNode("package", {240, 0});
    QVERIFY(m_document->model()->connectPorts({"train", "checkpoint", "package", "checkpoint"}));
    Q_EMIT m_panel->applyRequested(choices(), 0.75);
    const Graph& graph = m_document->model()->graph();
    QVERIFY(graph.node("prune"));
    QCOMPARE(graph.edgeInto("package", "checkpoint")->fromNode, std::string("prune"));
    QCOMPARE(graph.edgeInto("package", "reference")->fromNode, std::string("train")); // shows what pruning changes
    QCOMPARE(graph.edgeInto("prune", "checkpoint")->fromNode, std::string("train"));
    const Parameters parameters = parametersOf("prune");
    for (const auto& [id, value] : std::map<std::string, Json>{{"score", "lamp"}, {"method", "global"}, {"pattern", "n_of_4"}, {"embeddings", "none"}, {"sparsity", 0.75}})
        QVERIFY2(parameters.at(id) == value, id.c_str());
    m_document->model()->undoStack()->undo();
    QVERIFY(!graph.node("prune"));
}

void tst_CompressionController::applyChangesThePruneNode()
{
    Q_EMIT m_panel->applyRequested(choices(), 0.75);
    m_document->model()->setParameter("prune", "exclude", "output.weight");
    CompressionSettings other = choices();
    other.pattern = "block_1x4";
    Q_EMIT m_panel->applyRequested(other, 0.5);
    QCOMPARE(m_document->model()->graph().nodes().size(), std::size_t{2});
    QVERIFY(parametersOf("prune").at("pattern") == Json("block_1x4"));
    QVERIFY(parametersOf("prune").at("sparsity") == Json(0.5));
    QVERIFY(parametersOf("prune").at("exclude") == Json("output.weight")); // which the panel has no list for
}

void tst_CompressionController::asksWithTheNodesOwnLayers()
{
    Q_EMIT m_panel->applyRequested(choices(), 0.75);
    m_document->model()->setParameter("prune", "exclude", "output.weight");
    m_document->model()->setParameter("prune", "layer_sparsities", "embedding.weight=0.9");
    Q_EMIT m_panel->profileRequested(choices());
    Q_EMIT m_panel->measurementRequested(choices(), 0.5);
    Q_EMIT m_panel->measurementRequested(choices(), 0);
    QTRY_COMPARE(requests("compression/evaluate").size(), std::size_t{2});
    const Json profile = requests("compression/profile").at(0);
    for (const auto& [id, value] : std::map<std::string, Json>{{"score", "lamp"}, {"method", "global"}, {"pattern", "n_of_4"}, {"embeddings", "none"},
                                                               {"precision", "fp32"}, {"exclude", "output.weight"}, {"allow_emptied", false}})
        QVERIFY2(profile.at(id) == value, id.c_str());
    QVERIFY(requests("compression/evaluate").at(0).at("layer_sparsities") == Json("embedding.weight=0.9"));
    QVERIFY(!requests("compression/evaluate").at(1).contains("layer_sparsities")); // the dense model has none
}

QTEST_MAIN(tst_CompressionController)
#include "tst_CompressionController.moc"
